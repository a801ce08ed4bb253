"""What a time phrase means: the values that reading returns."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

Rule = Literal[
    "due",
    "window",
    "periodic",
    "monthly",
    "quarterly",
    "annual",
    "relative",
    "event",
    "continuous",
    "undated",
    "none",
]
Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Offset:
    """A span counted from an event: calendar or working days, and the words for where it counts from.

    A span printed in months or years is given as 30 or 365 days each; the reading's precision says so. Before an
    event it is negative. In a monthly or quarterly reading it is counted from the month's beginning, or back from
    its end when negative: 30 days with a day of the month are "of the next month", and the words name a weekday.
    """

    days: int
    working: bool = False
    since: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the offset as JSON values, in the shape of `plan explain --json`."""
        return {"days": self.days, "working": self.working, "from": self.since}


@dataclass(frozen=True, slots=True)
class Reading:
    """How one phrase is read.

    `rule` "none" means that nothing is demanded by it: a document's date, a label, a telephone number.
    `alternatives` holds the other readings that a person must choose from, and the further steps of a phrase
    that states several times. A "due" or "window" without dates has to be settled by a person, or needs the
    fiscal year. `fiscal_year` (B.E.) is the one that is stated, that a range is from end to end, or that filled in
    what was left out. `month_days` is what returns every year when no year is known to date it: a day, or the first
    and last one, as `--10-30`.
    """

    rule: Rule
    due: date | None = None
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    periods: tuple[str, ...] = ()
    day: int | Literal["last"] | None = None
    offset: Offset | None = None
    fiscal_year: int | None = None
    alternatives: tuple["Reading", ...] = ()
    month_days: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the reading as JSON values, in the shape of `plan explain --json`: absent things are null.

        A day of every year that no year dates is given without one, as ISO 8601 and XML Schema write it: `--10-30`.
        """
        ends = self.month_days if len(self.month_days) > 1 else (None, None)
        day = self.month_days[0] if len(self.month_days) == 1 else None
        return {
            "rule": self.rule,
            "due": _iso(self.due) or day,
            "start": _iso(self.start) or ends[0],
            "end": _iso(self.end) or ends[-1],
            "precision": self.precision,
            "periods": list(self.periods),
            "day": self.day,
            "offset": self.offset.to_json() if self.offset else None,
            "fiscal_year": self.fiscal_year,
            "alternatives": [other.to_json() for other in self.alternatives],
        }

    def besides(self, *others: "Reading") -> "Reading":
        """Return the same reading with more alternatives."""
        return replace(self, alternatives=(*self.alternatives, *others))


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase inside a longer text: `text[start:end]` reads as `reading`."""

    start: int
    end: int
    text: str
    reading: Reading


NOTHING = Reading("none")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
