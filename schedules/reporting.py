"""Due dates of periodic reports for which a plan states none: data per fiscal year, not code."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources

from schedules.calendars import ERA

PERIODS = ("3-month", "6-month", "9-month", "12-month")
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
_OCTOBER = 10


@dataclass(frozen=True, slots=True)
class ReportingPolicy:
    """Month and day of each period's report, by fiscal year (B.E.), with a default."""

    default: Mapping[str, tuple[int, int]]
    by_year: Mapping[int, Mapping[str, tuple[int, int]]]

    def due(self, period: str, fiscal_year: int) -> date:
        """Return the day by which a period's report is due in a fiscal year (B.E.).

        A day that the year does not have (29 February) is the last one before it.
        """
        month, day = self.by_year.get(fiscal_year, {}).get(period) or self.default[period]
        year = fiscal_year - ERA - (1 if month >= _OCTOBER else 0)
        try:
            return date(year, month, day)
        except ValueError:
            return date(year, month, day - 1)


def parse_reporting(text: str) -> ReportingPolicy:
    """Return the policy that a reporting.toml describes; ValueError says what is wrong in it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"not valid TOML: {error}") from None
    tables = {name: _table(name, rows) for name, rows in data.items()}
    default = tables.pop("default", {})
    by_year = {_year(name): rows for name, rows in tables.items()}
    if missing := [period for period in PERIODS if period not in default]:
        raise ValueError(f"[default] lacks {', '.join(missing)}")
    return ReportingPolicy(default, by_year)


def shipped_reporting() -> ReportingPolicy:
    """Return the policy that comes with the program."""
    return parse_reporting(resources.files("schedules").joinpath("reporting.toml").read_text(encoding="utf-8"))


def _year(name: str) -> int:
    if not re.fullmatch(r"2[4-7]\d\d", name):
        raise ValueError(f"[{name}] is neither default nor a fiscal year such as 2567")
    return int(name)


def _table(name: str, rows: object) -> dict[str, tuple[int, int]]:
    if not isinstance(rows, dict):
        raise ValueError(f"{name} stands outside a table such as [default]")
    found = {}
    for period, text in rows.items():
        if period not in PERIODS:
            raise ValueError(f"[{name}] {period} is not one of {', '.join(PERIODS)}")
        match = _MONTH_DAY.fullmatch(str(text))
        if not match:
            raise ValueError(f"[{name}] {period}: write a month and a day such as 03-31")
        month, day = int(match[1]), int(match[2])
        try:
            date(2024, month, day)  # a leap year, so that 02-29 may stand
        except ValueError:
            raise ValueError(f"[{name}] {period}: {text} is not a day of the year") from None
        found[period] = (month, day)
    return found
