"""What the columns of a table mean, by the words of its header, in any order and wording."""

import re
from dataclasses import dataclass, field

from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.column_roles import ACTIVITY, METHOD, STEPS, TIMES, column_role, role_of
from tracker.intake.layout import Row
from tracker.intake.periods import period_label

__all__ = ["Columns", "column_role", "measure_columns"]

_LONGEST = 90
"""A header's cell is short; one that is longer is content that happens to use a header's words."""

_RESULTS = ("ผลการดำเนิน", "ผลการปฏิบัติ", "ผลที่ได้", "ผลการจัดกิจกรรม", "ผลดำเนิน", "สรุปผลการดำเนิน", "การดำเนินการที่แล้ว")
_ANALYSIS = ("วิเคราะห์", "สาเหตุ", "คะแนน", "ข้อค้นพบ", "ข้อคำถาม")
_ITEM = re.compile(r"\s*(?:[-•*]|\(?\d{1,2}\s?[.)])")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each thing stands; None when the table has no such column.

    One merged column may be two things at once. `helpers` are further columns of owners; `until` is the end of the
    time that `time` begins, and `opens` says that `time` is a beginning and no more; `periods` are the columns that
    are ticked, with their months or quarters; `monitors` all columns of follow-up, with their names. `results` says
    that the table tells what was done, as last year's report does, `banner` that each measure is a row of its own
    above its activities. Names are no part of what makes two headers the same, nor what the rows below use as marks:
    `strokes` are dashes or crosses that are marks here, `striped` the columns whose colour is no mark.
    """

    title: int
    width: int
    number: int | None = None
    steps: int | None = None
    owner: int | None = None
    time: int | None = None
    monitor: int | None = None
    indicator: int | None = None
    issue: int | None = None
    helpers: tuple[int, ...] = ()
    until: int | None = None
    opens: bool = False
    periods: tuple[tuple[int, str], ...] = ()
    monitors: tuple[tuple[int, str], ...] = field(default=(), compare=False)
    results: bool = False
    banner: bool = False
    strokes: frozenset[str] = field(default=frozenset(), compare=False)
    striped: frozenset[int] = field(default=frozenset(), compare=False)


def measure_columns(row: Row, *, banner: bool = False) -> Columns | None:
    """Return the columns when a row is the header of a table of measures, or None.

    Such a header names the measures and who is responsible for them, or else the steps and when or how they
    are followed up: an analysis or a table of scores has none of these. With `banner` the measures stand in rows
    of their own, and the steps need no other column that names them.
    """
    if any(len(cell.text) > _LONGEST or _ITEM.match(arabic(cell.text)) for cell in row.cells):
        return None
    texts = [squeeze(cell.text) for cell in row.cells]
    roles = [role_of(text) for text in texts]
    title = _title(roles)
    if title is None and banner:
        title = _first([name for name, _ in roles], "steps")
    if title is None or _is_analysis(texts, roles):
        return None
    columns = _columns(row, roles, title, banner=banner)
    timed = columns.time is not None or columns.monitor is not None or columns.periods
    return columns if columns.owner is not None or (columns.steps is not None and timed) else None


def _columns(row: Row, roles: list[tuple[str, int]], title: int, *, banner: bool) -> Columns:
    texts, periods = [squeeze(cell.text) for cell in row.cells], _periods(row)
    ticked = {n for n, _ in periods}
    names = ["" if n in ticked else name for n, (name, _) in enumerate(roles)]
    steps, owner, monitors = _steps(texts, roles, title), _first(names, "owner"), _all(names, "monitor")
    time, until, opens = _times(names, texts, owner)
    return Columns(
        title=title,
        width=len(texts),
        number=_first(names, "number"),
        steps=steps,
        owner=owner,
        time=time,
        monitor=monitors[0] if monitors else None,
        indicator=_first(names, "indicator"),
        issue=next((n for n, (name, _) in enumerate(roles) if name == "title" and n not in (title, steps)), None),
        helpers=tuple(n for n in _all(names, "owner") if n != owner),
        until=until,
        opens=opens,
        periods=periods,
        monitors=tuple((n, row.cells[n].text) for n in monitors),
        results=any(text.startswith(_RESULTS) for text in texts),
        banner=banner,
    )


def _times(names: list[str], texts: list[str], owner: int | None) -> tuple[int | None, int | None, bool]:
    """Return the column of times, that of their ends, and whether the first holds beginnings alone."""
    start, time, until = _first(names, "start"), _first(names, "time"), _first(names, "until")
    if time is None and start is None and owner is not None and any(word in texts[owner] for word in TIMES):
        time = owner
    if start is not None:
        return start, until, True
    return (until, None, False) if time is None else (time, until, False)


def _periods(row: Row) -> tuple[tuple[int, str], ...]:
    """Return the columns that are months or quarters; one alone is none."""
    named = [(n, label) for n, cell in enumerate(row.cells) if (label := period_label(cell.text))]
    return tuple(named) if len(named) > 1 else ()


def _steps(texts: list[str], roles: list[tuple[str, int]], title: int) -> int | None:
    """Return the column of the steps: so called, or the method beside a measure, or merged with the title."""
    named = _first([name for name, _ in roles], "steps", but=title)
    if named is not None:
        return named
    ranked = [(n, rank) for n, (name, rank) in enumerate(roles) if n != title and name == "title"]
    own = roles[title][1]
    ways = [
        n for n, rank in ranked if rank == METHOD or (rank == ACTIVITY and (own > rank or (own == rank and n > title)))
    ]
    if ways:
        return min(ways, key=lambda n: (n < title, n))
    return title if any(word in texts[title] for word in STEPS) else None


def _is_analysis(texts: list[str], roles: list[tuple[str, int]]) -> bool:
    """Say whether a table tells what was found: it has no column for measures, and one for causes or scores."""
    measured = any(name == "title" and rank > METHOD for name, rank in roles)
    found = any(word in text and not text.startswith("แนวทาง") for text in texts for word in _ANALYSIS)
    return found and not measured and not any(name in ("time", "monitor", "steps") for name, _ in roles)


def _title(roles: list[tuple[str, int]]) -> int | None:
    """Return the column that names the measures: the surest word; แนวทาง gives way when it alone is the method."""
    titles = [(rank, -n) for n, (name, rank) in enumerate(roles) if name == "title"]
    steps = [n for n, (name, _) in enumerate(roles) if name == "steps"]
    if not titles:
        indicator = _first([name for name, _ in roles], "indicator")
        return steps[0] if len(steps) > 1 else indicator if steps else None
    has_steps = bool(steps)
    if not has_steps and len(titles) > 1 and max(titles)[0] == METHOD:
        titles = [one for one in titles if one[0] != METHOD] or titles
    return -max(titles)[1]


def _all(names: list[str], name: str) -> list[int]:
    return [n for n, found in enumerate(names) if found == name]


def _first(names: list[str], name: str, but: int | None = None) -> int | None:
    return next((n for n, found in enumerate(names) if found == name and n != but), None)
