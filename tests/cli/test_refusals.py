"""Bad input: exit 1 (2 for misuse), one line that names the thing and what to do, nothing stored."""

from pathlib import Path

import pytest

from tests.cli.conftest import PEOPLE, PLAN, Program

HEADER = "name,unit,role,email,supervisor,from,until\n"
MEGABYTE = 1024 * 1024


def file(tmp_path: Path, content: str | bytes, name: str = "people.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def sparse(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    with path.open("wb") as made:
        made.truncate(50 * MEGABYTE)
    return path


PEOPLE_FILES: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "has no column"),
    "a header only": (HEADER, "names nobody"),
    "no unit column": ("name,role\nก,officer\n", "no column unit (หน่วยงาน)"),
    "an unknown column": ("name,unit,role,phone\nก,ข,officer,1\n", "column “phone”"),
    "an unknown role": (HEADER + "ก,ข,boss,,,,\n", "line 2: role “boss”"),
    "a line cut short": (HEADER + "ก,ข\n", "line 2"),
    "a blank name": (HEADER + ",ข,officer,,,,\n", "line 2: the name or the unit is empty"),
    "no e-mail address": (HEADER + "ก,ข,officer,nonsense,,,\n", "“nonsense” is not an e-mail address"),
    "two e-mail addresses": (HEADER + "ก,ข,officer,a@b.go.th;c@d.go.th,,,\n", "is not an e-mail address"),
    "a day that is none": (HEADER + "ก,ข,officer,,,31/02/2566,\n", "line 2: from"),
    "a doubtful year": (HEADER + "ก,ข,officer,,,01/02/1966,\n", "line 2: from"),
    "an end before its beginning": (HEADER + "ก,ข,officer,,,2023-02-01,2023-01-01\n", "is not after from"),
    "an unknown supervisor": (HEADER + "ก,ข,officer,,ใคร,,\n", "the supervisor “ใคร” is nobody"),
    "binary": (b"\x7fELF\0\0\0", "binary"),
    "a damaged workbook": (b"PK\x03\x04\0\0\0", "a damaged workbook"),
    "a unit close to a known one": (HEADER + "ก,สำนักปลัดฯ,officer,,,,\n", 'tracker unit alias "สำนักปลัดฯ" "สำนักปลัด"'),
    "neither UTF-8 nor TIS-620": (b"name,unit,role\n\xff\xfe\xdb\xdc\n", "neither UTF-8 nor TIS-620"),
}


@pytest.mark.parametrize("content", PEOPLE_FILES.values(), ids=PEOPLE_FILES.keys())
def test_a_bad_people_file_is_refused_in_one_line(
    filled: Program, tmp_path: Path, content: tuple[str | bytes, str]
) -> None:
    before = filled.dump()
    ran = filled("people", "import", file(tmp_path, content[0]))
    assert ran.code == 1
    assert ran.complaint.startswith("tracker: people.csv")
    assert content[1] in ran.complaint
    assert filled.dump() == before


PLANS: dict[str, tuple[str | bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t\n", "is empty"),
    "binary": (b"\x7fELF\0\0\0\0", "not text"),
    "a broken archive": (b"PK\x03\x04 not a document", "cannot be read"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "no measures": ("สวัสดี\nไม่มีมาตรการ\n", "No measures were found"),
}


@pytest.mark.parametrize("content", PLANS.values(), ids=PLANS.keys())
def test_a_bad_plan_is_refused_and_nothing_is_stored(
    filled: Program, tmp_path: Path, content: tuple[str | bytes, str]
) -> None:
    before = filled.dump()
    ran = filled("plan", "import", file(tmp_path, content[0], "plan.txt"))
    assert ran.code == 1
    assert "plan.txt" in ran.complaint
    assert content[1] in ran.complaint
    assert filled.dump() == before


@pytest.mark.parametrize("command", [("people", "import"), ("plan", "import"), ("plan", "read")])
def test_a_file_of_50_megabytes_is_refused_unread(tracker: Program, tmp_path: Path, command: tuple[str, ...]) -> None:
    ran = tracker(*command, sparse(tmp_path, "huge.txt"))
    assert ran.code == 1
    assert "huge.txt" in ran.complaint
    assert "MB" in ran.complaint


@pytest.mark.parametrize("command", [("people", "import"), ("plan", "import"), ("plan", "read")])
@pytest.mark.parametrize("path", ["no-such-file.csv", "."])
def test_a_file_that_is_none_is_named(tracker: Program, command: tuple[str, ...], path: str) -> None:
    ran = tracker(*command, path)
    assert ran.code == 1
    assert path in ran.complaint


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("task", "show", "99"), "There is no task 99"),
        (("task", "done", "1", "99"), "There is no task 99"),
        (("task", "done", "1", "--on", "31/31/2566"), "--on"),
        (("task", "done", "1", "--evidence", "nothing.pdf"), "“nothing.pdf”"),
        (("task", "waive", "1"), "--reason"),
        (("task", "reopen", "1", "--reason", "x"), "Task 1 is open"),
        (("task", "extend", "1", "--to", "1/1/2540", "--reason", "x"), "extend it to a later day"),
        (("task", "extend", "1", "--to", "soon", "--reason", "x"), "--to"),
        (("task", "ack", "1", "--until", "01/01/2540"), "cannot lie in the past"),
        (("task", "assign", "1", "--to", "ใครไม่รู้"), "Nobody is called “ใครไม่รู้”"),
        (("task", "list", "--unit", "กองไม่มี"), "There is no unit “กองไม่มี”"),
        (("task", "list", "--unit", "กองคลงั"), "There is no unit “กองคลงั”: did you mean “กองคลัง”"),
        (("task", "list", "--owner", "ใครไม่รู้"), "“ใครไม่รู้”"),
        (("task", "list", "--status", "late"), "There is no status “late”"),
        (("task", "list", "--due-before", "someday"), "--due-before"),
        (("task", "list", "--now", "noon"), "--now “noon”"),
        (("task", "list", "--owner", "ตัวอย่าง กองช่าง"), "did you mean “นายตัวอย่าง กองช่าง”"),
        (("people", "add", "ก ข", "--unit", "กองคลัง", "--role", "boss"), "role “boss” is unknown"),
        (("people", "add", "ก ข", "--unit", "กองคลังฯ", "--role", "officer"), 'unit alias "กองคลังฯ" "กองคลัง"'),
        (("people", "add", "นายตัวอย่าง กองช่าง", "--unit", "กองคลัง", "--role", "officer"), "people transfer 5"),
        (("people", "link", "5"), "Nothing was given"),
        (("people", "link", "9" * 30, "--lang", "en"), "Nobody is called"),
        (("people", "link", "นายตัวอย่าง กองชาง", "--lang", "en"), "did you mean “นายตัวอย่าง กองช่าง”"),
        (("people", "link", "5", "--line", "@me"), "the LINE id is not U"),
        (("people", "link", "5", "--line", "U5f9a28f01baed1197f344a308cd3ce27"), 'people link 3 --line ""'),
        (("people", "link", "5", "--supervisor", "5"), "cannot be their own supervisor"),
        (("people", "transfer", "5", "--to", "กองไม่มี"), "There is no unit “กองไม่มี”"),
        (("people", "transfer", "5", "--to", "สำนักปลัดฯ"), 'unit alias "สำนักปลัดฯ" "สำนักปลัด"'),
        (("people", "transfer", "5", "--to", "กองช่าง"), "is officer of กองช่าง already"),
        (("people", "transfer", "5", "--to", "กองคลัง", "--role", "boss"), "--role “boss”"),
        (("people", "transfer", "5", "--to", "กองคลัง", "--from", "someday"), "--from"),
        (("people", "transfer", "5", "--to", "กองคลัง", "--leaving", "กองคลัง"), "holds no post in กองคลัง"),
        (("people", "erase", "99", "--reason", "คำขอ", "--yes"), "There is no person 99"),
        (("people", "erase", "5", "--reason", "คำขอ", "--yes"), "the only officer of กองช่าง who can be reached"),
        (("people", "erase", "13", "--reason", "คำขอ", "--yes"), "the only coordinator"),
        (("plan", "show", "99"), "There is no plan 99"),
        (("message", "show", "99"), "There is no message 99"),
        (("message", "retry", "99"), "There is no message 99"),
        (("unit", "alias", "ก", "กองไม่มี"), "There is no unit “กองไม่มี”"),
        (("unit", "group", "ทุกกอง", "กองไม่มี"), "There is no unit “กองไม่มี”"),
        (("holiday", "add", "someday", "วันหยุด"), "someday"),
        (("preview", "--from", "someday"), "--from"),
        (("audit", "99"), "There is no task 99"),
        (("sweep",), "TRACKER_EMAIL_URL"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_refused_is_named_in_one_line_and_nothing_is_stored(
    filled: Program, args: tuple[str, ...], said: str
) -> None:
    before = filled.dump()
    ran = filled(*args)
    assert ran.code == 1
    assert said in ran.complaint
    assert filled.dump() == before


@pytest.mark.parametrize(
    "args",
    [
        ("nonsense",), ("task", "nonsense"), ("task", "show"), ("task", "show", "one"), ("task", "list", "--colour"),
        ("task", "done"), ("sweep", "--now", "2026-01-01T09:00"), ("task", "extend", "1"),
        ("report", "o43", "--fiscal-year", "2026"), ("holiday", "confirm", "next"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_misuse_ends_with_2_and_no_traceback(tracker: Program, args: tuple[str, ...]) -> None:
    ran = tracker(*args)
    assert ran.code == 2
    assert ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "args",
    [
        ("task", "list"), ("plan", "import", str(PLAN)), ("people", "import", str(PEOPLE)), ("status",), ("sweep",),
        ("preview",), ("message", "list"), ("audit", "--verify"), ("unit", "list"), ("holiday", "list"),
    ],
    ids=lambda args: " ".join(args[:2]),
)  # fmt: skip
def test_a_home_never_made_says_what_to_run_and_is_not_made(bare: Program, args: tuple[str, ...]) -> None:
    ran = bare(*args)
    assert ran.code == 1
    assert "tracker init" in ran.complaint
    assert not bare.home.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRACKER_EMAIL", "mailto://x"), ("TRACKER_SWEEP_EVERY", "soon"), ("TRACKER_OFFICE_HOURS", "always"),
        ("TRACKER_DATABASE_URL", "mysql://u:hush@h/d"), ("TRACKER_EMAIL_URL_FILE", "/no/such/file"),
        ("TRACKER_CHANNELS", "email"),
    ],
)  # fmt: skip
def test_a_setting_that_is_wrong_is_named(tracker: Program, name: str, value: str) -> None:
    tracker.setting(name, value)
    ran = tracker("task", "list")
    assert ran.code == 1
    assert name.removesuffix("_FILE").removeprefix("TRACKER_").lower() in ran.complaint.lower()
    assert "hush" not in ran.err


def test_an_unknown_key_in_the_file_stops_the_program(tracker: Program) -> None:
    (tracker.home / "tracker.toml").write_text('colour = "red"\n', encoding="utf-8")
    assert "colour" in tracker("task", "list").complaint
