"""Which fiscal year is which: the title's, the plan's and the scored one may all stand in one document."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from schedules.calendars import fiscal_year_of
from tracker.domain.thai.numerals import arabic
from tracker.domain.thai.phrases import read_timeframe
from tracker.intake.layout import Layout, Paragraph, Table
from tracker.intake.measures import MeasureRow

_YEAR = re.compile(r"(?:ปี\s?งบ\s?ประมาณ|ประจำปี|ปี)\s{0,3}(?:พ\s?\.\s?ศ\s?\.?\s{0,3})?(2[4-7]\d\d)(?!\d)")
_ERA = re.compile(r"พ\s?\.\s?ศ\s?\.?\s{0,3}(2[4-7]\d\d)(?!\d|\s?[-–])")
_TITLE = re.compile(
    r"[\s\"“(]*(?:(?:แผน)?มาตรการ|แผน(?:ปฏิบัติการ)?(?:ส่งเสริม|ขับเคลื่อน)|เรื่อง\s|การกำหนดมาตรการ|รายงานมาตรการ)"
)
_SUBJECT = re.compile(r"คุณธรรม|โปร่งใส|ป้องกันการทุจริต|ITA")
_SCORED = re.compile(
    r"(?<!นำ)(?:ผลการประเมิน|ผลคะแนน|ผลการวิเคราะห์|วิเคราะห์ผล|วิเคราะห์การประเมิน|ประกาศผล)(?:(?!2[4-7]\d\d)[^\n]){0,120}$"
)
_TITLE_ROWS = 3
_NEAR, _SHORT, _AHEAD, _HEAD = 4, 260, 4, 8


@dataclass(frozen=True, slots=True)
class Years:
    """The years of a document (B.E.): the plan's own, and the one in its title with its line.

    `assumed` says that no year is printed for the plan, so that it is taken as the one after the scored year.
    """

    plan: int | None
    title: int | None
    title_line: int | None
    assumed: bool = False

    def or_after(self, scored: int | None) -> "Years":
        """Return the same years, or the year after the scored one for a plan that prints none."""
        if self.plan is not None or scored is None:
            return self
        return replace(self, plan=scored + 1, assumed=True)


def years_in(text: str) -> list[int]:
    """Return the years (B.E.) that a text names as years, in reading order."""
    return [int(year) for year in _YEAR.findall(arabic(text))]


def title_lines(layout: Layout) -> list[list[Paragraph]]:
    """Return the places that look like the plan's title, each with the few lines that go on with it.

    A document without one is known by its first lines.
    """
    lines = list(_standing_alone(layout))
    titles = [
        [one, *(after for after in lines[n + 1 : n + _AHEAD] if after.line <= one.line + _AHEAD)]
        for n, one in enumerate(lines)
        if len(one.text) < _SHORT and _TITLE.match(one.text) and _SUBJECT.search(one.text)
    ]
    return titles or [[line] for line in lines[:_HEAD] if len(line.text) < _SHORT]


def _standing_alone(layout: Layout) -> Iterator[Paragraph]:
    """Yield the paragraphs, and the words that a table prints alone in one of its first rows, as a title."""
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        for row in block.rows[:_TITLE_ROWS]:
            words = {cell.text for cell in row.cells if cell.parts}
            if len(words) == 1:
                yield Paragraph(words.pop(), row.line)


def read_years(layout: Layout, measures: Iterable[MeasureRow]) -> Years:
    """Return the plan's year, by meaning: what stands above its measures, its title, what its times say.

    The heading of the measures wins over the title when it names a later year (a title may keep last year's);
    with neither, the year in which most of the windows end.
    """
    title, line = _title_year(layout)
    section = _section_year(layout, {measure.line for measure in measures})
    if title and section:
        plan: int | None = max(title, section) if section <= title + 1 else title
    else:
        plan = section or title or _windows_year(measures)
    return Years(plan, title, line)


def _title_year(layout: Layout) -> tuple[int | None, int | None]:
    for lines in title_lines(layout):
        for one in lines[:2]:
            if years := _own_years(one.text):
                return years[0], one.line
    for lines in title_lines(layout):
        if era := _ERA.search(arabic(lines[0].text)):
            return int(era[1]), lines[0].line
    return None, None


def _section_year(layout: Layout, rows: set[int]) -> int | None:
    """Return the latest year in the few paragraphs straight above the first table of measures."""
    blocks = layout.blocks
    first = next(
        (n for n, one in enumerate(blocks) if isinstance(one, Table) and any(r.line in rows for r in one.rows)), 0
    )
    years: list[int] = []
    for block in reversed(blocks[max(0, first - _NEAR) : first]):
        if not isinstance(block, Paragraph):
            break
        years.extend(_own_years(block.text))
    return max(years, default=None)


def _own_years(text: str) -> list[int]:
    """Return the years of a text without those that belong to a result or an analysis."""
    plain = arabic(text)
    return [int(found[1]) for found in _YEAR.finditer(plain) if not _SCORED.search(plain[: found.start()][-140:])]


def _windows_year(measures: Iterable[MeasureRow]) -> int | None:
    ends = (read_timeframe(measure.time.text).end for measure in measures if measure.time.parts)
    votes = Counter(fiscal_year_of(end) for end in ends if end)
    return votes.most_common(1)[0][0] if votes else None
