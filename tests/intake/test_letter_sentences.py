"""Sentences around a plan that are cut by the page, or that go on in a list or a table of days."""

from datetime import date

import pytest

from tracker.domain.plans import Obligation, Source
from tracker.intake.layout import Cell, Layout, Paragraph, Row, Table
from tracker.intake.letter_duties import letter_duties
from tracker.intake.letter_sentences import schedule_rows, sentences


def owed(*texts: str, rows: tuple[Paragraph, ...] = ()) -> tuple[Obligation, ...]:
    lines = [*(Paragraph(text, n) for n, text in enumerate(texts, start=1)), *rows]
    return letter_duties(lines, (1, 2), None, 2569).obligations


def days(*texts: str) -> list[date | None]:
    return [one.due for one in owed(*texts)]


BOTH = [date(2026, 3, 20), date(2026, 9, 18)]


@pytest.mark.parametrize(
    "lines",
    [
        ("ให้ทุกกองรายงานผล ภายในวันที่ ๒๐ มีนาคม ๒๕๖๙ (รอบ ๖ เดือน)", "และภายในวันที่ ๑๘ กันยายน ๒๕๖๙ (รอบ ๑๒ เดือน)"),
        ("ให้ทุกกองรายงานผล ภายในวันที่ ๒๐ มีนาคม", "๒๕๖๙ และภายในวันที่ ๑๘ กันยายน ๒๕๖๙ ตามลำดับ"),
        ("ให้ทุกกองรายงานผลตามแบบ", "ให้ฝ่ายแผนทราบ ภายในวันที่ ๒๐ มีนาคม ๒๕๖๙ และวันที่ ๑๘ กันยายน ๒๕๖๙"),
        (
            "ทุกกองรายงานผลให้ฝ่ายแผน ปีละ ๒ ครั้ง ดังนี้",
            "ครั้งที่ ๑ ภายในวันที่ ๒๐ มีนาคม ๒๕๖๙",
            "ครั้งที่ ๒ ภายในวันที่ ๑๘ กันยายน ๒๕๖๙",
        ),
        ("ให้ทุกกองรายงานผล", "- ครั้งที่ ๑ ภายในวันที่ ๒๐ มีนาคม ๒๕๖๙", "- ครั้งที่ ๒ ภายในวันที่ ๑๘ กันยายน ๒๕๖๙"),
        ("ให้ทุกกองรายงานผล ดังนี้", "1. รอบ 6 เดือน ภายในวันที่ 20 มีนาคม 2569", "2. รอบ 12 เดือน ภายในวันที่ 18 กันยายน 2569"),
        ("ให้กองทุกกองรายงานผล ปีละ ๒ ครั้ง คือ วันที่ ๒๐ มีนาคม ๒๕๖๙ และวันที่ ๑๘ กันยายน ๒๕๖๙",),
        ("ให้ทุกกองรายงานผล ภายใน ๒๐ มีนาคม ๒๕๖๙ สำหรับรอบ ๖ เดือน และภายใน ๑๘ กันยายน ๒๕๖๙ สำหรับรอบ ๑๒ เดือน",),
    ],
)
def test_both_days_are_owed_however_the_sentence_is_laid_out(lines):
    assert days(*lines) == BOTH


def test_a_round_named_behind_its_day_is_that_days_round():
    found = owed("ให้ทุกกองรายงานผล ภายในวันที่ ๒๐ มีนาคม ๒๕๖๙ สำหรับรอบ ๖ เดือน")
    assert [(one.due, one.periods) for one in found] == [(date(2026, 3, 20), ("6-month",))]


def test_a_duty_stands_on_the_line_of_its_day():
    found = owed("ให้ทุกกองรายงานผล ดังนี้", "ครั้งที่ ๑ ภายในวันที่ ๒๐ มีนาคม ๒๕๖๙", "ครั้งที่ ๒ ภายในวันที่ ๑๘ กันยายน ๒๕๖๙")
    assert [one.line for one in found] == [2, 3]


def test_a_list_that_nobody_asked_a_report_for_owes_none():
    assert days("กำหนดการประชุม ดังนี้", "ครั้งที่ ๑ ภายในวันที่ ๒๐ มีนาคม ๒๕๖๙") == []


def test_a_new_item_or_a_new_unit_begins_a_sentence_of_its_own():
    lines = [Paragraph("ให้ทุกกองรายงานผลการดำเนินงานตามแบบที่ฝ่ายแผนกำหนดไว้แล้วทุกประการ", 1)]
    for text in ("๒. จัดประชุมภายในวันที่ ๒๐ มีนาคม ๒๕๖๙", "กองช่างจัดประชุมภายในวันที่ ๒๐ มีนาคม ๒๕๖๙"):
        assert len(list(sentences([*lines, Paragraph(text, 2)]))) == len(lines) + 1


def test_a_table_of_rounds_below_the_words_that_ask_gives_the_days():
    texts = (("รอบการรายงาน", "กำหนดส่ง"), ("รอบ ๖ เดือน (ต.ค. ๖๘ - มี.ค. ๖๙)", "ภายในวันที่ ๒๐ มีนาคม ๒๕๖๙"))
    table = Table(tuple(Row(tuple(Cell((text,)) for text in row), n) for n, row in enumerate(texts, start=3)))
    layout = Layout(Source("plan.txt", "", "txt"), (table,))
    found = owed("ให้ทุกกองส่งรายงานผลให้ฝ่ายแผน ดังนี้", rows=tuple(schedule_rows(layout, ())))
    assert [(one.due, one.periods, one.measures) for one in found] == [(date(2026, 3, 20), ("6-month",), (1, 2))]
    assert list(schedule_rows(layout, (3,))) == []
