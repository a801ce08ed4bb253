"""What the executive's week says, and how several messages become one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders_messages import (
    AGENCIES,
    DAY,
    FOLLOWED,
    ITEM,
    LANGS,
    OFFICE,
    SECOND,
    TREASURY,
    WEEK,
    WEEKS,
    WORKS,
    digests,
    say,
    sum_up,
    tasks_of,
    tell,
)
from tracker.domain.messages import SPELLED_OUT, SUBJECT_CELLS, Digest, ExecutiveWeek, merged
from tracker.domain.messages.lines import cells


def test_a_week_names_the_unit_with_the_oldest_task_first() -> None:
    entries = sum_up().sections[0].entries
    assert [entry.heading for entry in entries] == ["กองช่าง", "กองคลัง", "สำนักปลัด"]
    assert [entry.title for entry in entries] == ["เกินกำหนด ๘ เรื่อง", "เกินกำหนด ๓ เรื่อง", "เกินกำหนด ๑ เรื่อง"]
    assert [entry.badge for entry in entries] == ["ติดตามครั้งที่ ๓", "ติดตามครั้งที่ ๑", ""]


def test_a_unit_says_since_when_and_names_its_oldest_tasks_and_counts_the_rest() -> None:
    oldest, named = sum_up().sections[0].entries[0].details
    assert oldest.text == "วันอาทิตย์ที่ ๓๑ มกราคม ๒๕๖๔ (เกินกำหนดมาแล้ว ๕๒ วัน)"
    assert named.text == "(๑) คู่มือการให้บริการ (๒) ผลการจัดซื้อจัดจ้าง (๓) ทบทวนขั้นตอน และอีก ๕ เรื่อง"


def test_a_unit_with_one_task_does_not_number_it() -> None:
    assert sum_up(ExecutiveWeek((OFFICE,))).sections[0].entries[0].details[1].text == "ประกาศ No Gift Policy"


@pytest.mark.parametrize(
    ("lang", "subject"),
    [
        ("th", "สรุปประจำสัปดาห์ ๒๔ มี.ค.: งาน ITA เกินกำหนด ๑๒ เรื่อง ใน ๓ หน่วยงาน"),
        ("en", "Weekly summary 24 Mar: 12 tasks past due in 3 units"),
    ],
)
def test_the_subject_of_a_week_says_when_how_much_and_in_how_many_units(lang: str, subject: str) -> None:
    assert sum_up(lang=lang).subject == subject


def test_a_subject_without_room_gives_up_words_before_counts() -> None:
    many = ExecutiveWeek((replace(WORKS, overdue=1234),) * 25)
    assert sum_up(many).subject == "สรุปประจำสัปดาห์ ๒๔ มี.ค.: ITA เกินกำหนด ๓๐๘๕๐ เรื่อง ใน ๒๕ หน่วยงาน"


def test_a_week_asks_the_executive_for_directions_and_gives_the_reason() -> None:
    notes = {note.heading: note.lines for note in sum_up().notes}
    assert notes["การดำเนินการต่อไป"][0].startswith("โปรดพิจารณาสั่งการ")
    assert "สัปดาห์ละครั้ง" in notes["เหตุที่ท่านได้รับข้อความนี้"][0]
    assert sum_up().closing == "จึงเรียนมาเพื่อโปรดพิจารณา"
    assert sum_up().tone == "week"


def test_a_week_spells_out_at_most_thirty_units_and_counts_the_rest() -> None:
    units = tuple(
        replace(TREASURY, unit=f"กอง {n}", oldest_due=date(2021, 1, 1) + timedelta(days=n)) for n in range(35)
    )
    section = sum_up(ExecutiveWeek(units[::-1])).sections[0]
    assert (len(section.entries), section.hidden) == (SPELLED_OUT, 5)
    assert section.entries[0].heading == "กอง 0"


def test_a_week_in_which_nothing_is_past_due_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one unit"):
        sum_up(ExecutiveWeek(()))


@given(WEEKS, AGENCIES, LANGS)
def test_a_week_has_one_short_subject_whatever_the_units_are_called(week: ExecutiveWeek, agency, lang: str) -> None:
    digest = sum_up(week, agency=agency, lang=lang)
    assert cells(digest.subject) <= SUBJECT_CELLS
    assert digest.subject.isprintable()


def test_one_message_of_several_speaks_as_the_first_and_says_what_all_say() -> None:
    notices, week = say(SECOND), sum_up()
    both = merged(notices, week)
    for part in ("tone", "subject", "greeting", "opening", "closing", "reference", "footer"):
        assert getattr(both, part) == getattr(notices, part)
    assert both.sections[: len(notices.sections)] == notices.sections
    assert [replace(section, opening="") for section in both.sections[len(notices.sections) :]] == [*week.sections]


def test_each_further_part_of_a_merged_message_says_what_it_is_where_it_begins() -> None:
    day, week = tell(), sum_up()
    both = merged(say(ITEM), day, week)
    assert {section.title: section.opening for section in both.sections if section.opening} == {
        day.sections[0].title: f"อนึ่ง {day.opening}",
        week.sections[0].title: f"อนึ่ง {week.opening}",
    }
    assert both.has_contents
    assert not say(ITEM, FOLLOWED, SECOND).has_contents


def test_a_merged_message_says_nothing_twice_and_its_reference_last() -> None:
    both = merged(say(FOLLOWED), tell(), sum_up())
    headings = [note.heading for note in both.notes]
    assert len(headings) == len(set(headings))
    assert all(len(note.lines) == len(set(note.lines)) for note in both.notes)
    assert len(both.brief) == len(set(both.brief))
    assert both.notes[-1].lines == ("ITA-0001",)
    assert both.brief[-1] == "เลขอ้างอิง: ITA-0001"
    assert len(both.notes[0].lines) == 3


def test_a_message_of_one_is_itself() -> None:
    assert merged(say(ITEM)) == say(ITEM)


def test_a_merged_message_spells_out_thirty_tasks_but_always_the_incidents_failures_and_units() -> None:
    many = [replace(ITEM, task_id=n) for n in range(29)]
    both = merged(say(*many), tell(replace(DAY, overdue=DAY.overdue * 5)), sum_up(WEEK))
    assert sum(entry.task_id is not None for section in both.sections for entry in section.entries) == SPELLED_OUT
    assert [len(section.entries) for section in both.sections] == [29, 1, 1, 1, 0, 0, 0, 3]
    assert [section.hidden for section in both.sections] == [0, 0, 0, 0, 1, 5, 0, 0]


@given(st.lists(digests(), min_size=1, max_size=3))
def test_merging_keeps_every_section_and_every_count_in_order(parts: list[Digest]) -> None:
    whole = merged(*parts)
    assert [section.title for section in whole.sections] == [
        section.title for part in parts for section in part.sections
    ]
    assert tasks_of(whole) == sum(map(tasks_of, parts))
