"""The O43 report as values: what was owed, what was done, and which required elements are missing. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

State = Literal["done", "submitted", "open", "overdue", "waived"]
"""`submitted` waits for the coordinator's check; `open` is not due yet, `overdue` is."""
Standing = Literal["done", "partly", "not-done", "waived", "untracked"]
"""How far a measure has come: all, some or none of what it owes; let go entirely; or nothing was ever tracked."""
Element = Literal["completion", "result", "evidence", "address", "problems", "suggestions"]
"""What O43 requires; `address` stands for evidence that is kept here as a file but published nowhere."""

STATES: tuple[State, ...] = get_args(State)
STANDINGS: tuple[Standing, ...] = get_args(Standing)
COUNTED: tuple[State, ...] = ("done", "submitted", "open", "overdue")
"""The states that charts show: what was waived is not owed."""
_UNTRACKED: tuple[Element, ...] = ("completion", "result", "evidence", "problems", "suggestions")


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence: a public address, or the name of a file that is kept in the home.

    `unopened_on` is the day of the last look at it, when it could not be opened then.
    """

    url: str | None = None
    file: str | None = None
    unopened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A due date that was moved, and why."""

    before: date
    to: date
    reason: str


@dataclass(frozen=True, slots=True)
class TaskReport:
    """One task as it is reported.

    `days_late` counts calendar days: of an overdue one until the day of the report, of a reported one until the unit
    reported. `waived_because` holds for waived ones.
    """

    id: int
    title: str
    kind: str
    period: str | None
    unit: str
    due: date
    state: State
    days_late: int = 0
    submitted_on: date | None = None
    closed_on: date | None = None
    result: str | None = None
    problems: str | None = None
    suggestions: str | None = None
    evidence: tuple[Proof, ...] = ()
    waived_because: str | None = None
    extensions: tuple[Extension, ...] = ()
    measure_title: str | None = None

    @property
    def missing(self) -> tuple[Element, ...]:
        """Return the required elements that nobody has given; none of a waived task."""
        if self.state == "waived":
            return ()
        lacks: list[tuple[Element, bool]] = [
            ("completion", self.state != "done"),
            ("result", not is_said(self.result)),
            ("evidence", not self.evidence),
            ("address", bool(self.evidence) and not any(proof.url for proof in self.evidence)),
            ("problems", not is_said(self.problems)),
            ("suggestions", not is_said(self.suggestions)),
        ]
        return tuple(element for element, is_lacking in lacks if is_lacking)


@dataclass(frozen=True, slots=True)
class Indicator:
    """The indicator that a measure is for, with last year's score where the plan prints it."""

    id: int
    name: str
    score: float | None


@dataclass(frozen=True, slots=True)
class MeasureReport:
    """One measure as it is reported; `number` is what the plan prints."""

    seq: int
    number: str | None
    title: str
    indicator: Indicator | None
    steps: tuple[str, ...]
    responsible: tuple[str, ...]
    timeframe: str | None
    monitoring: str | None
    tasks: tuple[TaskReport, ...]

    @property
    def standing(self) -> Standing:
        """Return how far it has come: done only when every unit has done all that it owes."""
        owed = [task for task in self.tasks if task.state != "waived"]
        if not owed:
            return "waived" if self.tasks else "untracked"
        done = sum(task.state == "done" for task in owed)
        return "done" if done == len(owed) else "partly" if done else "not-done"


@dataclass(frozen=True, slots=True)
class Missing:
    """Required elements that a task lacks, or (`task` None) a measure of which nothing was tracked.

    `measure` is None for a task of the plan as a whole.
    """

    measure: MeasureReport | None
    task: TaskReport | None
    elements: tuple[Element, ...]

    @property
    def is_expected(self) -> bool:
        """Say whether there is time left: the task is not due yet."""
        return self.task is not None and self.task.state == "open"


@dataclass(frozen=True, slots=True)
class Bar:
    """How many tasks stand in each of the COUNTED states."""

    label: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return the number of tasks."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class O43Report:
    """What an agency has to show for one plan on one day; measures in the plan's order.

    `of_the_plan` are tasks of the plan as a whole, and finished ones of measures that it no longer has.
    """

    agency: str
    fiscal_year: int
    as_of: date
    plan_id: int
    file: str
    sha256: str
    score: float | None
    grade: str | None
    scored_year: int | None
    measures: tuple[MeasureReport, ...]
    of_the_plan: tuple[TaskReport, ...] = ()

    @property
    def tasks(self) -> tuple[TaskReport, ...]:
        """Return every task, in the order of the report."""
        return (*(task for measure in self.measures for task in measure.tasks), *self.of_the_plan)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return everything that is required and not there, in the order of the report."""
        found: list[Missing] = []
        for measure in self.measures:
            if not measure.tasks:
                found.append(Missing(measure, None, _UNTRACKED))
            found += [Missing(measure, task, task.missing) for task in measure.tasks if task.missing]
        return (*found, *(Missing(None, task, task.missing) for task in self.of_the_plan if task.missing))

    @property
    def task_counts(self) -> dict[State, int]:
        """Return the number of tasks in each state."""
        counted = Counter(task.state for task in self.tasks)
        return {state: counted[state] for state in STATES}

    @property
    def measure_counts(self) -> dict[Standing, int]:
        """Return the number of measures by how far they have come."""
        counted = Counter(measure.standing for measure in self.measures)
        return {standing: counted[standing] for standing in STANDINGS}

    @property
    def by_month(self) -> tuple[Bar, ...]:
        """Return a bar for each month in which tasks are due (`2023-03`), in the order of time."""
        months = sorted({(task.due.year, task.due.month) for task in self._counted})
        return tuple(
            Bar(
                f"{year}-{month:02d}",
                _counts(task for task in self._counted if (task.due.year, task.due.month) == (year, month)),
            )
            for year, month in months
        )

    @property
    def by_unit(self) -> tuple[Bar, ...]:
        """Return a bar for each unit, in the order of the report."""
        units = dict.fromkeys(task.unit for task in self._counted)
        return tuple(Bar(unit, _counts(task for task in self._counted if task.unit == unit)) for unit in units)

    @property
    def _counted(self) -> list[TaskReport]:
        return [task for task in self.tasks if task.state in COUNTED]


def is_said(text: str | None) -> bool:
    """Say whether somebody has written anything; a dash is silence, “ไม่มี” is an answer."""
    return any(letter.isalnum() for letter in text or "")


def _counts(tasks: Iterable[TaskReport]) -> tuple[int, ...]:
    counted = Counter(task.state for task in tasks)
    return tuple(counted[state] for state in COUNTED)
