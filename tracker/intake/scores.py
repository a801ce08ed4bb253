"""Last year's result as printed: every score of every indicator, the total with its grade, the year scored."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.indicators import TOLERANCE, NamedIndicator, indicator, named_indicators, score_value, total_of
from tracker.domain.plans import Assessment, IndicatorScore
from tracker.domain.thai.numerals import arabic
from tracker.intake.layout import Layout, Paragraph, Row, Table
from tracker.intake.years import years_in

_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,4})?(?![\d.]*\d)")
_PROSE = re.compile(r"[^\d]{0,60}?(?<!\d)(?P<score>\d{2}\.\d{1,2}|100(?:\.0{1,2})?)(?!\d)")
_TOTAL = re.compile(
    r"(?:คะแนน|ผลการประเมิน|ค่าเฉลี่ย|ร้อยละ|ภาพรวม|ได้)[^\d\n]{0,80}?(?<![\d.])(?P<score>\d{2}\.\d{1,2}|100(?:\.00)?)(?!\d)"
)
_GRADE = re.compile(
    r"[^\d\n]{0,90}?ระดับ\s*(?:ผลการประเมิน|คะแนน)?\s*:?\s*(?P<grade>AA|[A-F](?![A-Za-z])|ผ่านดีเยี่ยม|ผ่านดี|ไม่ผ่าน|ผ่าน)"
)
_GRADE_CELL = re.compile(r"\s*(?:คะแนน)?\s*(?P<grade>AA|[A-F])(?![A-Za-z])")
_TOTAL_ROW = re.compile(r"[\s\d.)]{0,6}(?:ผล)?(?:คะแนน)?(?:เฉลี่ย)?(?:รวม|ภาพรวม|เฉลี่ยรวม|คะแนนเฉลี่ย)")
_TOTAL_CELL = re.compile(
    r"(?P<score>\d{2}\.\d{1,2}|100(?:\.00?)?)\s*(?:คะแนน|%)?\s*\(?(?:ระดับ)?\s*(?P<grade>AA|[A-F])?\)?"
)
_GRADES = re.compile(r"AA|[A-F]|ผ่านดีเยี่ยม|ผ่านดี|ผ่าน|ไม่ผ่าน")
_PASS = re.compile(r"\s*(?:คะแนน)?\s*(?:ระดับ\s*[A-F]{1,2}\s*)?ขึ้นไป")
_RESULT = re.compile(r"ผลการประเมิน|ผลคะแนน|คะแนนการประเมิน")
_RESULT_YEAR = re.compile(r"(?:ผลการประเมิน|ผลคะแนน|คะแนน)[^\n]{0,120}?ปี[^\d\n]{0,20}(2[4-7]\d\d)")
_PREVIOUS = re.compile(r"ปีก่อน|ปีที่ผ่านมา|จากเดิม|ไม่น้อยกว่า|ไม่ต่ำกว่า|เป้าหมาย|เต็ม")
_ALL = 10
_SAME = 0.005
_SHORT_HEAD, _NAME_FROM, _BEFORE, _YEAR_BEFORE = 60, 25, 60, 600


@dataclass(frozen=True, slots=True)
class Printed:
    """A score as printed somewhere; `block` tells the places apart, `table` whether it stands in a table."""

    id: int
    score: float
    line: int
    block: int
    table: bool


@dataclass(frozen=True, slots=True)
class Total:
    """The total as printed somewhere, with its grade and year where they stand beside it."""

    score: float
    grade: str | None
    year: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Scores:
    """All that a document prints about last year's result, and the assessment chosen from it."""

    assessment: Assessment
    printed: tuple[Printed, ...]
    total: Total | None


def read_scores(layout: Layout, skip: frozenset[int] = frozenset()) -> Scores:
    """Return the scores of a document; rows on lines in `skip` (measure tables) hold none.

    The table that names most indicators is taken, the one that gives the printed total when several do; what
    it lacks is filled in from elsewhere. Nothing is corrected.
    """
    printed = tuple(_printed(layout, skip))
    total = _total(tuple(_totals(layout)))
    chosen = _chosen(printed, total)
    rows = tuple(
        IndicatorScore(one.id, indicator(one.id).name, indicator(one.id).instrument, one.score, one.line)
        for one in sorted(chosen, key=lambda one: one.id)
    )
    year = (total.year if total else None) or (_heading_year(layout) if total or rows else None)
    score, grade = (total.score, total.grade) if total else (None, None)
    return Scores(Assessment(year, score, grade, rows), printed, total)


def _printed(layout: Layout, skip: frozenset[int]) -> Iterator[Printed]:
    for number, block in enumerate(layout.blocks):
        if isinstance(block, Paragraph):
            yield from (Printed(id_, score, block.line, number, table=False) for id_, score in _in_prose(block.text))
        elif block.rows[0].line not in skip:
            yield from _in_table(block, number)


def _in_prose(text: str) -> Iterator[tuple[int, float]]:
    plain = arabic(text)
    names = named_indicators(plain)
    ends = [name.start for name in names[1:]] + [len(plain)]
    for name, end in zip(names, ends, strict=bool(names)):
        found = _PROSE.match(plain, name.end, end)
        if found:
            yield name.id, float(found["score"])


def _in_table(table: Table, block: int) -> Iterator[Printed]:
    column = _score_column(table)
    for row in table.rows:
        for id_, score in _in_row(row, column):
            yield Printed(id_, score, row.line, block, table=True)


def _score_column(table: Table) -> int | None:
    """Return the column of the newest year when the header names years, or else that of the scores."""
    header = table.rows[0].cells
    if any(score_value(cell.text) is not None for cell in header):
        return None
    years = [
        (max(years_in(cell.text)), n)
        for n, cell in enumerate(header)
        if len(cell.text) < _SHORT_HEAD and years_in(cell.text)
    ]
    if len(years) > 1:
        return max(years)[1]
    named = [
        n
        for n, cell in enumerate(header)
        if "คะแนน" in cell.text and "เต็ม" not in cell.text and len(cell.text) < _SHORT_HEAD
    ]
    return named[0] if len(named) == 1 else None


def _in_row(row: Row, column: int | None) -> Iterator[tuple[int, float]]:
    texts = [arabic(cell.text) for cell in row.cells]
    named = [(n, named_indicators(text)) for n, text in enumerate(texts)]
    leading = [(n, found) for n, found in named if found and found[0].start <= _NAME_FROM]
    if len(leading) == 1 and len(leading[0][1]) > 1:
        yield from _packed(leading[0][1], [text for n, text in enumerate(texts) if n != leading[0][0]])
    for n, found in leading:
        following = [column] if column is not None and column > n and len(leading) == 1 else range(n + 1, len(texts))
        scores = (score_value(texts[k]) for k in following if k < len(texts))
        score = next((score for score in scores if score is not None), None)
        if score is not None:
            yield found[0].id, score


def _packed(names: tuple[NamedIndicator, ...], others: list[str]) -> Iterator[tuple[int, float]]:
    """Pair names and scores that stand packed in one cell each, when there are as many of both."""
    for text in others:
        numbers = _NUMBER.findall(text)
        if len(numbers) == len(names) and not re.search(r"[ก-ฮ]", text):
            yield from ((name.id, float(number)) for name, number in zip(names, numbers, strict=True))
            return


def _totals(layout: Layout) -> Iterator[Total]:
    for block in layout.blocks:
        if isinstance(block, Table):
            yield from _table_totals(block)
    for line in layout.lines():
        plain = arabic(line.text)
        if ("คะแนน" not in plain and "ผลการประเมิน" not in plain) or _TOTAL_ROW.match(plain):
            continue
        for found in _TOTAL.finditer(plain):
            if _is_total(plain, found):
                grade = _GRADE.match(plain, found.end()) or _GRADE_CELL.match(plain, found.end())
                years = years_in(plain[max(0, found.start() - _YEAR_BEFORE) : found.start("score")])
                yield Total(float(found["score"]), grade and grade["grade"], years[-1] if years else None, line.line)


def _table_totals(table: Table) -> Iterator[Total]:
    """Yield the total of a table of scores: the row so called, in the column of the scores."""
    column = _score_column(table)
    for row in table.rows:
        if not _TOTAL_ROW.match(row.text):
            continue
        cells = list(enumerate(arabic(cell.text) for cell in row.cells))
        values = [(n, found) for n, text in cells if (found := _TOTAL_CELL.fullmatch(text.strip()))]
        chosen = next((one for one in values if one[0] == column), values[-1] if values else None)
        if chosen:
            years = years_in(table.rows[0].cells[chosen[0]].text) if chosen[0] < len(table.rows[0].cells) else []
            grade = chosen[1]["grade"] or next((text for _, text in cells if _GRADES.fullmatch(text)), None)
            yield Total(float(chosen[1]["score"]), grade, max(years, default=None), row.line)


def _is_total(text: str, found: re.Match[str]) -> bool:
    """Say whether a score is the agency's own total: not an indicator's, a target, or the pass mark."""
    before = text[max(0, found.start() - _BEFORE) : found.start("score")]
    return not (named_indicators(before) or _PASS.match(text, found.end()) or _PREVIOUS.search(found[0]))


def _total(totals: tuple[Total, ...]) -> Total | None:
    """Return the total that is printed with a grade, the most frequent one when there are several."""
    graded = [one for one in totals if one.grade] or list(totals)
    if not graded:
        return None
    often = Counter(one.score for one in graded)
    best = max(graded, key=lambda one: often[one.score])
    alike = [one for one in (*graded, *totals) if one.score == best.score]
    year = next((one.year for one in alike if one.year), None)
    return Total(best.score, best.grade, year, best.line)


def _heading_year(layout: Layout) -> int | None:
    """Return the year that most lines about the result name, when none stands beside the total."""
    lines = (line.text for line in layout.paragraphs() if _RESULT.search(line.text[:_YEAR_BEFORE]))
    years = Counter(found[1] for text in lines for found in _RESULT_YEAR.finditer(arabic(text[:_YEAR_BEFORE])))
    return int(years.most_common(1)[0][0]) if years else None


def _chosen(printed: tuple[Printed, ...], total: Total | None) -> list[Printed]:
    blocks: dict[int, dict[int, Printed]] = {}
    for one in printed:
        if one.table:
            blocks.setdefault(one.block, {}).setdefault(one.id, one)
    ranked = sorted(blocks.values(), key=lambda group: (-len(group), not _gives(group, total)))
    chosen: dict[int, Printed] = {}
    for group in ranked:
        chosen = {**group, **chosen}
    for one in printed:
        chosen.setdefault(one.id, one)
    return list(chosen.values())


def _gives(group: dict[int, Printed], total: Total | None) -> bool:
    found = total_of({one.id: one.score for one in group.values()})
    return bool(total and found is not None and abs(found - total.score) <= TOLERANCE)


def differ(one: float, other: float) -> bool:
    """Say whether two printed scores of one indicator contradict each other."""
    return abs(one - other) >= _SAME
