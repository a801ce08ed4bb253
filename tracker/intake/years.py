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

_YEAR = re.compile(r"(?:ปี\s?งบ\s?ประมาณ|ประจำปี|ปี)[\s.…]{0,40}(?:พ\s?\.\s?ศ\s?\.?[\s.…]{0,40})?(2[4-7]\d\d)(?!\d)")
_FISCAL = re.compile(r"(?:ปี\s?งบ\s?ประมาณ|ประจำปี)")
_ERA = re.compile(r"พ\s?\.\s?ศ\s?\.?\s{0,3}(2[4-7]\d\d)(?!\d|\s?[-–])")
_TITLE = re.compile(
    r"[\s\"“(]*(?:(?:แผน)?มาตรการ|แผน(?:ปฏิบัติการ)?(?:ส่งเสริม|ขับเคลื่อน)|เรื่อง\s|การกำหนดมาตรการ|รายงานมาตรการ)"
)
_SUBJECT = re.compile(r"คุณธรรม|โปร่งใส|ป้องกันการทุจริต|ITA")
_SCORED = re.compile(
    r"(?<!นำ)(?:ผลการประเมิน|ผลคะแนน|ผลการวิเคราะห์|วิเคราะห์ผล|วิเคราะห์การประเมิน|ประกาศผล)(?:(?!2[4-7]\d\d)[^\n]){0,120}$"
)
_TARGET = re.compile(r"(?:เป้าหมาย|แผนแม่บท|ยุทธศาสตร์|ภายใน\s?$|ระยะ\s?\d{1,2}\s?ปี)(?:(?!2[4-7]\d\d)[^\n]){0,160}$")
"""A year by which the country wants something ("เป้าหมาย … ภายในปี ๒๕๗๐") is nobody's plan year."""

_SECTION = re.compile(r"[\s(]*\d{1,2}(?:\.\d{1,2})?[.)\s]")
_TITLE_ROWS = 3
_NEAR, _SHORT, _AHEAD, _HEAD, _BEFORE = 4, 260, 4, 8, 180


@dataclass(frozen=True, slots=True)
class Years:
    """The years of a document (B.E.): the plan's own, and the one in its title with its line.

    `heading` is another year that stands above the measures, whose times do not agree with it. `assumed` says that no
    year is printed for the plan, so that it is taken as the one after the scored year.
    """

    plan: int | None
    title: int | None
    title_line: int | None
    assumed: bool = False
    heading: int | None = None

    @property
    def earliest(self) -> int | None:
        """The older of the two years: a date in either is no history."""
        return min((year for year in (self.plan, self.title) if year), default=None)

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
    """Return the plan's year, by meaning: its title, what stands above its measures, what their times say.

    The heading of the measures wins over the title when it names the year after (a title may keep last year's),
    unless the times of the measures are of the title's year; with neither, the year in which most of the times end.
    """
    rows = tuple(measures)
    title, line = _title_year(layout)
    section = _section_year(layout, {measure.line for measure in rows})
    votes = _voted(rows)
    if title and section == title + 1 and votes[section] >= votes[title]:
        return Years(section, title, line)
    voted = votes.most_common(1)[0][0] if votes else None
    heading = section if title and section == title + 1 else None
    return Years(title or section or voted, title, line, heading=heading)


def _title_year(layout: Layout) -> tuple[int | None, int | None]:
    """Return the year in the title, which may stand on its second line or be cut off from the words before it."""
    for lines in title_lines(layout):
        if years := _own_years(" ".join(one.text for one in _title_only(lines[:2]))):
            return years[0], lines[0].line if _own_years(lines[0].text) else lines[min(1, len(lines) - 1)].line
    for lines in title_lines(layout):
        if years := _own_years(" ".join(one.text for one in _title_only(lines))):
            return years[0], lines[0].line
    for lines in title_lines(layout):
        if era := _ERA.search(arabic(lines[0].text)):
            return int(era[1]), lines[0].line
    return None, None


def _title_only(lines: list[Paragraph]) -> Iterator[Paragraph]:
    """Yield the lines of a title up to the first that begins a section or is running text."""
    for n, line in enumerate(lines):
        if n and (len(line.text) > _SHORT or _SECTION.match(arabic(line.text)) or "ผลการประเมิน" in line.text):
            return
        yield line


def _section_year(layout: Layout, rows: set[int]) -> int | None:
    """Return the latest fiscal year in the few paragraphs straight above the first table of measures.

    A sheet may print such a line in a row of its own on top of that table.
    """
    blocks = layout.blocks
    first = next(
        (n for n, one in enumerate(blocks) if isinstance(one, Table) and any(r.line in rows for r in one.rows)), 0
    )
    near = list(_lines_on_top(blocks[first], rows)) if blocks else []
    for block in reversed(blocks[max(0, first - _NEAR) : first]):
        if not isinstance(block, Paragraph):
            break
        near.insert(0, block.text)
    return max(
        (year for n, text in enumerate(near) for year in _fiscal_years("".join(near[max(0, n - 1) : n]), text)),
        default=None,
    )


def _lines_on_top(block: Paragraph | Table, rows: set[int]) -> Iterator[str]:
    """Yield what the rows above the first measure of a table print alone."""
    for row in block.rows if isinstance(block, Table) else ():
        if row.line in rows:
            return
        words = {cell.text for cell in row.cells if cell.parts}
        if len(words) == 1:
            yield words.pop()


def _fiscal_years(before: str, text: str) -> list[int]:
    """Return the fiscal years of a line, read with the line before it, on which its sentence may begin."""
    start = len(before)
    whole = f"{before}{text}"
    return [year for year, found in _found_years(whole) if found.start() >= start and _FISCAL.match(found[0])]


def _own_years(text: str) -> list[int]:
    """Return the years of a text without those that belong to a result, an analysis or a target."""
    return [year for year, _ in _found_years(text)]


def _found_years(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    plain = arabic(text)
    for found in _YEAR.finditer(plain):
        before = plain[: found.start()][-_BEFORE:]
        if not _SCORED.search(before[-140:]) and not _TARGET.search(before):
            yield int(found[1]), found


def _voted(measures: Iterable[MeasureRow]) -> Counter[int]:
    """Return how many measures have times that end in each fiscal year, by the years that they print."""
    ends = (read_timeframe(measure.time.text).end for measure in measures if measure.time.parts)
    return Counter(fiscal_year_of(end) for end in ends if end)
