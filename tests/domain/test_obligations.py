from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.calendars import fiscal_year_bounds
from tracker.domain.obligations import half_of, policy_obligations
from tracker.domain.plans import Measure, Obligation, Responsible

FY = 2569
OWNER = (Responsible("กองแผน", "unit"),)


def measure(seq: int, responsible: tuple[Responsible, ...] = OWNER) -> Measure:
    return Measure(seq, str(seq), f"มาตรการ {seq}", None, (), responsible, None, None, 10 + seq)


STATED = Obligation(
    measures=(1,),
    kind="report",
    rule="undated",
    due=None,
    periods=(),
    start=None,
    end=None,
    actor=None,
    phrase="รายงานผล",
    line=11,
    basis="stated",
)


def policy(measures, stated=()):
    return {one.measures[0]: one.periods for one in policy_obligations(measures, stated, FY)}


def test_a_measure_without_a_stated_report_owes_both_halves():
    assert policy([measure(1)]) == {1: ("6-month", "12-month")}


def test_a_policy_report_has_no_due_date_of_its_own():
    (one,) = policy_obligations([measure(1)], (), FY)
    assert (one.kind, one.rule, one.due, one.basis) == ("report", "periodic", None, "policy")


def test_a_measure_that_nobody_owns_owes_nothing_by_policy():
    assert policy([measure(1, ())]) == {}


@pytest.mark.parametrize(
    "own",
    [
        replace(STATED, rule="due", due=date(2026, 4, 30)),
        replace(STATED, rule="periodic", periods=("6-month",)),
        replace(STATED, rule="monthly"),
        replace(STATED, rule="quarterly"),
    ],
)
def test_a_dated_or_periodic_report_of_its_own_replaces_the_policy(own):
    assert policy([measure(1), measure(2)], [own]) == {2: ("6-month", "12-month")}


@pytest.mark.parametrize(
    "soft", [STATED, replace(STATED, rule="event"), replace(STATED, kind="supervise", rule="monthly")]
)
def test_a_vague_or_other_duty_does_not_replace_the_policy(soft):
    assert policy([measure(1)], [soft]) == {1: ("6-month", "12-month")}


def test_a_date_for_all_replaces_only_the_report_of_its_half():
    shared = replace(STATED, measures=(1, 2), rule="due", due=date(2026, 3, 31), line=5)
    assert policy([measure(1), measure(2)], [shared]) == {1: ("12-month",), 2: ("12-month",)}
    assert policy([measure(1)], [replace(shared, measures=(1,))]) == {1: ("12-month",)}


def test_dates_for_both_halves_leave_nothing_to_the_policy():
    first = replace(STATED, measures=(1, 2), rule="due", due=date(2026, 3, 15), line=5)
    second = replace(first, due=date(2026, 8, 30))
    assert policy([measure(1), measure(2)], [first, second]) == {}


def test_a_date_that_names_its_round_replaces_that_round_whenever_it_falls():
    shared = replace(STATED, measures=(1, 2), rule="due", due=date(2026, 4, 30), periods=("6-month",), line=5)
    assert policy([measure(1), measure(2)], [shared]) == {1: ("12-month",), 2: ("12-month",)}


def test_a_yearly_report_replaces_the_report_of_the_year():
    assert policy([measure(1)], [replace(STATED, rule="annual")]) == {1: ("6-month",)}


def test_a_report_that_is_owed_twice_a_year_replaces_both_reports():
    twice = replace(STATED, rule="annual", periods=("6-month", "12-month"))
    assert policy([measure(1), measure(2)], [twice]) == {2: ("6-month", "12-month")}


@given(st.dates(*fiscal_year_bounds(FY)))
def test_the_half_changes_after_the_thirty_first_of_march(day):
    assert half_of(day, FY) == ("6-month" if day <= date(2026, 3, 31) else "12-month")
