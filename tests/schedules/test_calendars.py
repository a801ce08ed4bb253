from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.calendars import BANGKOK, OfficeHours, WorkCalendar, fiscal_year_bounds, fiscal_year_of
from schedules.days_off import in_force, suggested

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    return WorkCalendar(frozenset(draw(st.lists(DAYS, max_size=40))))


def test_the_fiscal_year_turns_on_the_first_of_october() -> None:
    assert fiscal_year_of(date(2022, 9, 30)) == 2565
    assert fiscal_year_of(date(2022, 10, 1)) == 2566


@given(DAYS)
def test_every_day_lies_inside_the_bounds_of_its_fiscal_year(day: date) -> None:
    first, last = fiscal_year_bounds(fiscal_year_of(day))
    assert first <= day <= last


def test_working_days_do_not_count_the_first_day_nor_holidays() -> None:
    calendar = WorkCalendar(frozenset({date(2022, 10, 13), date(2022, 10, 14)}))
    assert calendar.add_working(date(2022, 10, 12), 1) == date(2022, 10, 17)


@given(calendars(), DAYS, st.integers(1, 60))
def test_adding_working_days_lands_on_a_working_day_with_so_many_in_between(
    calendar: WorkCalendar, day: date, count: int
) -> None:
    end = calendar.add_working(day, count)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert calendar.is_working(end)
    assert sum(map(calendar.is_working, between)) == count


@given(calendars(), st.datetimes(datetime(2021, 1, 1), datetime(2034, 1, 1)))
def test_the_next_opening_is_open_and_none_lies_before_it(calendar: WorkCalendar, naive: datetime) -> None:
    instant = naive.replace(tzinfo=BANGKOK)
    opening = calendar.next_open(instant)
    assert opening >= instant
    assert calendar.is_open(opening)
    probe = instant
    while probe < opening:
        assert not calendar.is_open(probe)
        probe += timedelta(hours=1)


def test_the_end_of_office_hours_is_outside_them() -> None:
    hours = OfficeHours()
    assert hours.include(time(8, 30))
    assert not hours.include(time(16, 30))


def test_office_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="before they begin"):
        OfficeHours(time(16), time(8))


def test_labour_day_is_no_day_off_for_offices_but_the_ploughing_day_is() -> None:
    days = suggested(2026)
    assert date(2026, 5, 1) not in days
    assert date(2026, 5, 13) in days


def test_the_word_of_the_agency_wins_over_the_suggestion() -> None:
    days = in_force([2026], {date(2026, 5, 13): False, date(2026, 6, 30): True})
    assert date(2026, 5, 13) not in days
    assert date(2026, 6, 30) in days
    assert date(2026, 4, 13) in days
