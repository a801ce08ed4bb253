"""Which lines head the measures of a plan without a table: the numbered line that recurs before each group of labels.

A measure's level differs from plan to plan ("๓.๑ …", "๑. …", "มาตรการที่ ๑ …"), and steps are numbered too. So the
labels are counted first: where one recurs, another measure has begun, and its heading stands between the two.
"""

from collections.abc import Sequence

from tracker.intake.block_lines import FIELDS, BlockLine

_MEASURE = ("มาตรการ", "กิจกรรม", "โครงการ")
_MOSTLY = 0.6
_LONGEST = 400


def heading_lines(lines: Sequence[BlockLine]) -> list[int]:
    """Return where the headings of measures stand; labels that belong to no measure lose their role."""
    groups = _groups(lines)
    gaps = _gaps(lines, groups)
    style = _heading_style(lines, gaps)
    if style is None:
        return []
    groups = _merged(lines, [part for group in groups for part in _split(lines, *group, style)], style)
    gaps = _gaps(lines, groups)
    headings: list[int] = []
    for (first, last), gap in zip(groups, gaps, strict=True):
        own = [n for n in gap if lines[n].style == style] or [n for n in gap[-1:] if lines[n].style == "word"]
        if not own:
            _close(lines, first, last)
            continue
        labelled_steps = lines[first].role == "steps"
        headings.extend(_begun(lines, own, headings, labelled_steps=labelled_steps))
    return _first_by_number(lines, headings, gaps, style)


def _groups(lines: Sequence[BlockLine]) -> list[tuple[int, int]]:
    """Return the first and last label of each measure: a label that comes again begins the next one."""
    groups: list[tuple[int, int]] = []
    seen: dict[str, BlockLine] = {}
    last = -1
    often = _counts(lines)
    for n, line in enumerate(lines):
        if line.role not in FIELDS:
            continue
        again = line.role in seen
        once = often[line.label] == 1 and max(often.values()) > 1 and line.bare
        if once and (again or line.role == "monitor"):
            line.role, line.style = "", line.style or "section"
            continue
        together = again and lines[last].role == line.role and (n == last + 1 or lines[last].label != line.label)
        if not groups or (again and not together):
            groups.append((n, n))
            seen = {}
        groups[-1] = (groups[-1][0], n)
        seen[line.role] = line
        last = n
    return groups


def _split(lines: Sequence[BlockLine], first: int, last: int, style: str) -> list[tuple[int, int]]:
    """Part a group where the next heading stands inside it: its measure lacks the label that would begin a group."""
    above = next((n for n in range(first - 1, -1, -1) if lines[n].style == style), None)
    labels = [n for n in range(first, last + 1) if lines[n].role in FIELDS]
    listed: BlockLine | None = None
    for n in range(first, last + 1) if above is not None else ():
        line = lines[n]
        if line.role:
            listed = None
        elif line.style == style:
            goes_on = listed is not None and line.number in _next(listed.number)
            if not goes_on and above is not None and line.number in _next(lines[above].number):
                before, after = [k for k in labels if k < n], [k for k in labels if k > n]
                return [(first, before[-1]), *_split(lines, after[0], last, style)]
            listed = line
    return [(first, last)]


def _merged(lines: Sequence[BlockLine], groups: Sequence[tuple[int, int]], style: str) -> list[tuple[int, int]]:
    """Join groups that no heading parts and that have no label in common: they are one measure's."""
    merged: list[tuple[int, int]] = []
    for first, last in groups:
        parted = merged and any(lines[n].style in (style, "word") for n in range(merged[-1][1] + 1, first + 1))
        if merged and not parted and not _roles(lines, *merged[-1]) & _roles(lines, first, last):
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return merged


def _roles(lines: Sequence[BlockLine], first: int, last: int) -> set[str]:
    return {line.role for line in lines[first : last + 1] if line.role in FIELDS}


def _counts(lines: Sequence[BlockLine]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in lines:
        if line.role in FIELDS:
            counts[line.label] = counts.get(line.label, 0) + 1
    return counts


def _gaps(lines: Sequence[BlockLine], groups: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return, for each group of labels, the numbered lines between the group before it and its first label.

    A list that stands below the last label of the group before ("วิธีดำเนินการ" with nothing beside it) is left out.
    """
    gaps: list[list[int]] = []
    last = -1
    for first, end in groups:
        gap = [n for n in range(last + 1, first + 1) if lines[n].style and len(lines[n].text) <= _LONGEST]
        listed = gap[:1] == [last + 1] and last >= 0 and not lines[last].value
        gaps.append(_after_list(lines, gap) if listed else gap)
        last = end
    return gaps


def _after_list(lines: Sequence[BlockLine], gap: list[int]) -> list[int]:
    """Return a gap without the list with which it begins; its last line stays, for it may be the heading."""
    style = lines[gap[0]].style if gap else ""
    cut = 0
    for n, at in enumerate(gap):
        alike = lines[at].style == style
        goes_on = n == 0 or lines[at].number is None or lines[at].number in _next(lines[gap[n - 1]].number)
        if not (alike and goes_on):
            break
        cut = n + 1
    return gap[min(cut, len(gap) - 1) :] if gap else gap


def _heading_style(lines: Sequence[BlockLine], gaps: Sequence[Sequence[int]]) -> str | None:
    """Return the style that stands before most groups of labels, the likeliest to name measures; None without any."""
    styles = dict.fromkeys(lines[n].style for gap in gaps for n in gap)
    able = [one for one in styles if _covers(lines, gaps, one) >= _MOSTLY]
    return min(able, key=lambda one: _order(lines, gaps, one), default=None)


def _covers(lines: Sequence[BlockLine], gaps: Sequence[Sequence[int]], style: str) -> float:
    return sum(any(lines[n].style == style for n in gap) for gap in gaps) / len(gaps)


def _order(lines: Sequence[BlockLine], gaps: Sequence[Sequence[int]], style: str) -> tuple[int, int]:
    """Return how late a style comes in question: those that name measures first, marks of lists last."""
    own = [[lines[n] for n in gap if lines[n].style == style] for gap in gaps]
    later = [gap for gap in own[1:] if gap] or [gap[-1:] for gap in own if gap]
    named = sum(line.words.startswith(_MEASURE) for gap in own for line in gap[-1:]) >= _MOSTLY * len(gaps)
    depth = -style.count("n")
    if style.startswith(_MEASURE):
        return 0, _MEASURE.index(style.removesuffix(":").split()[0])
    if named:
        return 1 if style != "word" else 2, depth
    counts = sum(map(len, later)) / len(later)
    restarts = sum(gap[0].number in (None, "1", "I") or str(gap[0].number).endswith(".1") for gap in later)
    listed = counts > 1 and restarts >= _MOSTLY * len(later)
    if style in ("n.", "roman") or style.replace("roman", "n").replace(".", "").strip("n") == "":
        return (3 if not listed else 7), depth
    return (4 if style[0] in "แปตดขสหบยก" and len(style) > len("ก.") else 6), 0


def _begun(lines: Sequence[BlockLine], own: Sequence[int], before: Sequence[int], *, labelled_steps: bool) -> list[int]:
    """Return the headings among the lines of one gap: those that count on, or else the first or the last."""
    expected = _next(lines[before[-1]].number) if before else ()
    begun: list[int] = []
    for n in own:
        if lines[n].number in expected:
            begun.append(n)
            expected = _next(lines[n].number)
        elif begun:
            break
    return begun or [own[-1] if labelled_steps or not before else own[0]]


def _next(number: str | None) -> tuple[str, ...]:
    """Return the numbers that may follow one: the next, and the first below the next heading."""
    if number is None:
        return ()
    *parents, own = number.split(".")
    if not own.isdigit():
        return ()
    following = [".".join([*parents, str(int(own) + 1)])]
    if parents and parents[-1].isdigit():
        following.append(".".join([*parents[:-1], str(int(parents[-1]) + 1), "1"]))
    return tuple(following)


def _first_by_number(
    lines: Sequence[BlockLine], headings: list[int], gaps: Sequence[Sequence[int]], style: str
) -> list[int]:
    """Return the headings, the first taken by the number of the second: sections before it are numbered too."""
    if len(headings) > 1:
        before = [n for n in gaps[0] if lines[n].style == style and lines[headings[1]].number in _next(lines[n].number)]
        headings[0] = before[-1] if before and headings[0] in gaps[0] else headings[0]
    return headings


def _close(lines: Sequence[BlockLine], first: int, last: int) -> None:
    """Take their role from the labels of a closing section, and make its first line end the measure above."""
    for line in lines[first : last + 1]:
        line.role, line.style = "", line.style or "section"
