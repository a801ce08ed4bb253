"""Layouts of our own, as agencies lay their plans out, each with the reading that a careful person gives it."""

import random
import time
from pathlib import Path

import pytest

from tests.intake.reading_text import written
from tests.patience import no_hang
from tracker.domain.plans import Plan
from tracker.errors import Refused
from tracker.intake import read_plan

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.txt"))
NAMES = [path.stem for path in LAYOUTS]
GARBLE = "๐๑๙กำ\u0e4d\u0e32่้ \t|<>/-–.,()\"'&;\u200b\ufffdxQ1"


@pytest.mark.parametrize("path", LAYOUTS, ids=NAMES)
def test_a_layout_is_read_as_a_careful_person_reads_it(path):
    assert written(read_plan(path)) == path.with_suffix(".read").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "year", "score", "grade", "indicators"),
    [
        ("scores-two-years", 2568, 91.7, "A", {1: 90.0, 2: 82.0, 5: 85.0, 9: 98.0, 10: 100.0}),
        ("running-title", 2568, 91.25, "A", {1: 92.1, 2: 88.5, 3: 90.0}),
        ("province-class", 2568, 89.44, "A", {}),
        ("english-digits", 2568, 88.45, "A", {}),
    ],
)
def test_last_years_result_is_found_where_it_stands(name, year, score, grade, indicators):
    found = read_plan(LAYOUTS[NAMES.index(name)]).assessment
    scores = {one.id: one.score for one in found.indicators}
    assert (found.fiscal_year, found.score, found.grade) == (year, score, grade)
    assert indicators.items() <= scores.items()


@pytest.mark.parametrize(
    ("name", "indicators"),
    [("landscape", [3, 2]), ("title-in-table", [2, 7, 7]), ("province-class", [4, 3, 10])],
)
def test_a_measure_is_linked_to_its_indicator_by_column_issue_or_heading_row(name, indicators):
    assert [one.indicator for one in read_plan(LAYOUTS[NAMES.index(name)]).measures] == indicators


def test_a_repeated_letter_behind_the_plan_still_gives_its_number_and_its_date():
    document = read_plan(LAYOUTS[NAMES.index("letter-behind")]).document
    assert (document.number, str(document.date)) == ("สน ๐๐๑๗.๒/ว ๓๔๕", "2026-01-12")


def plan_or_refusal(path: Path) -> Plan | str:
    """Read a document; anything but a plan or a refusal of one line is an error."""
    try:
        return read_plan(path)
    except Refused as refusal:
        lines = str(refusal).splitlines()
    (message,) = lines
    return message


def mutated(text: str, chance: random.Random) -> str:
    """Cut, double, shuffle or garble a few lines, cells or characters of a document."""
    lines = text.splitlines()
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(lines))
        act = chance.randrange(7)
        if act == 0:
            del lines[at : at + chance.randint(1, 3)]
        elif act == 1:
            lines.insert(chance.randrange(len(lines)), lines[at])
        elif act == 2:
            chance.shuffle(lines)
        elif act == 3:
            cells = lines[at].split("\t")
            chance.shuffle(cells)
            lines[at] = "\t".join(cells)
        elif act == 4:
            place = chance.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:place] + chance.choice(GARBLE) * chance.randint(1, 40) + lines[at][place:]
        elif act == 5:
            lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
        else:
            lines[at] = lines[at].replace("\t", chance.choice(["\n", "\t\t", " ", "<br>", "|"]))
        lines = lines or ["ก"]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_document_is_a_plan_or_one_refusal(seed, tmp_path):
    chance = random.Random(seed)
    path = tmp_path / "plan.txt"
    for source in LAYOUTS:
        path.write_text(mutated(source.read_text(encoding="utf-8"), chance), encoding="utf-8")
        plan = plan_or_refusal(path)
        if isinstance(plan, Plan):
            assert all(one.title for one in plan.measures)
            assert [one.seq for one in plan.measures] == list(range(1, len(plan.measures) + 1))


def long_plan(measures: int) -> str:
    """Return a plan of many measures, no two of them alike."""
    head = (
        "มาตรการส่งเสริมคุณธรรม ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ เทศบาลตำบลสมมติ\n\nมาตรการ\tขั้นตอน\tผู้รับผิดชอบ\tระยะเวลา\tการติดตาม\n"
    )
    row = "{0}. แนวทางที่ {0}\tประชุม {0}\tกองช่าง และกองคลัง\tต.ค.๖๘ - ก.ย.๖๙\t๑. รายงาน {0} รอบ ๖ เดือน ๒. ติดตามทุกเดือน\n"
    return head + "".join(row.format(n) for n in range(1, measures + 1))


def seconds(path: Path, measures: int) -> float:
    path.write_text(long_plan(measures), encoding="utf-8")
    start = time.perf_counter()
    assert len(read_plan(path).measures) == measures
    return time.perf_counter() - start


def test_the_time_to_read_grows_with_the_plan_and_not_with_its_square(tmp_path):
    path = tmp_path / "plan.txt"
    seconds(path, 50)
    assert seconds(path, 1600) < 10 * seconds(path, 400) + 0.5


@pytest.mark.parametrize(
    "filler", ["๑. ", "- ", "(", "ภายใน ", "๑ ต.ค. ", "และ", "มาตรการ", "<td>", "<table>", "\t", "|", "ทุก ๆ "]
)
def test_a_line_that_repeats_one_thing_costs_no_time(filler, tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(long_plan(1) + "\n" + filler * (20_000 // len(filler)), encoding="utf-8")
    with no_hang():
        plan_or_refusal(path)
