"""`tracker init`: by options for scripts, and as a guided first run at a real terminal."""

import os
import pty
import re
import select
import signal
import sys
import time
from pathlib import Path
from stat import S_IMODE

import pytest

from tests.cli.conftest import Program
from tracker.intake.people_sample import sample_people
from tracker.settings import load_settings
from workers.standins import LineFaults, LineStandin, SmtpStandin

AGENCY = "เทศบาลตำบล “ตัวอย่าง”"
LINE_ID = "U" + "0123456789abcdef" * 2

Talk = list[tuple[str, str]]
"""What is waited for, and what is typed then."""


class Terminal:
    """Runs `tracker init` behind a pseudo-terminal of its own, as a person does."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.shown, self.home = "", folder / "home"
        environ = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
        environ |= {"TRACKER_HOME": str(self.home), "PYTHONUTF8": "1", "TERM": "dumb", **settings}
        self.pid, self._end = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execve(sys.executable, [sys.executable, "-m", "tracker.cli.main", "init"], environ)  # noqa: S606

    def talk(self, *turns: tuple[str, str]) -> int:
        """Answer each question once it was asked, read to the end, and return the exit status."""
        try:
            for question, answer in turns:
                self._read_until(question)
                os.write(self._end, f"{answer}\n".encode())
            self._read_until(None)
        except BaseException:
            os.kill(self.pid, signal.SIGKILL)
            raise
        finally:
            _, status = os.waitpid(self.pid, 0)
            os.close(self._end)
        return os.waitstatus_to_exitcode(status)

    def _read_until(self, question: str | None) -> None:
        """Read until a question was asked; None reads to the end of the program.

        Its last blank comes when the terminal shows no more what is typed: whatever was typed before is dropped.
        """
        end, begin = time.monotonic() + 60, len(self.shown)
        while question is None or question not in self.shown[begin:] or not self.shown.endswith(" "):
            assert time.monotonic() < end, f"never asked {question!r}: {self.shown}"
            if not select.select([self._end], [], [], 1)[0]:
                continue
            try:
                read = os.read(self._end, 4096)
            except OSError:  # how Linux says that the other side has closed
                read = b""
            if not read:
                assert question is None, f"never asked {question!r}: {self.shown}"
                return
            self.shown += read.decode("utf-8", "replace")

    @property
    def settings(self) -> dict[str, str | None]:
        made = load_settings({"TRACKER_HOME": str(self.home)})
        return {"agency": made.agency, "email_url": made.email_url, "line_token": made.line_token}


def smtp(relay: SmtpStandin) -> Talk:
    return [
        ("SMTP server", "127.0.0.1"), ("Encrypted", "n"), ("Port", str(relay.port)), ("User", ""),
        ("Sender's address", "ita@example.org"),
    ]  # fmt: skip


def test_a_guided_run_makes_a_home_that_really_sends(tmp_path: Path) -> None:
    with SmtpStandin() as relay, LineStandin(LineFaults(token="right-token")) as line:
        terminal = Terminal(tmp_path, TRACKER_LINE_API_URL=line.url)
        code = terminal.talk(
            ("agency's name", AGENCY), *smtp(relay), ("channel access token", "wrong-token"), ("Try again", "y"),
            ("channel access token", "right-token"), ("Write a sample people.csv", "y"),
            ("Send a test message to", "nonsense"), ("Send a test message to", LINE_ID),
        )  # fmt: skip
        pushes = line.pushes
    assert code == 0, terminal.shown
    assert "It does not work: 401 Authentication failed" in terminal.shown
    assert terminal.shown.count("It works: ") == 2
    assert [push.to for push in pushes] == [LINE_ID]
    assert AGENCY in pushes[0].text
    assert terminal.settings["agency"] == AGENCY
    assert terminal.settings["email_url"] == f"mailto://127.0.0.1:{relay.port}?from=ita%40example.org&mode=insecure"
    assert terminal.settings["line_token"] == "right-token"
    assert re.search(r"tracker people import people\.csv\s+tracker plan import PLAN", terminal.shown)


def test_what_cannot_be_is_asked_again_and_what_does_not_answer_is_said_in_words(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    code = terminal.talk(
        ("agency's name", AGENCY), ("SMTP server", "127.0.0.1"), ("Encrypted", "n"), ("Port", "smtp"), ("Port", "1"),
        ("User", ""), ("Sender's address", "ita"), ("Sender's address", "ita@example.org"), ("Try again", "n"),
        ("channel access token", ""), ("Write a sample", "n"),
    )  # fmt: skip
    assert code == 0, terminal.shown
    assert "“smtp” is no port" in terminal.shown
    assert "“ita” is no e-mail address" in terminal.shown
    assert "It does not work: Nothing answers at that port" in terminal.shown


def test_what_is_secret_is_neither_shown_nor_readable_by_others(tmp_path: Path) -> None:
    with LineStandin() as line:
        terminal = Terminal(tmp_path, TRACKER_LINE_API_URL=line.url)
        answers = (
            ("agency's name", AGENCY), ("SMTP server", ""), ("channel access token", "hush-hush"),
            ("Write a sample", "n"), ("Send a test message to", ""),
        )  # fmt: skip
        assert terminal.talk(*answers) == 0
    assert "hush" not in terminal.shown
    assert "hush" not in (terminal.home / "tracker.toml").read_text(encoding="utf-8")
    modes = {path.name: S_IMODE(path.stat().st_mode) for path in (terminal.home, *terminal.home.rglob("*"))}
    assert modes["home"] == modes["secrets"] == 0o700
    assert modes["tracker.toml"] == modes["line_token"] == 0o600
    assert not (tmp_path / "people.csv").exists()


def test_a_password_with_odd_letters_reaches_the_setting_whole(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    code = terminal.talk(
        ("agency's name", AGENCY), ("SMTP server", "127.0.0.1"), ("Encrypted", "n"), ("Port", "1"),
        ("User", "ita@example.org"), ("Password", "p/w:@#?% 1"), ("Sender's address", ""), ("Try again", "n"),
        ("channel access token", ""), ("Write a sample", "n"),
    )  # fmt: skip
    assert code == 0, terminal.shown
    assert "It does not work: Nothing answers at that port" in terminal.shown
    assert terminal.settings == {"agency": AGENCY, "email_url": None, "line_token": None}
    assert "p/w" not in terminal.shown


def test_left_in_the_middle_it_has_made_nothing(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    code = terminal.talk(("agency's name", AGENCY), ("SMTP server", "\x03"))
    assert code != 0
    assert "Traceback" not in terminal.shown
    assert list(tmp_path.iterdir()) == []


def test_the_sample_people_file_can_be_imported_as_it_is(tracker: Program, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(sample_people())
    assert "4 people added" in tracker.done("people", "import", path)


def test_a_second_run_asks_nothing_and_changes_nothing(tmp_path: Path) -> None:
    answers = (("agency's name", AGENCY), ("SMTP server", ""), ("channel access token", ""), ("Write a sample", "y"))
    assert Terminal(tmp_path).talk(*answers) == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.suffix in (".toml", ".csv")}
    again = Terminal(tmp_path)
    assert again.talk() == 0
    assert "Checked the home" in again.shown
    assert "?" not in again.shown
    assert {path: path.read_bytes() for path in before} == before


def test_not_at_a_terminal_it_never_asks(bare: Program) -> None:
    ran = bare("init")
    assert ran.code == 0
    assert ran.out == f"Made the home {bare.home}\n"


def secret(tmp_path: Path, name: str, value: str) -> Path:
    path = tmp_path / name
    path.write_text(value + "\n", encoding="utf-8")
    return path


def test_options_name_the_files_of_secrets_and_a_repeat_changes_nothing(bare: Program, tmp_path: Path) -> None:
    mail = secret(tmp_path, "mail", "mailto://ita:hush-hush@127.0.0.1?from=ita@example.org")
    line = secret(tmp_path, "line", "hush-token")
    for made in ("Made", "Checked"):
        ran = bare("init", "--agency", AGENCY, "--email-url-file", mail, "--line-token-file", line)
        assert (ran.code, ran.out) == (0, f"{made} the home {bare.home}\n")
        assert ran.complaint.startswith("Next: ")
    written = (bare.home / "tracker.toml").read_text(encoding="utf-8")
    assert "hush" not in written
    assert written.count("email_url_file = ") == written.count("agency = ") + 1  # one of them in the comment above
    made_settings = load_settings({"TRACKER_HOME": str(bare.home)})
    assert (made_settings.agency, made_settings.line_token) == (AGENCY, "hush-token")
    assert made_settings.email_url is not None


def test_what_is_set_already_stays_and_is_named(bare: Program, tmp_path: Path) -> None:
    bare.done("init", "--agency", AGENCY)
    ran = bare("init", "--agency", "อื่น", "--line-token-file", secret(tmp_path, "line", "token"))
    assert ran.code == 0
    assert "tracker.toml says another agency already" in ran.err
    settings = load_settings({"TRACKER_HOME": str(bare.home)})
    assert (settings.agency, settings.line_token) == (AGENCY, "token")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--email-url-file", None, "--email-url-file) cannot be read"),
        ("--email-url-file", "smtp://hush-hush", "TRACKER_EMAIL_URL is not an Apprise e-mail URL"),
        ("--line-token-file", "hush hush", "TRACKER_LINE_TOKEN is empty or has spaces"),
        ("--line-token-file", "", "(--line-token-file) is empty"),
        ("--email-url-file", " ", "(--email-url-file) is empty"),
    ],
)
def test_a_secret_that_cannot_be_used_is_refused_and_no_home_is_made(
    bare: Program, tmp_path: Path, option: str, value: str | None, said: str
) -> None:
    path = tmp_path / "nothing" if value is None else secret(tmp_path, "secret", value)
    ran = bare("init", option, path)
    assert ran.code == 1
    assert said in ran.complaint
    assert "hush" not in ran.err
    assert not bare.home.exists()
