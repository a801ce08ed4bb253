"""Ladders: which rung of notices comes when, and for whom. Data in, frozen values out."""

import hashlib
import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from importlib import resources
from typing import Any, Literal, get_args

from schedules.calendars import WorkCalendar

Audience = Literal["owner", "supervisor", "executive"]
Tone = Literal["coming", "today", "overdue", "follow-up"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
TONES: tuple[Tone, ...] = get_args(Tone)

CATCH_UP_DAYS = 30
"""For how many days a missed rung is still said, where a ladder does not name another number."""

_KEYS = {"name", "before", "after", "audience", "tone", "follow_up", "repeat", "every"}
_LADDER_KEYS = {"name", "promises", "promise_days", "catch_up_days", "rung"}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder.

    `offset` is in calendar days when zero or less (before the due date, or on it) and in working days when
    more (after it). `follow_up` is the n of ติดตามครั้งที่ n, 0 for none.
    """

    name: str
    offset: int
    audience: tuple[Audience, ...]
    tone: Tone
    follow_up: int = 0

    def day(self, due: date, calendar: WorkCalendar) -> date:
        """Return the working day on which the rung comes due.

        Before the due date, and on it, a day off moves back to the working day before; after it, working
        days are counted, so a day off is never met.
        """
        if self.offset > 0:
            return calendar.add_working(due, self.offset)
        return calendar.same_or_before(due + timedelta(days=self.offset))

    def instant(self, due: date, calendar: WorkCalendar) -> datetime:
        """Return the instant (UTC) at which the rung comes due: the opening of the office on its day."""
        return calendar.opening(self.day(due, calendar))


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs in the order of time; two rungs never share a name or an offset.

    An owner may promise a date at most `promises` times in a cycle, at most `promise_days` calendar days ahead.
    A rung that was missed for more than `catch_up_days` calendar days is not said any more.
    """

    rungs: tuple[Rung, ...]
    promises: int = 2
    promise_days: int = 14
    catch_up_days: int = CATCH_UP_DAYS

    def __post_init__(self) -> None:
        if not self.rungs:
            raise ValueError("a ladder needs at least one rung")
        names = [rung.name for rung in self.rungs]
        if doubled := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"two rungs are named {', '.join(sorted(doubled))}")
        for earlier, later in zip(self.rungs, self.rungs[1:], strict=False):
            if earlier.offset >= later.offset:
                raise ValueError(f"rung {later.name} does not come after {earlier.name}")

    def place_of(self, rung: Rung) -> int:
        """Return the index that stands for a rung of another ladder, -1 when it lies before all of these.

        It is the rung of the same name, and never one that lies before what the other rung stood for in time.
        """
        named = [i for i, mine in enumerate(self.rungs) if mine.name == rung.name]
        come = [i for i, mine in enumerate(self.rungs) if mine.offset <= rung.offset]
        return max((*named, *come), default=-1)

    def fingerprint(self) -> str:
        """Return 12 hex digits that differ when anything in the ladder differs."""
        text = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """Return the ladder as JSON values, as it is kept with the tasks that were opened on it."""
        rows = [{**asdict(rung), "audience": list(rung.audience)} for rung in self.rungs]
        return {
            "rungs": rows,
            "promises": self.promises,
            "promise_days": self.promise_days,
            "catch_up_days": self.catch_up_days,
        }


@dataclass(frozen=True, slots=True)
class LadderPolicy:
    """The ladders in force: one for each kind of obligation that has its own, and one for all others."""

    default: Ladder
    kinds: Mapping[str, Ladder] = field(default_factory=dict)

    def of(self, kind: str) -> Ladder:
        """Return the ladder on which a task of a kind is opened."""
        return self.kinds.get(kind, self.default)


def ladder_from_json(data: Mapping[str, Any]) -> Ladder:
    """Return the ladder that `Ladder.to_json` wrote, in this version or before there was a limit to catching up."""
    rungs = tuple(Rung(**{**row, "audience": tuple(row["audience"])}) for row in data["rungs"])
    return Ladder(rungs, data["promises"], data["promise_days"], data.get("catch_up_days", CATCH_UP_DAYS))


def parse_ladder(text: str) -> Ladder:
    """Return the ladder that a ladder.toml without tables for kinds describes; raises like `parse_ladders`."""
    return parse_ladders(text, ()).default


def parse_ladders(text: str, kinds: Collection[str]) -> LadderPolicy:
    """Return the ladders that a ladder.toml describes; ValueError says which rung or key is wrong and how.

    Beside the default it may hold one table for each of `kinds`; what such a table leaves out, it takes from the
    default.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"not valid TOML: {error}") from None
    tables = {key: value for key, value in data.items() if key not in _LADDER_KEYS}
    for key, value in tables.items():
        _check_kind(key, value, kinds)
    default = _ladder({"catch_up_days": CATCH_UP_DAYS, **{key: data[key] for key in data.keys() - tables.keys()}})
    return LadderPolicy(default, {kind: _ladder_of(kind, table, default) for kind, table in tables.items()})


def shipped_ladder() -> Ladder:
    """Return the ladder that comes with the program."""
    return parse_ladder(resources.files("schedules").joinpath("ladder.toml").read_text(encoding="utf-8"))


def _check_kind(key: str, value: object, kinds: Collection[str]) -> None:
    if key not in kinds and not isinstance(value, dict):
        raise ValueError(f"unknown key {key}")
    if key not in kinds:
        raise ValueError(f"unknown kind [{key}]: write one of {', '.join(kinds) or 'no tables at all'}")
    if not isinstance(value, dict):
        raise ValueError(f"{key} is a table: write [{key}] on a line of its own")
    if unknown := value.keys() - _LADDER_KEYS:
        raise ValueError(f"[{key}] unknown key {', '.join(sorted(unknown))}")


def _ladder_of(kind: str, table: Mapping[str, Any], default: Ladder) -> Ladder:
    """Return the ladder of one kind, the default's values where it has none of its own."""
    numbers = {key: getattr(default, key) for key in ("promises", "promise_days", "catch_up_days")}
    try:
        return _ladder({**numbers, **table}, default.rungs if "rung" not in table else None)
    except ValueError as error:
        raise ValueError(f"[{kind}] {error}") from None


def _ladder(data: Mapping[str, Any], rungs: tuple[Rung, ...] | None = None) -> Ladder:
    return Ladder(
        rungs or _all_rungs(data.get("rung")),
        _whole(data, "promises"),
        _whole(data, "promise_days"),
        _whole(data, "catch_up_days"),
    )


def _all_rungs(rows: object) -> tuple[Rung, ...]:
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise ValueError("no [[rung]] in it")
    return tuple(rung for row in rows for rung in _rungs(row))


def _rungs(row: Mapping[str, Any]) -> list[Rung]:
    name = row.get("name")
    if not isinstance(name, str) or not name:
        raise ValueError("a rung has no name")
    if unknown := row.keys() - _KEYS:
        raise ValueError(f"rung {name}: unknown key {', '.join(sorted(unknown))}")
    if ("before" in row) == ("after" in row):
        raise ValueError(f"rung {name}: say either before or after")
    audience, tone = tuple(row.get("audience", ())), row.get("tone")
    if not audience or not set(audience) <= set(AUDIENCES):
        raise ValueError(f"rung {name}: audience is one or more of {', '.join(AUDIENCES)}")
    if tone not in TONES:
        raise ValueError(f"rung {name}: tone is one of {', '.join(TONES)}")
    offset = -_whole(row, "before") if "before" in row else _whole(row, "after", least=1)
    follow_up = _whole(row, "follow_up") if "follow_up" in row else 0
    if "repeat" not in row:
        return [Rung(name, offset, audience, tone, follow_up)]
    if offset <= 0:
        raise ValueError(f"rung {name}: only a rung after the due date repeats")
    every = _whole(row, "every", least=1)
    return [
        Rung(f"{name}-{n + 1}", offset + n * every, audience, tone, follow_up and follow_up + n)
        for n in range(_whole(row, "repeat", least=1))
    ]


def _whole(row: Mapping[str, Any], key: str, least: int = 0) -> int:
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError(f"{row.get('name', 'the ladder')}: {key} is a whole number from {least}")
    return value
