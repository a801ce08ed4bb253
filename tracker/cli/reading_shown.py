"""How `tracker plan explain` shows what a phrase means: only what it says, dates as people here write them."""

from collections.abc import Iterator, Mapping
from datetime import date

from tracker.domain.counting import counted
from tracker.domain.thai.dates import SHORT_MONTHS, short_day
from tracker.domain.thai.phrases_reading import Offset, Reading, Rule

_MEANS: Mapping[Rule, str] = {
    "due": "owed by a day",
    "window": "to be done within a span",
    "periodic": "a report for each period",
    "monthly": "each month",
    "quarterly": "each quarter",
    "annual": "each year",
    "relative": "counted from something that happens",
    "event": "when something happens, so no task of its own",
    "continuous": "all the time, so no task of its own",
    "undated": "no day that can be kept, so no task of its own",
    "none": "nothing is demanded by it",
}


def reading_rows(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield what is said and how it is read; other readings that a person must choose from come last."""
    yield "rule", f"{reading.rule}: {_MEANS[reading.rule]}"
    yield from _facts(reading)
    for other in reading.alternatives:
        facts = [f"{name} {said}" for name, said in _facts(other)]
        yield "or", ", ".join(facts if other.due else [other.rule, *facts])


def _facts(reading: Reading) -> Iterator[tuple[str, str]]:
    ends = reading.month_days if len(reading.month_days) > 1 else (None, None)
    every_year = reading.month_days[0] if len(reading.month_days) == 1 else None
    said = {
        "due": _day(reading.due, every_year),
        "start": _day(reading.start, ends[0]),
        "end": _day(reading.end, ends[-1]),
        "precision": reading.precision,
        "periods": ", ".join(reading.periods),
        "day": reading.day and str(reading.day),
        "offset": reading.offset and _offset(reading.offset),
        "fiscal year": reading.fiscal_year and str(reading.fiscal_year),
    }
    return ((name, words) for name, words in said.items() if words)


def _day(day: date | None, every_year: str | None) -> str | None:
    if day is not None:
        return short_day(day)
    if every_year is None:
        return None
    month, of_month = map(int, every_year.removeprefix("--").split("-"))
    return f"{of_month} {SHORT_MONTHS[month - 1]} of every year"


def _offset(offset: Offset) -> str:
    kind = "working day" if offset.working else "day"
    span = counted(abs(offset.days), kind)
    return f"{span} {'before' if offset.days < 0 else 'from'} {offset.since}" if offset.since else span
