"""Somebody who does what a page says, in a folder of their own, with the program and nothing else."""

import email
import email.policy
import io
import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from tests.docs.pages import Shown, Step, commands_of, pattern_of, squeezed, steps_of
from tests.fakes import bangkok
from tracker.cli.main import run
from tracker.clock import SystemClock
from workers.practice_mail import PORT
from workers.standins import LineStandin, SmtpStandin

ROOT = Path(__file__).parents[2]
BEGINS_AT = "2026-11-02 09:30"
"""A Monday in office hours at the start of the fiscal year of the examples."""
_PATIENCE = 40.0


class Reader:
    """Lives through pages: moves the clock, runs each command, and compares what it prints with what is shown."""

    def __init__(self, folder: Path, relay: SmtpStandin, line: LineStandin, patch: pytest.MonkeyPatch) -> None:
        self._folder, self._relay, self._line, self._patch = folder, relay, line, patch
        self._now, self._homes, self.ran = BEGINS_AT, 0, 0
        patch.setattr(SystemClock, "now", lambda _clock: bangkok(self._now))
        for name, value in {
            "COLUMNS": "80", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "TRACKER_LINE_API_URL": line.url,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }.items():  # fmt: skip
            patch.setenv(name, value)
        self._begin()

    def lives(self, page: str) -> None:
        for step in steps_of(page):
            {
                "at": self._at, "agency": self._agency, "refuse": self._refuse, "accept": self._refuse,
                "file": self._file, "same": self._same, "mail": self._mail, "push": self._push,
                "console": self._console,
            }[step.kind](step)  # fmt: skip

    def _begin(self) -> None:
        self._homes += 1
        here = self._folder / str(self._homes)
        here.mkdir(parents=True)
        shutil.copytree(ROOT / "examples", here / "examples")
        self._patch.chdir(here)

    def _at(self, step: Step) -> None:
        self._now = step.value

    def _agency(self, _: Step) -> None:
        """Begin with the people and the plan of the examples, as the tutorial leaves them."""
        self._begin()
        self._now, self._relay.faults.reject = BEGINS_AT, None
        Path("email-url").write_text(self._relay.url)
        self._runs("tracker init --agency เทศบาลตำบลธารแก้วไพร --email-url-file email-url")
        self._runs("tracker people import examples/people.csv")
        self._runs("tracker plan import examples/plan.txt")

    def _runs(self, command: str) -> None:
        printed, code = self._run(command)
        assert code == 0, printed

    def _refuse(self, step: Step) -> None:
        self._relay.faults.reject = step.value or None

    def _file(self, step: Step) -> None:
        path = Path(step.value)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.body, encoding="utf-8")

    def _same(self, step: Step) -> None:
        assert Path(step.value).read_text(encoding="utf-8") == step.body, f"{step.value} is not what the page shows"

    def _mail(self, step: Step) -> None:
        mail = next(mail for mail in reversed(self._relay.mails) if mail.to == step.value)
        message = email.message_from_bytes(mail.raw, policy=email.policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        _compare("a mail", step.body, f"Subject: {message['Subject']}\n{body.get_content()}")

    def _push(self, step: Step) -> None:
        _compare("a LINE message", step.body, self._line.pushes[-1].text)

    def _console(self, step: Step) -> None:
        for shown in commands_of(step.body):
            printed, code = self._does(shown)
            self.ran += 1
            wanted = 1 if shown.is_refused else 0
            assert code == wanted, f"$ {shown.command} ended with {code}:\n{printed}"
            if shown.lines:
                _compare(f"$ {shown.command}", "\n".join(shown.lines), printed)

    def _does(self, shown: Shown) -> tuple[str, int]:
        if shown.interrupted:
            return self._until_printed(shown)
        if shown.command == "tracker init":
            return self._talk(shown)
        command = shown.command.replace(f":{PORT}", f":{self._relay.port}")
        if command.startswith("export "):
            name, _, value = shlex.split(command)[1].partition("=")
            self._patch.setenv(name, value)
            return "", 0
        return self._run(command)

    def _run(self, command: str) -> tuple[str, int]:
        """Run a command of the program in this process, and any other in a shell."""
        if not command.startswith("tracker"):
            done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
            return done.stdout + done.stderr, done.returncode
        terminal, code = io.StringIO(), 0
        self._patch.setattr(sys, "argv", shlex.split(command))
        with redirect_stdout(terminal), redirect_stderr(terminal):
            try:
                run()
            except SystemExit as ended:
                code = int(ended.code or 0)
        return terminal.getvalue(), code

    def _program(self, command: str) -> list[str]:
        return [sys.executable, str(Path(__file__).with_name("program_at.py")), *shlex.split(command)[1:]]

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "dumb", "DOCS_NOW": self._now}

    def _until_printed(self, shown: Shown) -> tuple[str, int]:
        """Run a program of its own until it has printed all that stands above ^C, then press Ctrl-C."""
        enough = re.compile(pattern_of("\n".join(shown.lines[: shown.lines.index("^C")])))
        log = Path("running.log")
        with log.open("w") as out:
            running = subprocess.Popen(self._program(shown.command), env=self._environment, stdout=out, stderr=out)
            try:
                end = time.monotonic() + _PATIENCE
                while not enough.match(squeezed(log.read_text())):
                    assert time.monotonic() < end, f"$ {shown.command} did not print what is shown:\n{log.read_text()}"
                    time.sleep(0.05)
                running.send_signal(signal.SIGINT)
                code = running.wait(_PATIENCE)
            finally:
                running.kill()
        printed = squeezed(log.read_text())
        length = len(found[0]) if (found := enough.match(printed)) else 0
        return f"{printed[:length]}^C{printed[length:]}", code

    def _talk(self, shown: Shown) -> tuple[str, int]:
        """Run a program at a terminal, and type the rest of each line that it begins and the page goes on with."""
        pid, end = pty.fork()
        if pid == 0:
            arguments = self._program(shown.command)
            os.execve(arguments[0], arguments, self._environment)  # noqa: S606
        printed = ""
        while read := _read(end):
            printed += read
            asked = printed.replace("\r", "").rpartition("\n")[2]
            if asked.endswith(" ") and not select.select([end], [], [], 0.2)[0]:
                answer = next((line for line in shown.lines if f"{line} ".startswith(asked)), None)
                assert answer is not None, f"the page has no answer to: {asked}"
                typed = answer.removeprefix(asked.rstrip()).strip()
                os.write(end, f"{str(self._relay.port) if typed == str(PORT) else typed}\n".encode())
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.close(end)
        return printed.replace(str(self._relay.port), str(PORT)), code


def _read(end: int) -> str:
    try:
        return os.read(end, 4096).decode("utf-8", "replace")
    except OSError:  # how Linux says that the other side has closed
        return ""


def _compare(what: str, shown: str, printed: str) -> None:
    is_so = re.fullmatch(pattern_of(shown), squeezed(printed))
    assert is_so, f"{what}\n--- shown:\n{shown}\n--- printed:\n{printed}"
