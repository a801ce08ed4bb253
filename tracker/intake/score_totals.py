"""The total of last year's result with its grade and year, as sentences and tables print it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.indicators import named_indicators
from tracker.domain.thai.numerals import arabic
from tracker.intake.layout import Layout, Paragraph, Row, Table
from tracker.intake.score_tables import header_years, score_column
from tracker.intake.years import years_in

_TOTAL = re.compile(
    r"(?:คะแนน|ผลการประเมิน|ค่าเฉลี่ย|ร้อยละ|ภาพรวม|ได้)(?:[^\d\n]|(?<!\d)2[4-7]\d\d(?=\s?(?:[=:]|เท่ากับ|คือ))){0,80}?(?<![\d.])(?P<score>\d{2}\.\d{1,2}|100(?:\.00)?)(?!\d)"
)
_WORDS = "ผ่านดีเยี่ยม|ผ่านดี|ไม่ผ่าน|ผ่าน"
_QUOTE = "[“”\"'‘’]"
_GRADE = re.compile(
    rf"[^\d\n]{{0,90}}?(?:ระดับ|เกรด)\s*(?:ผลการประเมิน|คะแนน)?\s*:?\s*{_QUOTE}?\s*(?P<grade>AA|[A-F](?![A-Za-z])|{_WORDS})"
)
_LETTER = re.compile(rf"\s*{_QUOTE}?\s*\(?\s*(?:(?:ใน)?ระดับ|เกรด)?\s*{_QUOTE}?\s*(?P<grade>AA|[A-F])(?![A-Za-z])")
_GRADE_CELL = re.compile(r"\s*(?:คะแนน)?\s*\(?\s*(?P<grade>AA|[A-F])(?![A-Za-z])")
_TOTAL_ROW = re.compile(r"[\s\d.)]{0,6}(?:ผล)?(?:คะแนน)?(?:เฉลี่ย)?(?:รวม|ภาพรวม|เฉลี่ยรวม|คะแนนเฉลี่ย)")
_TOTAL_CELL = re.compile(
    r"(?P<score>\d{2}\.\d{1,2}|100(?:\.00?)?)\s*(?:คะแนน|%)?\s*\(?(?:ระดับ)?\s*(?P<grade>AA|[A-F])?\)?"
)
_GRADES = re.compile(r"AA|[A-F]|ผ่านดีเยี่ยม|ผ่านดี|ผ่าน|ไม่ผ่าน")
_GRADE_ALONE = re.compile(r"(?:ระดับ(?:ผลการประเมิน)?\s*:?\s*)?(?P<grade>AA|[A-F]|ผ่านดีเยี่ยม|ผ่านดี|ผ่าน|ไม่ผ่าน)")
_PASS = re.compile(r"\s*(?:คะแนน)?\s*(?:ระดับ\s*[A-F]{1,2}\s*)?ขึ้นไป")
_RESULT = re.compile(r"ผลการประเมิน|ผลคะแนน|คะแนนการประเมิน")
_RESULT_YEAR = re.compile(r"(?:ผลการประเมิน|ผลคะแนน|คะแนน)[^\n]{0,120}?ปี[^\d\n]{0,20}(2[4-7]\d\d)")
_PREVIOUS = re.compile(r"ปีก่อน|ปีที่ผ่านมา|จากเดิม|ไม่น้อยกว่า|ไม่ต่ำกว่า|เป้าหมาย|เต็ม")
_TARGET = re.compile(r"เป้าหมาย|แผนแม่บท|ยุทธศาสตร์ชาติ")
_EARLIER = re.compile(r"(?:ลดลง|เพิ่มขึ้น|สูงขึ้น|ต่ำลง|น้อยลง)(?:กว่า|จาก)?|จากเดิม|สูงกว่า|ต่ำกว่า|เทียบกับ|เปรียบเทียบ|ในขณะที่ปี|จากปี")
_BECAME = re.compile(r"เป็น|เหลือ")
_GRADE_ROW = re.compile(r"[\s\d.)]{0,6}(?:ผล(?:การประเมิน)?)?(?:ใน)?(?:ระดับ|เกรด)")
_MARKED = re.compile(r"\s*(?:[-•*]|\(?\d{1,2}[.)])")
_AIMED_AT = re.compile(r"ภายใน(?:ใน)?(?:ปี|$)")
_COMPARED = re.compile(r"[^\d\n]{0,24}(?<!\d)(?:\d{2}\.\d{1,2}|100(?:\.00)?)(?!\d)")
_BEFORE, _YEAR_BEFORE, _NARROW, _EARLIER_BEFORE = 60, 600, 60, 120


@dataclass(frozen=True, slots=True)
class Total:
    """The total as printed somewhere, with its grade and year where they stand beside it."""

    score: float
    grade: str | None
    year: int | None
    line: int


def told_totals(layout: Layout) -> tuple[Total, ...]:
    """Return the totals that sentences tell, those inside of tables first."""
    rows = (Paragraph(row.text, row.line) for block in layout.blocks if isinstance(block, Table) for row in block.rows)
    inside = [total for row in rows if not _TOTAL_ROW.match(arabic(row.text)) for total in _prose_totals(row)]
    return (*inside, *(total for line in _running(layout) for total in _prose_totals(line)))


def table_totals(layout: Layout, year: int | None) -> Iterator[Total]:
    """Yield the totals that rows of tables give, of the column for a year (B.E.) where there are several."""
    for block in layout.blocks:
        if isinstance(block, Table):
            yield from _table_totals(block, year)


def _running(layout: Layout) -> Iterator[Paragraph]:
    """Yield the paragraphs, those that a narrow column broke into short lines as one."""
    held: Paragraph | None = None
    last = ""
    for block in layout.blocks:
        narrow = isinstance(block, Paragraph) and len(block.text) <= _NARROW and not _MARKED.match(arabic(block.text))
        if held and narrow and len(last) <= _NARROW and len(held.text) <= _YEAR_BEFORE and isinstance(block, Paragraph):
            held, last = Paragraph(f"{held.text} {block.text}", held.line), block.text
            continue
        if held:
            yield held
        held, last = (block, block.text) if isinstance(block, Paragraph) else (None, "")
    if held:
        yield held


def _prose_totals(line: Paragraph) -> Iterator[Total]:
    """Yield the totals that a sentence tells; a score that it is compared with is an earlier year's."""
    plain = arabic(line.text)
    if "คะแนน" not in plain and "ผลการประเมิน" not in plain:
        return
    told = 0
    for found in _TOTAL.finditer(plain):
        if told and _is_earlier(plain[max(told, found.start("score") - _EARLIER_BEFORE) : found.start("score")]):
            continue
        grade = _grade(plain, found.end())
        if _is_total(plain, found, graded=grade is not None):
            years = years_in(plain[max(0, found.start() - _YEAR_BEFORE) : found.start("score")])
            year = years[-1] if years else _year_behind(plain[found.end() : found.end() + _EARLIER_BEFORE])
            yield Total(float(found["score"]), grade, year, line.line)
            told = found.end()


def _grade(text: str, at: int) -> str | None:
    """Return the grade told behind a score; a letter beside the words ("ระดับผ่านดี (A)") is the grade."""
    found = _GRADE.match(text, at) or _GRADE_CELL.match(text, at)
    if not found:
        return None
    letter = _LETTER.match(text, found.end())
    return letter["grade"] if letter else found["grade"]


def _year_behind(text: str) -> int | None:
    """Return the year told behind a score ("… ระดับ A ในปีงบประมาณ ๒๕๖๘"), up to where it is compared with another.

    A year with a score of its own ("(ปี ๒๕๖๗ ได้ ๗๗.๘๐)") is another's.
    """
    compared = _EARLIER.search(text)
    told = text[: compared.start()] if compared else text
    years = years_in(told)
    at = told.find(str(years[0])) if years else -1
    return years[0] if years and not _COMPARED.match(text, at + len(str(years[0]))) else None


def _is_earlier(between: str) -> bool:
    """Say whether the words between two scores compare the first with the second ("ลดลงจากปี ๒๕๖๗ ซึ่งได้ …")."""
    compared = [found.end() for found in _EARLIER.finditer(between)]
    return bool(compared) and not _BECAME.search(between, compared[-1])


def _table_totals(table: Table, year: int | None) -> Iterator[Total]:
    """Yield the total of a table: the row so called, in the column of the scores, its grade there or below."""
    column, years = score_column(table, year), header_years(table)
    for at, row in enumerate(table.rows):
        if not _TOTAL_ROW.match(row.text):
            continue
        cells = list(enumerate(arabic(cell.text) for cell in row.cells))
        values = [(n, found) for n, text in cells if (found := _TOTAL_CELL.fullmatch(text.strip()))]
        chosen = next((one for one in values if one[0] == column), values[-1] if values else None)
        if chosen:
            grade = chosen[1]["grade"] or next((text for _, text in cells if _GRADES.fullmatch(text)), None)
            grade = grade or _grade_below(table.rows[at + 1 : at + 3], chosen[0])
            yield Total(float(chosen[1]["score"]), grade, years.get(chosen[0]), row.line)
        else:
            yield from _prose_totals(Paragraph(row.text, row.line))


def _grade_below(rows: tuple[Row, ...], column: int) -> str | None:
    """Return the grade that a row of its own prints below the total: in its column, or the only one of the row."""
    for row in rows:
        texts = [arabic(cell.text).strip() for cell in row.cells]
        if not _GRADE_ROW.match(" ".join(text for text in texts if text)):
            continue
        if column < len(texts) and (found := _GRADE_ALONE.fullmatch(texts[column])):
            return found["grade"]
        return next((found["grade"] for text in texts if (found := _GRADE_ALONE.fullmatch(text))), None)
    return None


def _is_total(text: str, found: re.Match[str], *, graded: bool) -> bool:
    """Say whether a score is the agency's own total: not an indicator's, a target, or the pass mark."""
    before = text[max(0, found.start() - _BEFORE) : found.start("score")]
    if _TARGET.search(before) and not graded:
        return False
    return not (named_indicators(before) or _PASS.match(text, found.end()) or _PREVIOUS.search(found[0]))


def chosen_total(totals: tuple[Total, ...]) -> Total | None:
    """Return the total that is printed with a grade, the most frequent one when there are several."""
    graded = [one for one in totals if one.grade] or list(totals)
    if not graded:
        return None
    often = Counter(one.score for one in graded)
    best = max(graded, key=lambda one: often[one.score])
    alike = [one for one in (*graded, *totals) if one.score == best.score]
    year = next((one.year for one in alike if one.year), None)
    return Total(best.score, best.grade, year, best.line)


def heading_year(layout: Layout) -> int | None:
    """Return the year that most lines about the result name; one by which all shall pass ("ภายในปี ๒๕๗๐") is none."""
    lines = (
        arabic(line.text[:_YEAR_BEFORE]) for line in layout.paragraphs() if _RESULT.search(line.text[:_YEAR_BEFORE])
    )
    found = (one for text in lines for one in _RESULT_YEAR.finditer(text) if not _is_aim(text, one))
    years = Counter(one[1] for one in found)
    return int(years.most_common(1)[0][0]) if years else None


def _is_aim(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - _EARLIER_BEFORE) : found.start(1)]
    return bool(_AIMED_AT.search(found[0]) or _TARGET.search(before))
