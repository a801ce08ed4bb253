"""`tracker leave`: who acts for whom, from the first day away to the first day back."""

import json

from tests.cli.conftest import Program

OFFICER, OTHER = "นางสาวตัวอย่าง สำนักปลัด", "นายตัวอย่าง กองคลัง"
FAR = ("--from", "01/11/2590", "--until", "15/11/2590")


def test_a_leave_is_added_listed_and_taken_back(filled: Program) -> None:
    assert "Nobody is on leave." in filled("leave", "list").err
    added = filled.done("leave", "add", OFFICER, *FAR, "--substitute", OTHER)
    assert added.startswith(f"Leave 1: {OTHER} acts for {OFFICER} from 1 พ.ย. 2590")
    shown = filled.done("leave", "list")
    assert OFFICER in shown
    assert "15 พ.ย. 2590" in shown
    assert json.loads(filled.done("leave", "list", "--json")) == [
        {"id": 1, "person": OFFICER, "substitute": OTHER, "from": "2047-11-01", "until": "2047-11-15"}
    ]
    assert f"{OFFICER} is told again" in filled.done("leave", "end", 1)
    assert filled.done("leave", "list", "--json") == "[]\n"


def test_ending_one_that_does_not_exist_names_those_that_do(filled: Program) -> None:
    filled.done("leave", "add", OFFICER, *FAR, "--substitute", OTHER)
    assert "There is no leave 11: the nearest is 1 (`tracker leave list`)." in filled("leave", "end", 11).complaint


def test_a_substitute_who_is_away_as_well_is_remarked(filled: Program) -> None:
    filled.done("leave", "add", OTHER, *FAR, "--substitute", "นายตัวอย่าง กองช่าง")
    ran = filled("leave", "add", OFFICER, *FAR, "--substitute", OTHER)
    assert ran.code == 0
    assert OTHER in ran.err
