"""Whose plan it is: the agency named in the title, as often as the document repeats it."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from tracker.domain.thai.numerals import squeeze
from tracker.intake.layout import Layout
from tracker.intake.years import title_lines

_KINDS = (
    "องค์การบริหารส่วนจังหวัด|องค์การบริหารส่วนตำบล|เทศบาลตำบล|เทศบาลเมือง|เทศบาลนคร|สำนักงานจังหวัด|"
    "ที่ว่าการอำเภอ|มหาวิทยาลัย|โรงพยาบาล|โรงเรียน|วิทยาลัย|กระทรวง|กรม|การไฟฟ้า|การประปา|"
    "สำนักงาน|สถาบัน|องค์การ|ธนาคาร|บริษัท|การรถไฟ|การท่าเรือ|การเคหะ|การทาง|การยาง|การนิคม|การกีฬา|"
    "กองทุน|กองบัญชาการ|กองทัพ|สถานีตำรวจ|ศูนย์|สำนัก(?!ปลัด|งาน)|จังหวัด|อำเภอ|เมืองพัทยา|กรุงเทพมหานคร"
    r"|อบ[ตจ]\.\s?|ท[ตมน]\.\s?"
)
_NAME = re.compile(rf"(?:{_KINDS})[ก-๙]{{2,60}}|เมืองพัทยา|กรุงเทพมหานคร")
_PREFIX = re.compile(rf"(?:{_KINDS})")
_ADDRESS = re.compile(
    r"(?:\s+(?:ตำบล|อำเภอ|จังหวัด|เขต|กรุงเทพ)[ก-๙]{0,40})*(?:\s+(?:ประจำ)?ปี\s?(?:งบประมาณ)?[\s.พศ\d๐-๙]{4,16})?[\s*\"”)]*"
)
_WHOLE = re.compile(r"(?=[\s*\"”)]|$)")
_KIND_ALONE = re.compile(rf"(?:{_KINDS}|องค์การ)(?:บริหารส่วน(?:ตำบล|จังหวัด))?")
_NOT_OWN = ("ป.ป.ช", "ป้องกันและปราบปรามการทุจริต", "คณะกรรมการป้องกัน")
_TITLE_WEIGHT, _MOST, _LONGEST = 6, 20, 400
_ALIKE = 0.72


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency's name as the title prints it, and other spellings with the line where each first stands."""

    name: str | None
    variants: tuple[tuple[str, int], ...] = ()


def read_agency(layout: Layout) -> Agency:
    """Return the agency of the plan: the name that ends a line of the title, weighed by how often it recurs.

    Other offices in the document (the receiver of a copy, the NACC) do not stand in its title.
    """
    titled = Counter(name for lines in title_lines(layout) for one in lines for name in _ending(one.text))
    candidates = titled or Counter(_all_names(layout))
    if not candidates:
        return Agency(None)
    text = squeeze(" ".join(line.text for line in layout.lines()))
    weight = {name: n * _TITLE_WEIGHT + min(text.count(squeeze(name)), _MOST) for name, n in candidates.items()}
    name = max(weight, key=lambda one: weight[one])
    return Agency(name, _variants(layout, name))


def _ending(text: str) -> list[str]:
    """Return the agency with which a line ends, its address (อำเภอ…, จังหวัด…) aside."""
    ending = (found[0] for found in _NAME.finditer(text) if _ADDRESS.fullmatch(text, found.end()))
    names = [name for name in ending if not _KIND_ALONE.fullmatch(name)]
    return [] if any(word in text for word in _NOT_OWN) else names[:1]


def _all_names(layout: Layout) -> list[str]:
    lines = (line.text for line in layout.lines() if len(line.text) < _LONGEST)
    names = (found[0] for text in lines for found in _NAME.finditer(text) if _WHOLE.match(text, found.end()))
    return [name for name in names if not _KIND_ALONE.fullmatch(name) and not any(word in name for word in _NOT_OWN)]


def _variants(layout: Layout, name: str) -> tuple[tuple[str, int], ...]:
    """Return names of the same kind that are nearly, but not quite, the agency's: misprints or OCR errors."""
    kind = _PREFIX.match(name)
    own = name[kind.end() :] if kind else name
    seen: dict[str, int] = {}
    for line in layout.lines():
        for found in _NAME.finditer(line.text):
            other = _PREFIX.match(found[0])
            same_kind = kind and other and kind[0] == other[0]
            if same_kind and _WHOLE.match(line.text, found.end()) and _is_misprint(own, found[0][len(kind[0]) :]):  # type: ignore[index]
                seen.setdefault(found[0], line.line)
    return tuple(seen.items())


def _is_misprint(own: str, other: str) -> bool:
    if own == other or other.startswith(own) or own.startswith(other):
        return False
    return len(other) < 2 * len(own) and SequenceMatcher(None, own, other, autojunk=False).ratio() >= _ALIKE
