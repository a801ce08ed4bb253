"""Measures listed without table or labels, each line with its owner in brackets: "๑. ประกาศนโยบาย (กองคลัง)"."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.domain.indicators import indicator_of
from tracker.domain.thai.numerals import squeeze
from tracker.domain.thai.phrases import find_phrases, read_timeframe
from tracker.intake.block_lines import BlockLine
from tracker.intake.layout import Cell
from tracker.intake.measure_row import EMPTY, MeasureRow

_ENDS = re.compile(r"(?P<title>.*\S)\s*[(（](?P<inside>[^()（）]{3,200})[)）][\s.]*")
_OWNER = re.compile(
    r"(?:สำนัก|กอง(?!ทุน)|กลุ่ม|ฝ่าย|งาน|ศูนย์|สถาบัน|ส่วน|หน่วย|ทุก|คณะ|ปลัด|แผนก|ภาควิชา|โรงเรียน|โรงพยาบาล|ผู้อำนวยการ|หัวหน้า|แขวง|อำเภอ)"
    r"[^\d]{2,}"
)
_LABEL = re.compile(
    r"(?:(?:หน่วยงาน|ผู้)?(?:ที่|ผู้)?(?:รับผิดชอบ|ดำเนินการ)(?:หลัก|ร่วม)?|(?:ระยะ|กำหนด)เวลา(?:ดำเนินการ)?)\s*:?\s*"
)
_PARTS = re.compile(r"\s*[,;|:]\s*|\s+-\s+(?=[ก-ฮ]{3})|\s+(?=ภายใน|ระยะเวลา|กำหนด|ไตรมาส|ตลอด|ทุก(?:เดือน|ไตรมาส))")
_GROUPS = ("ตัวชี้วัด", "ด้าน", "ประเด็น", "หมวด")
_LEAST, _MOSTLY, _FAR = 3, 0.6, 60


def bracketed_rows(lines: Sequence[BlockLine]) -> tuple[MeasureRow, ...]:
    """Return the measures of a list whose lines end with their owner in brackets; none unless most lines do."""
    joined = list(_joined(lines))
    owned = [n for n, line in enumerate(joined) if line.style and _owner_and_time(line)]
    if len(owned) < _LEAST:
        return ()
    style, count = Counter(joined[n].style for n in owned).most_common(1)[0]
    alike = [n for n in range(owned[0], owned[-1] + 1) if joined[n].style == style]
    if count < _LEAST or count < _MOSTLY * len(alike):
        return ()
    return tuple(_rows(joined, alike, owned[-1]))


def _joined(lines: Sequence[BlockLine]) -> Iterator[BlockLine]:
    """Yield the lines, a numbered one together with the line below it on which it ends with its brackets."""
    held: BlockLine | None = None
    for line in lines:
        if held and not line.style and not line.role and line.line <= held.line + 1 and _ENDS.fullmatch(line.text):
            yield BlockLine(
                held.text, held.line, style=held.style, number=held.number, words=f"{held.words}{line.text}"
            )
            held = None
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _rows(lines: Sequence[BlockLine], alike: Sequence[int], last: int) -> Iterator[MeasureRow]:
    for at, end in zip(alike, [*alike[1:], last + 1], strict=True):
        found, owner, time = _ENDS.fullmatch(lines[at].words), EMPTY, EMPTY
        title = lines[at].words
        if found and (owned := _owner_and_time(lines[at])):
            title, (owner, time) = found["title"], owned
        if not time.parts:
            title, time = _ending_time(title)
        below = [one for one in lines[at + 1 : end] if one.style and not one.words.startswith(_GROUPS)]
        steps = Cell(tuple(one.text for one in below if not one.style.startswith(_GROUPS)))
        group = indicator_of(_group(lines[max(0, at - _FAR) : at]))
        yield MeasureRow(
            number=lines[at].number,
            title=title,
            indicator=indicator_of(title) or group,
            steps=steps,
            owner=owner,
            time=time,
            monitor=EMPTY,
            line=lines[at].line,
        )


def _owner_and_time(line: BlockLine) -> tuple[Cell, Cell] | None:
    """Return who and when the brackets at a line's end name; None when they name no unit."""
    found = _ENDS.fullmatch(line.words)
    if not found:
        return None
    parts = [_LABEL.sub("", part, count=1).strip() for part in _PARTS.split(found["inside"])]
    times = tuple(part for part in parts if part and read_timeframe(part).rule != "none")
    owners = tuple(part for part in parts if part and part not in times)
    if not owners or not _OWNER.match(squeeze(owners[0])):
        return None
    return Cell(owners), Cell((", ".join(times),)) if times else EMPTY


def _ending_time(title: str) -> tuple[str, Cell]:
    """Part a title from the deadline with which it ends ("… ภายในเดือนมีนาคม ๒๕๖๙")."""
    found = find_phrases(title)
    if not found or found[-1].end < len(title.rstrip()) or found[-1].reading.rule not in ("due", "window"):
        return title, EMPTY
    rest = title[: found[-1].start].strip()
    return (rest, Cell((found[-1].text,))) if rest else (title, EMPTY)


def _group(above: Sequence[BlockLine]) -> str:
    named = (line.words for line in reversed(above) if line.style.startswith(_GROUPS) or line.words.startswith(_GROUPS))
    return next(named, "")
