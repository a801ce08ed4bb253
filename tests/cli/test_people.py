"""`tracker people ...` as a coordinator uses it."""

import json
import re
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.conftest import PEOPLE, Program
from tests.cli.test_changed_plan import answer

HEADER = "name,unit,role,email\n"


def csv(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(content, encoding="utf-8")
    return path


def listed(tracker: Program) -> list[dict[str, object]]:
    return json.loads(tracker.done("people", "list", "--json", "--reveal"))  # type: ignore[no-any-return]


def of(tracker: Program, person_id: int) -> list[dict[str, object]]:
    return [post for post in listed(tracker) if post["id"] == person_id]


def test_a_dry_run_shows_what_would_change_and_stores_nothing(filled: Program, tmp_path: Path) -> None:
    before = filled.dump()
    text = PEOPLE.read_text(encoding="utf-8")
    text = text.replace("khlang.officer@example.org", "new.address@example.org").replace("นายช่างโยธาชำนาญงาน", "วิศวกร")
    text += "นางมาใหม่ ตัวอย่าง,นักวิชาการ,กองคลัง,,officer,fresh@example.org,,,นางผู้อำนวยการ กองคลัง\n"
    text += "นางสาวประสาน สมมุติงาน,,กองช่าง,,officer,ita@example.org,,,\n"
    shown = filled("people", "import", csv(tmp_path, text), "--dry-run")
    assert shown.code == 0
    assert "1 person would be added, 3 changed, 11 as before; 0 new units." in shown.out
    for part in (
        "email k…@example.org → n…@example.org", "position นายช่างโยธาชำนาญงาน → วิศวกร", "added", "f…@example.org",
        "new post: officer, กองช่าง",
    ):  # fmt: skip
        assert part in shown.out
    assert "new.address" not in shown.out
    assert filled.dump() == before


def test_what_a_dry_run_says_is_what_the_import_then_does(filled: Program, tmp_path: Path) -> None:
    file = csv(tmp_path, HEADER + "ก ข,กองใหม่,officer,a@b.go.th\nนายตัวอย่าง กองคลัง,กองคลัง,officer,x@b.go.th\n")
    foretold = filled.done("people", "import", file, "--dry-run").splitlines()[-1]
    assert foretold.replace(" would be", "") == filled.done("people", "import", file).splitlines()[-1]
    assert "0 people would be added, 0 changed, 2 as before" in filled.done("people", "import", file, "--dry-run")


def test_a_workbook_as_offices_make_it_is_imported(tracker: Program, tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "รายชื่อ.xlsx"
    sheet = book.active
    for row in (
        ["รายชื่อผู้รับผิดชอบ ปีงบประมาณ ๒๕๖๙", None, None, None, None, None],
        ["ลำดับที่", "ชื่อ-สกุล", "ส่วนราชการ", "บทบาท", "อีเมล", "ตั้งแต่วันที่"],
        ["๑", "นาย ก ข", "สำนักปลัด", "เจ้าหน้าที่", "a@b.go.th", "๑ ต.ค. ๒๕๖๘"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    book.save(path)
    assert "1 person added" in tracker.done("people", "import", path)
    (post,) = listed(tracker)
    assert (post["name"], post["unit"], post["from"]) == ("นาย ก ข", "สำนักปลัด", "2025-10-01")


def test_the_shipped_sample_says_the_same_as_a_workbook(filled: Program, tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "people.xlsx"
    import csv as reader

    with PEOPLE.open(encoding="utf-8", newline="") as file:
        for row in reader.reader(file):
            book.active.append(row)
    book.save(path)
    assert load_workbook(path).active.max_row == 14
    assert "0 people would be added, 0 changed, 13 as before" in filled.done("people", "import", path, "--dry-run")


def test_a_unit_that_is_close_to_a_known_one_is_said_and_a_person_decides(filled: Program, tmp_path: Path) -> None:
    file = csv(tmp_path, HEADER + "ก ข,สำนักปลัดฯ,officer,a@b.go.th\n")
    shown = filled("people", "import", file, "--dry-run")
    command = re.search(r"`tracker (unit alias .+?)`", shown.err)
    assert command
    assert filled("people", "import", file).code == 1
    filled.done(*(word.strip('"') for word in command[1].split()))
    filled.done("people", "import", file)
    assert [post["unit"] for post in listed(filled) if post["name"] == "ก ข"] == ["สำนักปลัด"]


def test_a_unit_that_is_close_may_be_another_one_all_the_same(filled: Program, tmp_path: Path) -> None:
    file = csv(tmp_path, HEADER + "ก ข,กองช่างสุขาภิบาล,officer,a@b.go.th\n")
    assert filled("people", "import", file).code == 1
    assert "1 new unit" in filled.done("people", "import", file, "--new-units")
    assert "1 as before" in filled.done("people", "import", file)


def test_two_names_of_one_file_that_are_close_are_said_with_both_lines(tracker: Program, tmp_path: Path) -> None:
    ran = tracker("people", "import", csv(tmp_path, HEADER + "ก ข,สำนักปลัด,officer,\nค ง,สำนักปลัดฯ,officer,\n"))
    assert ran.code == 1
    assert "line 3: “สำนักปลัดฯ” and “สำนักปลัด” (line 2) may be one unit" in ran.complaint


def test_a_new_name_with_the_same_address_is_said(filled: Program, tmp_path: Path) -> None:
    ran = filled("people", "import", csv(tmp_path, HEADER + "นางสมรสแล้ว งาน,สำนักปลัด,coordinator,ITA@example.org\n"))
    assert "“นางสาวประสาน สมมุติงาน” is called “นางสมรสแล้ว งาน” now" in ran.err
    assert [post["name"] for post in of(filled, 13)] == ["นางสมรสแล้ว งาน"]


def test_a_person_is_added_and_added_again_without_a_change(filled: Program) -> None:
    words = ("people", "add", "นาย ก ข", "--unit", "กองคลัง", "--role", "officer", "--email", "a@b.go.th")
    assert "1 person added" in filled.done(*words, "--supervisor", "4", "--from", "01/10/2568")
    (post,) = of(filled, 14)
    assert (post["supervisor"], post["from"]) == ("นางผู้อำนวยการ กองคลัง", "2025-10-01")
    assert "0 people added, 0 changed, 1 as before" in filled.done(*words)
    assert of(filled, 14) == [post]
    filled.done("people", "add", "นาย ก ข", "--unit", "กองช่าง", "--role", "officer", "--email", "a@b.go.th")
    assert [each["unit"] for each in of(filled, 14)] == ["กองคลัง", "กองช่าง"]


def test_a_person_is_linked_with_what_reaches_them(filled: Program) -> None:
    done = filled.done(
        "people", "link", "๕", "--line", "U" + "1" * 32, "--channels", "line,email", "--supervisor", "นางหัวหน้า สำนักปลัด"
    )
    assert "line (none) → U1111…1111" in done
    assert "supervisor นายผู้อำนวยการ กองช่าง → นางหัวหน้า สำนักปลัด" in done
    (post,) = of(filled, 5)
    assert [each["channel"] for each in post["channels"]] == ["line", "email"]  # type: ignore[attr-defined]
    assert "everything was so before" in filled.done("people", "link", "5", "--channels", "line,email")
    ran = filled("people", "link", "5", "--line", "", "--email", "")
    assert "cannot be reached by anything now" in ran.err
    assert of(filled, 5)[0]["channels"] == []


def test_a_name_that_two_people_have_is_refused_with_their_numbers_and_units(filled: Program) -> None:
    filled.done("people", "add", "นายตัวอย่าง กองช่าง", "--unit", "กองคลัง", "--role", "officer", "--email", "a@b.go.th")
    for words in (
        ("people", "link", "นายตัวอย่าง กองช่าง", "--lang", "en"),
        ("task", "list", "--owner", "นายตัวอย่าง กองช่าง"),
    ):
        assert "the one that you mean, 5 (กองช่าง), 14 (กองคลัง)" in filled(*words).complaint


def test_a_transfer_says_what_becomes_of_what_named_the_person(filled: Program) -> None:
    tasks = json.loads(filled.done("task", "list", "--json"))
    own = next(task["id"] for task in tasks if task["unit"] == "กองคลัง")
    other = next(task["id"] for task in tasks if task["unit"] == "กองช่าง")
    filled.done("task", "assign", own, other, "--to", "3")
    ran = filled("people", "transfer", "3", "--to", "สำนักปลัด", "--position", "นิติกร", "--from", "01/10/2569")
    assert f"Tasks {own} of กองคลัง do not move along" in ran.out
    assert f"Tasks {other} of other units go on to name" in ran.out
    assert "From 1 ต.ค. 2569 nobody answers for กองคลัง" in ran.err
    old, new = sorted(of(filled, 3), key=lambda post: str(post["until"]))
    assert (old["unit"], old["until"]) == ("กองคลัง", "2026-10-01")
    assert (new["unit"], new["from"], new["until"], new["position"]) == ("สำนักปลัด", "2026-10-01", None, "นิติกร")
    assert (
        "holds no post that could end"
        in filled("people", "transfer", "3", "--to", "กองช่าง", "--from", "01/10/2569").complaint
    )
    assert "none changed or removed" in filled.done("audit", "--verify")


def test_a_head_who_leaves_is_no_longer_named_as_supervisor_in_the_unit(filled: Program) -> None:
    assert "1 post named นางผู้อำนวยการ กองคลัง as supervisor" in filled.done("people", "transfer", "4", "--to", "กองช่าง")
    assert of(filled, 3)[0]["supervisor"] is None


def test_somebody_with_posts_in_two_units_says_which_is_left(filled: Program) -> None:
    filled.done(
        "people",
        "add",
        "นายตัวอย่าง กองช่าง",
        "--unit",
        "กองคลัง",
        "--role",
        "officer",
        "--email",
        "chang.officer@example.org",
    )
    assert "--leaving UNIT" in filled("people", "transfer", "5", "--to", "สำนักปลัด").complaint
    filled.done("people", "transfer", "5", "--to", "สำนักปลัด", "--leaving", "กองคลัง", "--from", "01/10/2569")
    assert {(post["unit"], post["until"]) for post in of(filled, 5)} == {
        ("กองช่าง", None), ("กองคลัง", "2026-10-01"), ("สำนักปลัด", None),
    }  # fmt: skip


def test_an_erasure_asks_and_without_anybody_to_answer_wants_yes(filled: Program) -> None:
    filled.done("people", "add", "นาย ก ข", "--unit", "กองคลัง", "--role", "officer", "--email", "a@b.go.th")
    before = filled.dump()
    assert "add --yes" in filled("people", "erase", "14", "--reason", "คำขอ").complaint
    assert filled("people", "erase", "14", "--yes").code == 2
    assert filled.dump() == before


def test_somebody_who_was_erased_stands_nowhere_in_the_home(filled: Program) -> None:
    name, address, line_id = "นายลาออก ขอลบข้อมูล", "leaver.of.old@example.org", "U" + "7" * 32
    filled.done("people", "add", name, "--unit", "กองคลัง", "--role", "officer", "--email", address, "--line", line_id)
    filled.done("leave", "add", name, "--from", "01/11/2570", "--until", "15/11/2570", "--substitute", "5")
    filled.done("task", "assign", 1, "--to", name)
    assert "tracker task assign 1 --to PERSON" in filled("people", "erase", name, "--reason", "คำขอ", "--yes").complaint
    filled.done("task", "assign", 1, "--to", "3")
    done = filled("people", "erase", name, "--reason", f"คำขอของ {name}", "--yes")
    assert done.code == 0, done.err
    assert "still stands" not in done.err
    content = b"".join(path.read_bytes() for path in sorted(filled.home.rglob("*")) if path.is_file())
    for trace in (name, address, line_id):
        assert not any(trace in line for line in filled.dump())
        assert trace.encode() not in content
        assert json.dumps(trace)[1:-1].encode() not in content
    (entry,) = [each for each in json.loads(filled.done("audit", "--json")) if each["action"] == "people erase"]
    assert (entry["detail"]["person"], entry["reason"]) == (14, "คำขอของ (ลบข้อมูลแล้ว)")
    assert "none changed or removed" in filled.done("audit", "--verify")


def test_what_erasure_must_leave_is_said(filled: Program) -> None:
    filled.done("people", "add", "นายลาออก ขอลบข้อมูล", "--unit", "กองคลัง", "--role", "officer", "--email", "a@b.go.th")
    filled.done("task", "waive", 1, "--reason", "นายลาออก ขอลบข้อมูล แจ้งว่ายกเลิก")
    done = filled("people", "erase", "14", "--reason", "คำขอ", "--yes")
    assert re.search(r"The name still stands in entries \d+ of the audit trail", done.err)


@pytest.mark.parametrize(
    "words", [("people", "transfer", "5", "--to", "กองคลัง"), ("people", "link", "5", "--lang", "en")]
)
def test_each_act_on_people_is_an_entry_by_number(filled: Program, words: tuple[str, ...]) -> None:
    filled.done(*words)
    entry = json.loads(filled.done("audit", "--json"))[-1]
    assert (entry["action"], entry["detail"]["person"]) == (" ".join(words[:2]), 5)
    assert "นายตัวอย่าง" not in json.dumps(entry, ensure_ascii=False)


def test_a_role_that_does_not_exist_is_refused_with_those_that_do(filled: Program) -> None:
    ran = filled("people", "transfer", "นายตัวอย่าง กองคลัง", "--to", "กองช่าง", "--role", "boss")
    assert "--role “boss” is unknown: write one of officer, supervisor" in ran.complaint


def test_erasing_asks_at_a_terminal_and_a_no_leaves_the_person(filled: Program) -> None:
    filled.done("people", "add", "นายตัวอย่าง สอง", "--unit", "กองคลัง", "--role", "officer", "--email", "two@example.org")
    before = filled.dump()
    asked = answer("n", "people", "erase", "นายตัวอย่าง สอง", "--reason", "คำขอ")
    assert "This cannot be undone." in asked.stdout
    assert asked.returncode == 1
    assert filled.dump() == before


def test_people_who_have_one_line_id_are_named(tracker: Program, tmp_path: Path) -> None:
    """Such as one that a spreadsheet program filled in downwards."""
    header, id_ = "name,unit,role,email,line\n", "U" + "1" * 32
    both = f"ก ข,กองคลัง,officer,a@b.go.th,{id_}\nค ง,กองคลัง,officer,c@d.go.th,{id_}\n"
    ran = tracker("people", "import", csv(tmp_path, header + both))
    assert (ran.code, "! ก ข and ค ง have one LINE id" in ran.err) == (0, True)
    assert "one LINE id" not in tracker("people", "import", csv(tmp_path, header + both.replace(id_, "", 1))).err
