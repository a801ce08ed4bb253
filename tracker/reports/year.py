"""The year in figures: what was done in time, late or not, beside the year before; and what became of weak indicators.

Pure: made from the O43 reports of two plans and from the scores that they print.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar, get_args

from tracker.domain.indicators import PASS_MARK, indicator
from tracker.domain.plans import Assessment, Instrument
from tracker.reports.o43 import MeasureReport, O43Report, TaskReport

Ending = Literal["on-time", "late", "open", "overdue", "waived"]
"""How a task ended, or stands: `open` is not due yet, or reported and not checked; `overdue` is neither."""
ENDINGS: tuple[Ending, ...] = get_args(Ending)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks ended in each way, in the order of ENDINGS."""

    counts: tuple[int, ...]

    @classmethod
    def of(cls, tasks: Iterable[TaskReport]) -> "Tally":
        """Count tasks."""
        counted = Counter(map(ending_of, tasks))
        return cls(tuple(counted[ending] for ending in ENDINGS))

    def __getitem__(self, ending: Ending) -> int:
        return self.counts[ENDINGS.index(ending)]

    @property
    def total(self) -> int:
        """Return the number of tasks, waived ones too."""
        return sum(self.counts)

    @property
    def owed(self) -> int:
        """Return the number of tasks that are owed: waived ones are not."""
        return self.total - self["waived"]

    @property
    def in_time(self) -> float | None:
        """Return how many per cent of what is owed was done in time; None when nothing is owed."""
        return 100 * self["on-time"] / self.owed if self.owed else None


@dataclass(frozen=True, slots=True)
class YearRow:
    """The figures of one unit or indicator; `before` are last year's, None without a plan of last year."""

    label: str
    now: Tally
    before: Tally | None


@dataclass(frozen=True, slots=True)
class Scored:
    """An indicator with the score that the plan prints, and the measures of this year that address it."""

    id: int
    name: str
    instrument: Instrument
    score: float
    score_before: float | None
    measures: tuple[MeasureReport, ...]

    @property
    def is_weak(self) -> bool:
        """Say whether the score is below the mark that ITA asks for."""
        return self.score < PASS_MARK


@dataclass(frozen=True, slots=True)
class YearReport:
    """A fiscal year of one agency on one day.

    `year_before` is last year where there is a plan of it. `scored` are the indicators that the plan prints scores of,
    the weakest first; they are of fiscal year `scored_year`.
    """

    agency: str
    fiscal_year: int
    as_of: date
    year_before: int | None
    whole: YearRow
    units: tuple[YearRow, ...]
    indicators: tuple[YearRow, ...]
    scored_year: int | None
    score: float | None
    grade: str | None
    scored: tuple[Scored, ...]

    @property
    def weak(self) -> tuple[Scored, ...]:
        """Return the indicators below the pass mark, the weakest first."""
        return tuple(each for each in self.scored if each.is_weak)


Plan = tuple[O43Report, Assessment]
"""What a plan has come to, and the scores that it prints."""

K = TypeVar("K", str, int)

NO_INDICATOR = 0
"""Stands for measures that name no indicator, and for tasks of the plan as a whole."""


def year_report(now: Plan, before: Plan | None) -> YearReport:
    """Return the year of a plan, with last year's plan beside it."""
    report, assessment = now
    return YearReport(
        agency=report.agency,
        fiscal_year=report.fiscal_year,
        as_of=report.as_of,
        year_before=before[0].fiscal_year if before else None,
        whole=YearRow("", Tally.of(report.tasks), Tally.of(before[0].tasks) if before else None),
        units=_rows(_by_unit(report), _by_unit(before[0]) if before else None, str),
        indicators=_rows(_by_indicator(report), _by_indicator(before[0]) if before else None, _indicator_label),
        scored_year=assessment.fiscal_year,
        score=assessment.score,
        grade=assessment.grade,
        scored=_scored(report, assessment, before),
    )


def ending_of(task: TaskReport) -> Ending:
    """Return how a task ended; one counts as late when the unit reported after its due date."""
    if task.state == "done":
        return "late" if task.days_late else "on-time"
    if task.state == "submitted":
        return "open"
    return task.state


def _rows(
    now: Mapping[K, list[TaskReport]], then: Mapping[K, list[TaskReport]] | None, label: Callable[[K], str]
) -> tuple[YearRow, ...]:
    """Return a row for whatever either year has; what names no indicator comes last."""
    return tuple(
        YearRow(label(key), Tally.of(now.get(key, ())), None if then is None else Tally.of(then.get(key, ())))
        for key in sorted({*now, *(then or ())}, key=lambda key: (key == NO_INDICATOR, key))
    )


def _by_unit(report: O43Report) -> dict[str, list[TaskReport]]:
    found: dict[str, list[TaskReport]] = {}
    for task in report.tasks:
        found.setdefault(task.unit, []).append(task)
    return found


def _by_indicator(report: O43Report) -> dict[int, list[TaskReport]]:
    found: dict[int, list[TaskReport]] = {}
    for measure in report.measures:
        found.setdefault(measure.indicator.id if measure.indicator else NO_INDICATOR, []).extend(measure.tasks)
    found.setdefault(NO_INDICATOR, []).extend(report.of_the_plan)
    return {key: tasks for key, tasks in found.items() if tasks}


def _indicator_label(number: int) -> str:
    return f"{number} {indicator(number).name}" if number else ""


def _scored(report: O43Report, assessment: Assessment, before: Plan | None) -> tuple[Scored, ...]:
    then = {each.id: each.score for each in before[1].indicators} if before else {}
    found = (
        Scored(
            each.id,
            indicator(each.id).name,
            each.instrument,
            each.score,
            then.get(each.id),
            tuple(m for m in report.measures if m.indicator and m.indicator.id == each.id),
        )
        for each in assessment.indicators
    )
    return tuple(sorted(found, key=lambda each: (each.score, each.id)))
