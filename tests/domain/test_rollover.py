"""Next year's plan: every date a year later by its meaning, and each of them to be confirmed."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given

from tests.builders import TREASURY, measure, obligation, plan, window
from tests.strategies import plans
from tracker.domain.plans import Assessment, Plan
from tracker.domain.rollover import CODE, moved, roll_over
from tracker.domain.thai.dates import short_day


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2023, 3, 31), date(2024, 3, 31)),
        (date(2023, 2, 28), date(2024, 2, 29)),  # the end of February
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2024, 2, 28), date(2025, 2, 28)),
        (date(2022, 10, 1), date(2023, 10, 1)),
    ],
)
def test_a_day_keeps_its_place_in_the_year(day: date, later: date) -> None:
    assert moved(day, 1) == later


def one(title: str = "มาตรการ", phrase: str = "ภายในวันที่ ๓๑ มีนาคม ๒๕๖๖") -> Plan:
    runs = window(date(2022, 10, 1), date(2023, 2, 28))
    made = measure(1, TREASURY, title=title)
    made = dataclasses.replace(made, timeframe=dataclasses.replace(runs, text="ต.ค. ๖๕ - ก.พ. ๖๖"))
    return plan(made, obligations=(obligation(date(2023, 3, 31), phrase=phrase),))


def test_dates_and_their_words_move_together() -> None:
    after = roll_over(one("แผนปฏิบัติการ ประจำปี 2566 ตาม พ.ร.บ. พ.ศ. 2540"), 2567)
    (made,), (owed,) = after.measures, after.obligations
    assert made.timeframe is not None
    assert (made.timeframe.start, made.timeframe.end) == (date(2023, 10, 1), date(2024, 2, 29))
    assert made.timeframe.text == "ต.ค. ๖๖ - ก.พ. ๖๗"
    assert made.title == "แผนปฏิบัติการ ประจำปี 2567 ตาม พ.ร.บ. พ.ศ. 2540"  # the year of a law stays
    assert (owed.due, owed.phrase) == (date(2024, 3, 31), "ภายในวันที่ ๓๑ มีนาคม ๒๕๖๗")
    assert after.fiscal_year == 2567
    assert after.assessment == Assessment()


def test_a_longer_plan_keeps_its_name_and_a_fiscal_years_two_years_move() -> None:
    (made,) = roll_over(one("แผนพัฒนา (พ.ศ. 2566-2570) ช่วงปี ๒๕๖๕ - ๒๕๖๖"), 2567).measures
    assert made.title == "แผนพัฒนา (พ.ศ. 2566-2570) ช่วงปี ๒๕๖๖ - ๒๕๖๗"


def test_each_moved_date_is_to_be_confirmed_and_weekends_are_named() -> None:
    timeframe, due = roll_over(one(), 2567).warnings
    assert {timeframe.code, due.code} == {CODE}
    assert "28 ก.พ. 2566 เป็น 29 ก.พ. 2567" in timeframe.message
    assert "31 มี.ค. 2566 เป็น 31 มี.ค. 2567 (ตรงกับวันอาทิตย์)" in due.message


@pytest.mark.parametrize("year", [2566, 2565])
def test_a_plan_goes_forward_only(year: int) -> None:
    with pytest.raises(ValueError, match="is not before"):
        roll_over(one(), year)


@given(plans())
def test_any_plan_keeps_its_measures_and_moves_every_date(before: Plan) -> None:
    if before.fiscal_year is None:
        return
    after = roll_over(before, before.fiscal_year + 1)
    assert [each.seq for each in after.measures] == [each.seq for each in before.measures]
    days = [(old.due, new.due) for old, new in zip(before.obligations, after.obligations, strict=True)]
    assert all((was is None) == (is_ is None) for was, is_ in days)
    assert all(is_ == moved(was, 1) for was, is_ in days if was and is_)
    told = " ".join(each.message for each in after.warnings)
    assert all(f"{short_day(was)} เป็น {short_day(is_)}" in told for was, is_ in days if was and is_)
    spans = [(each.start, each.end) for each in after.obligations] + [
        (each.timeframe.start, each.timeframe.end) for each in after.measures if each.timeframe
    ]
    assert all(f"เป็น {short_day(day)}" in told for span in spans for day in span if day)


def test_a_span_that_stands_with_its_measure_is_named_once() -> None:
    made = one()
    (span,) = [each.timeframe for each in made.measures]
    assert span is not None
    owed = obligation(None, rule="periodic", periods=("6-month",), start=span.start, end=span.end)
    assert len(roll_over(dataclasses.replace(made, obligations=(owed,)), 2567).warnings) == 1
