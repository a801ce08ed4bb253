"""Rows of a text table that stand broken over several lines, put together again.

A row has as many tabs as the widest line of its table. Lines with fewer are parts of a row when together they have
just as many; anything else is left as it is, since a row may also have lost its trailing tabs.
"""

import re
from collections.abc import Iterable, Iterator

from tracker.domain.thai.numerals import arabic

Line = tuple[int, str]
_NUMBERED = re.compile(r"\s*\(?(\d{1,2})(?:\.\d{1,2})?\s?[.)]?\s?\D")
_MOST_PARTS, _LEAST_TABS = 30, 2
BREAK = "<br>"


def mended(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines, each broken row as one line in which BREAK stands for a line's end."""
    run: list[Line] = []
    for line in lines:
        if run and line[0] != run[-1][0] + 1:
            yield from _mended_run(run)
            run = []
        run.append(line)
    yield from _mended_run(run)


def _mended_run(run: list[Line]) -> Iterator[Line]:
    """Mend adjacent lines, when they hold a row of full width and after it a shorter one with tabs."""
    tabs = [text.count("\t") for _, text in run]
    width = max(tabs, default=0)
    first = tabs.index(width) if width >= _LEAST_TABS else len(run)
    if not any(0 < count < width for count in tabs[first:]):
        yield from run
        return
    yield from run[: first + 1]
    at = first + 1
    while at < len(run):
        end = _row_end(run, tabs, at, width)
        yield (run[at][0], BREAK.join(text.strip(" ") for _, text in run[at:end]))
        at = end


def _row_end(run: list[Line], tabs: list[int], at: int, width: int) -> int:
    """Return the end of the row that begins with a line: that line alone, unless several make a whole row."""
    count, end = tabs[at], at + 1
    while end < len(run) and count < width and end - at < _MOST_PARTS:
        if tabs[end] and _begins_next(run[at][1], run[end][1]):
            return at + 1
        count += tabs[end]
        end += 1
    if count != width or not _is_broken(tabs[at:end], run[at:end], width):
        return at + 1
    while end < len(run) and not tabs[end] and not _begins_next(run[at][1], run[end][1]):
        end += 1
    return end


def _is_broken(tabs: list[int], parts: list[Line], width: int) -> bool:
    """Say whether lines are surely parts of one row: some have no tab, or the row is numbered and they are not."""
    return len(parts) == 1 or 0 in tabs or (width > _LEAST_TABS and _number(parts[0][1]) is not None)


def _begins_next(row: str, line: str) -> bool:
    """Say whether a line begins the row after a numbered one: its number is the next."""
    own, other = _number(row), _number(line)
    return own is not None and other == own + 1 and "\t" not in row[:2] and not _in_list(row, line)


def _in_list(row: str, line: str) -> bool:
    """Say whether a numbered line may as well go on with a list in the row's last cell."""
    last = row.rsplit("\t", 1)[-1]
    return "\t" in row and "\t" not in line and _number(last) is not None


def _number(text: str) -> int | None:
    found = _NUMBERED.match(arabic(text))
    return int(found[1]) if found else None
