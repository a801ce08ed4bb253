"""`tracker report` as a coordinator uses it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tracker.reports.o43_json import SCHEMA


def test_missing_elements_do_not_keep_the_report_from_being_written(filled: Program, tmp_path: Path) -> None:
    ran = filled("report", "o43", "--fiscal-year", 2569, "-o", tmp_path / "o43.docx")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith(f"Wrote {tmp_path / 'o43.docx'}.\n! Not complete: ")
    assert (tmp_path / "o43.docx").stat().st_size > 5000
    assert "Replaced" in filled("report", "o43", "--fiscal-year", 2569, "-o", tmp_path / "o43.docx").err


def test_json_is_the_same_on_stdout_and_in_a_file(filled: Program, tmp_path: Path) -> None:
    shown = filled.done("report", "o43", "--fiscal-year", 2569, "--json")
    filled.done("report", "o43", "--fiscal-year", 2569, "-o", tmp_path / "o43.json")
    assert (tmp_path / "o43.json").read_text(encoding="utf-8") == shown
    assert json.loads(shown)["schema"] == SCHEMA


@pytest.mark.parametrize("typed", ["๒๕๖๙", "69", "๖๙"])
def test_a_fiscal_year_is_typed_in_thai_digits_or_with_two(filled: Program, typed: str) -> None:
    assert filled.done("report", "o43", "--fiscal-year", typed) == filled.done("report", "o43", "--fiscal-year", 2569)


def test_without_a_file_a_summary_is_shown(filled: Program) -> None:
    shown = filled.done("report", "o43", "--fiscal-year", 2569)
    assert shown.index("ขาด") < shown.index("งานทั้งหมด ๔๔ งาน")


def test_refusals_are_one_line(filled: Program, tmp_path: Path) -> None:
    for args, wanted in (
        (("o43", "--fiscal-year", 2560), "no plan for fiscal year 2560"),
        (("o43", "--fiscal-year", 2569, "-o", tmp_path / "o43.pdf"), "name the file o43.docx"),
        (("memo", 1), "No follow-up of task 1"),
        (("memo", 999), "There is no task 999"),
    ):
        ran = filled("report", *args)
        assert ran.code == 1
        assert wanted in ran.complaint


def test_the_year_is_shown_written_and_the_same_as_json(filled: Program, tmp_path: Path) -> None:
    shown = filled.done("report", "year")
    assert "งานทั้งหมด ๔๔ งาน" in shown
    assert "ไม่มีแผนของปีงบประมาณ พ.ศ. ๒๕๖๘" in shown
    assert "การปรับปรุงการทำงาน" in shown
    as_json = filled.done("report", "year", "--fiscal-year", 2569, "--json")
    ran = filled("report", "year", "-o", tmp_path / "year.json")
    assert (ran.code, ran.out, ran.complaint) == (0, "", f"Wrote {tmp_path / 'year.json'}.")
    assert (tmp_path / "year.json").read_text(encoding="utf-8") == as_json


def test_a_year_that_cannot_be_told_is_refused_in_one_line(filled: Program, tmp_path: Path) -> None:
    for args, wanted in (
        (("--fiscal-year", 2560), "no plan for fiscal year 2560"),
        (("-o", tmp_path / "year.pdf"), "name the file year.docx"),
        (("-o", tmp_path / "no" / "year.docx"), "cannot be written"),
    ):
        ran = filled("report", "year", *args)
        assert ran.code == 1
        assert wanted in ran.complaint
