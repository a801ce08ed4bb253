"""The year's report: figures as values, then each format read back by a program of its own kind."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.builders import OFFICE, TREASURY, World, measure, obligation, plan
from tests.reports.report_worlds import SAID
from tracker.domain.plans import Assessment, IndicatorScore, Plan
from tracker.errors import NotFound, Refused
from tracker.reports.year import ENDINGS, Tally, YearReport
from tracker.reports.year_json import SCHEMA
from tracker.usecases.import_plan import import_plan
from tracker.usecases.report_year import WRITERS, report_of_year, write_year

NAMES = {2: "การใช้งบประมาณ", 7: "ประสิทธิภาพการสื่อสาร", 9: "การเปิดเผยข้อมูล"}


def scores(**by_id: float) -> tuple[IndicatorScore, ...]:
    return tuple(IndicatorScore(int(id_[1:]), NAMES[int(id_[1:])], "IIT", score, 5) for id_, score in by_id.items())


def of_year(year: int, *, sha: str, assessment: Assessment) -> Plan:
    """Indicator 2 by the treasury (two tasks), no indicator by the office (three), all in the first half-year."""
    start = year - 543 - 1
    one = plan(
        measure(1, TREASURY, title="แผนการใช้จ่าย <b>"),
        measure(2, OFFICE, title="ทะเบียนยืม"),
        obligations=tuple(
            obligation(date(start, 11, day), measures=(seq,), phrase=f"งานที่ {day}")
            for seq, day in ((1, 1), (1, 2), (2, 3), (2, 4), (2, 5))
        ),
        fiscal_year=year,
        sha=sha * 64,
    )
    return replace(one, measures=(replace(one.measures[0], indicator=2), one.measures[1]), assessment=assessment)


def begun(world: World, *years: int) -> World:
    """Of 2566: 1 in time, 2 late, 3 reported, 4 waived, 5 overdue. Of 2565, if any: 6 to 10, the first two in time."""
    world.people()
    now = Assessment(2565, 86.5, "A", scores(_2=84.15, _7=80, _9=95))
    before = Assessment(2564, 80.0, "B", scores(_2=90.0))
    for year in (2566, *years):
        assessed = now if year == 2566 else before
        import_plan(world.services, of_year(year, sha=str(year % 10), assessment=assessed), actor="test")
    world.clock.set("2022-11-25 09:00")
    world.act("done", 1, on=date(2022, 11, 1), **SAID)
    world.act("done", 2, on=date(2022, 11, 20), **SAID)
    world.act("submit", 3, on=date(2022, 11, 3))
    world.act("waive", 4, reason="ยกเลิก")
    if years:
        world.act("done", 6, 7, on=date(2021, 10, 30))
    return world


def told(world: World) -> YearReport:
    return report_of_year(world.services, fiscal_year=2566)


def figures(tally: Tally | None) -> dict[str, int]:
    assert tally is not None
    return {ending: tally[ending] for ending in ENDINGS if tally[ending]}


def test_each_task_counts_once_as_it_ended(world: World) -> None:
    report = told(begun(world))
    assert figures(report.whole.now) == {"on-time": 1, "late": 1, "open": 1, "overdue": 1, "waived": 1}
    assert report.whole.now.in_time == 25.0
    units = {row.label: figures(row.now) for row in report.units}
    assert units == {TREASURY: {"on-time": 1, "late": 1}, OFFICE: {"open": 1, "overdue": 1, "waived": 1}}
    assert [(row.label, row.now.total) for row in report.indicators] == [("2 การใช้งบประมาณ", 2), ("", 3)]


@pytest.mark.parametrize("by", ["units", "indicators"])
def test_rows_add_up_to_the_whole(world: World, by: str) -> None:
    report = told(begun(world, 2565))
    for year in ("now", "before"):
        rows = [getattr(row, year).counts for row in getattr(report, by)]
        assert tuple(map(sum, zip(*rows, strict=True))) == getattr(report.whole, year).counts


def test_last_year_stands_beside_where_there_is_a_plan_of_it(world: World) -> None:
    report = told(begun(world, 2565))
    assert report.year_before == 2565
    assert figures(report.whole.before) == {"on-time": 2, "overdue": 3}
    assert {row.label: figures(row.before) for row in report.units}[TREASURY] == {"on-time": 2}


def test_without_a_plan_of_last_year_nothing_stands_beside(world: World) -> None:
    report = told(begun(world, 2564))
    assert report.year_before is None
    assert {row.before for row in (report.whole, *report.units, *report.indicators)} == {None}


def test_indicators_come_with_their_measures_the_weakest_first(world: World) -> None:
    report = told(begun(world, 2565))
    assert [(each.id, each.score, each.score_before) for each in report.scored] == [
        (7, 80, None), (2, 84.15, 90.0), (9, 95, None),
    ]  # fmt: skip
    assert [each.id for each in report.weak] == [7, 2]
    assert [[one.seq for one in each.measures] for each in report.scored] == [[], [1], []]
    assert report.scored[1].measures[0].standing == "done"


def test_a_year_in_which_nothing_is_owed_has_no_share() -> None:
    assert Tally((0, 0, 0, 0, 3)).in_time is None


def test_the_present_year_is_told_when_none_is_named_and_else_the_newest_plan(world: World) -> None:
    begun(world, 2565)
    assert report_of_year(world.services, fiscal_year=None).fiscal_year == 2566
    world.clock.set("2030-01-07 09:00")
    assert report_of_year(world.services, fiscal_year=None).fiscal_year == 2566


def test_a_year_without_a_plan_and_an_unknown_ending_are_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="fiscal year 2566"):
        report_of_year(world.services, fiscal_year=2566)
    begun(world)
    with pytest.raises(Refused, match=r"name the file year\.docx"):
        write_year(world.services, tmp_path / "year.pdf", fiscal_year=2566)
    assert list(tmp_path.glob("*year*")) == []


def written(world: World, tmp_path: Path, ending: str) -> Path:
    path = tmp_path / f"year{ending}"
    write_year(world.services, path, fiscal_year=2566)
    return path


@pytest.mark.parametrize("ending", WRITERS)
def test_every_format_names_agency_units_and_the_weak_indicator(world: World, tmp_path: Path, ending: str) -> None:
    text = everything_in(written(begun(world, 2565), tmp_path, ending))
    for words in ("เทศบาลตำบลทดสอบ", TREASURY, OFFICE, "ประสิทธิภาพการสื่อสาร", "แผนการใช้จ่าย <b>"):
        assert words in text


def everything_in(path: Path) -> str:
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    text = path.read_text(encoding="utf-8")
    return Page(text).text if path.suffix == ".html" else text


class Page(HTMLParser):
    """A page as a screen reader has it: its text, its headings, the header cells and what they are for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.tags, self.headers = "", [], []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "th":
            self.headers.append(dict(attrs).get("scope"))
        if tag == "html":
            assert dict(attrs)["lang"] == "th"

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_has_one_title_headed_tables_and_asks_for_nothing_outside(world: World, tmp_path: Path) -> None:
    raw = written(begun(world, 2565), tmp_path, ".html").read_text(encoding="utf-8")
    page = Page(raw)
    assert page.tags.count("h1") == 1
    assert page.tags.count("h2") == 4
    assert set(page.headers) == {"col", "row"}
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert "http" not in re.sub(r"http-equiv", "", raw)
    assert "@media print" in raw


def test_every_colour_of_words_has_enough_contrast(world: World, tmp_path: Path) -> None:
    raw = written(begun(world), tmp_path, ".html").read_text(encoding="utf-8")
    inks = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{3,6})", raw))
    grounds = set(re.findall(r"background: (#[0-9a-f]{3,6})", raw))
    assert len(inks) >= 3
    assert min(contrast(ink, ground) for ink in inks for ground in grounds) >= 4.5


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_figures_in_the_workbook_are_numbers_with_last_year_in_columns_of_its_own(world: World, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(begun(world, 2565), tmp_path, ".xlsx"))
    header, *rows = list(book.worksheets[0].values)[3:]
    assert header[:3] == ("หน่วยงาน", "ทั้งหมด", "ทั้งหมด ปี 2565")
    assert {row[0]: row[1:5] for row in rows}[TREASURY] == (2, 2, 1, 2)
    assert rows[-1][0] == "รวมทั้งหน่วยงาน"


def test_json_says_the_same(world: World, tmp_path: Path) -> None:
    data = json.loads(written(begun(world, 2565), tmp_path, ".json").read_text(encoding="utf-8"))
    assert (data["schema"], data["year_before"]) == (SCHEMA, 2565)
    assert data["whole"]["now"] == {
        "total": 5, "on-time": 1, "late": 1, "open": 1, "overdue": 1, "waived": 1, "percent_on_time": 25.0,
    }  # fmt: skip
    assert data["assessment"]["indicators"][1]["measures"] == [
        {"seq": 1, "number": "1.", "title": "แผนการใช้จ่าย <b>", "standing": "done", "tasks": 2, "done": 2}
    ]
    assert data["indicators"][-1]["label"] is None


def test_a_plan_without_scores_says_so(world: World, tmp_path: Path) -> None:
    world.people()
    import_plan(world.services, of_year(2566, sha="a", assessment=Assessment()), actor="test")
    for ending in (".docx", ".xlsx", ".html"):
        assert "แผนไม่ได้ระบุคะแนนรายตัวชี้วัด" in everything_in(written(world, tmp_path, ending))
