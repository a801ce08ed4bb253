"""The calendar file, read back by a calendar library."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tracker.domain.messages.lines import one_line
from tracker.reports.calendar import Deadline, calendar_text

NOW = datetime(2026, 3, 24, 2, 0, tzinfo=UTC)
DEADLINE = Deadline(12, 1, date(2026, 3, 31), "รายงานผลการดำเนินงาน รอบ ๖ เดือน", "กองคลัง")


def events(*deadlines: Deadline, domain: str = "example.org") -> list[Event]:
    calendar = Calendar.from_ical(calendar_text(deadlines, now=NOW, domain=domain))
    assert calendar["method"] == "PUBLISH"
    return calendar.events


def test_each_deadline_is_an_all_day_event_that_leaves_the_day_free() -> None:
    (event,) = events(DEADLINE)
    assert event.decoded("dtstart") == date(2026, 3, 31)
    assert event.decoded("dtend") == date(2026, 4, 1)
    assert event["transp"] == "TRANSPARENT"
    assert event.decoded("dtstamp") == NOW


def test_the_summary_is_thai_and_names_the_unit() -> None:
    (event,) = events(DEADLINE)
    assert event["summary"] == "ครบกำหนด: รายงานผลการดำเนินงาน รอบ ๖ เดือน (กองคลัง)"
    assert "เลขที่งาน: 12" in event["description"]


def test_an_extended_deadline_replaces_the_older_one_in_a_calendar() -> None:
    extended = Deadline(12, 2, date(2026, 4, 30), DEADLINE.title, DEADLINE.unit)
    (before,), (after,) = events(DEADLINE), events(extended)
    assert before["uid"] == after["uid"] == "task-12@example.org"
    assert (before["sequence"], after["sequence"]) == (1, 2)


def test_a_title_cannot_add_a_line_of_its_own() -> None:
    (event,) = events(Deadline(1, 1, date(2026, 3, 31), "ก;,\\\r\nATTENDEE:x\rSTATUS:y", "ข"))
    assert event["summary"] == "ครบกำหนด: ก;,\\ ATTENDEE:x STATUS:y (ข)"
    assert "attendee" not in event


@given(st.text(st.characters(codec="utf-8")), st.text(st.sampled_from("ก่ค้,;\\:\n😀 ab")))
def test_any_text_comes_back_from_lines_of_75_octets(title: str, unit: str) -> None:
    deadline = Deadline(12, 1, date(2026, 3, 31), title, unit)
    (event,) = events(deadline)
    assert event["summary"] == f"ครบกำหนด: {one_line(title)} ({one_line(unit)})"
    raw = calendar_text([deadline], now=NOW).encode()
    assert all(len(line) <= 75 and line.decode("utf-8") for line in raw.removesuffix(b"\r\n").split(b"\r\n"))


def test_no_deadlines_give_an_empty_calendar() -> None:
    assert events() == []
