"""Which obligations follow from a plan beyond those that it prints: the reporting policy, as pure derivations."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from schedules.calendars import fiscal_year_bounds
from tracker.domain.plans import Measure, Obligation

Half = Literal["6-month", "12-month"]
HALVES: tuple[Half, ...] = ("6-month", "12-month")
_ROUNDS = {"6-month": "รอบ ๖ เดือน", "12-month": "รอบ ๑๒ เดือน"}
_END_OF_FIRST_HALF = (3, 31)


def half_of(due: date, fiscal_year: int) -> Half:
    """Return which progress report of a fiscal year (B.E.) a due date stands for.

    Up to 31 March it is the 6-month report, after it the 12-month report; a date before the year counts as the
    first half, one after the year as the second.
    """
    end = fiscal_year_bounds(fiscal_year)[1].replace(month=_END_OF_FIRST_HALF[0], day=_END_OF_FIRST_HALF[1])
    return "6-month" if due <= end else "12-month"


def policy_obligations(
    measures: Iterable[Measure], stated: Iterable[Obligation], fiscal_year: int | None
) -> tuple[Obligation, ...]:
    """Return the reports that the policy demands where the plan states none.

    Each measure with a responsible unit owes a 6-month and a 12-month report, unless the plan states a dated or
    periodic report for that measure alone. A date stated for all measures at once replaces only the report of
    its own half-year; a yearly report replaces the 12-month one. Due dates are not set here: they are data of
    `schedules/reporting.toml`.
    """
    listed = tuple(measures)
    everyone = {measure.seq for measure in listed}
    reports = [(one, _is_for_all(one, listed, everyone)) for one in stated if one.kind == "report"]
    own = [one for one, is_shared in reports if not is_shared]
    left = _left_over([one for one, is_shared in reports if is_shared], fiscal_year)
    reported = {seq for one in own if _is_timed(one) for seq in one.measures}
    yearly = {(seq, half) for one in own if one.rule == "annual" for seq in one.measures for half in _rounds(one)}
    return tuple(
        policy
        for measure in listed
        if measure.responsible and measure.seq not in reported
        if (policy := _policy(measure, tuple(half for half in left if (measure.seq, half) not in yearly)))
    )


def _is_for_all(obligation: Obligation, measures: tuple[Measure, ...], everyone: set[int]) -> bool:
    """Say whether a demand speaks to every measure; with one measure only, the place where it stands decides."""
    if len(measures) == 1:
        return obligation.line != measures[0].line
    return len(obligation.measures) >= len(everyone) and everyone <= set(obligation.measures)


def _is_timed(obligation: Obligation) -> bool:
    return obligation.due is not None or obligation.rule in ("periodic", "monthly", "quarterly")


def _left_over(shared: list[Obligation], fiscal_year: int | None) -> tuple[Half, ...]:
    """Return the halves whose report no demand on all measures replaces."""
    replaced: set[str] = set()
    for one in shared:
        if one.due and not one.periods and fiscal_year:
            replaced.add(half_of(one.due, fiscal_year))
        elif one.rule in ("monthly", "quarterly"):
            replaced |= set(HALVES)
        else:
            replaced |= set(one.periods)
    return tuple(half for half in HALVES if half not in replaced)


def _rounds(yearly: Obligation) -> tuple[str, ...]:
    """Return the rounds that a measure's own yearly report stands for: the whole year, or those that it names."""
    return yearly.periods or ("12-month",)


def _policy(measure: Measure, periods: tuple[Half, ...]) -> Obligation | None:
    if not periods:
        return None
    return Obligation(
        measures=(measure.seq,),
        kind="report",
        rule="periodic",
        due=None,
        periods=periods,
        start=None,
        end=None,
        actor=None,
        phrase=f"รายงานผลตามนโยบายการรายงาน {' และ'.join(_ROUNDS[period] for period in periods)}",
        line=measure.line,
        basis="policy",
    )
