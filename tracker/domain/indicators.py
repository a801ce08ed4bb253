"""The ten ITA indicators: their names as agencies print them, and what can be recomputed from the scores.

A number printed before a name is often a rank, so an indicator is known by its name alone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.domain.plans import Instrument
from tracker.domain.thai.numerals import arabic, squeeze

PASS_MARK = 85.0
TOLERANCE = 0.02
"""Agencies round the three weighted parts before they add them, so a total may be off by this much."""

_WEIGHTS: Mapping[Instrument, float] = {"IIT": 0.3, "EIT": 0.3, "OIT": 0.4}
_BANDS = (("AA", 95.0), ("A", 85.0), ("B", 75.0), ("C", 65.0), ("D", 55.0))
"""NACC bands of FY2562-2566; below 55 the years disagree on E and F, so those two are not judged."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; `names` are the ways in which it is printed, the official one first."""

    id: int
    instrument: Instrument
    names: tuple[str, ...]
    words: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The official name."""
        return self.names[0]


INDICATORS = (
    Indicator(1, "IIT", ("การปฏิบัติหน้าที่",)),
    Indicator(2, "IIT", ("การใช้งบประมาณ", "การใช้จ่ายงบประมาณ"), ("งบประมาณ",)),
    Indicator(3, "IIT", ("การใช้อำนาจ",), ("บริหารงานบุคคล", "มอบหมายงาน")),
    Indicator(
        4,
        "IIT",
        ("การใช้ทรัพย์สินของทางราชการ", "การใช้ทรัพย์สินของราชการ", "การใช้ทรัพย์สินทางราชการ"),
        ("ทรัพย์สิน",),
    ),
    Indicator(
        5,
        "IIT",
        ("การแก้ไขปัญหาการทุจริต", "การแก้ไขปัญหาคาการทุจริต", "การแก้ปัญหาการทุจริต"),
        ("ร้องเรียน", "เฝ้าระวังการทุจริต", "ลดปัญหาการทุจริต"),
    ),
    Indicator(6, "EIT", ("คุณภาพการดำเนินงาน", "คุณภาพการให้บริการ")),
    Indicator(7, "EIT", ("ประสิทธิภาพการสื่อสาร",), ("การสื่อสาร", "รับรู้ข้อมูลข่าวสาร")),
    Indicator(8, "EIT", ("การปรับปรุงการทำงาน", "การปรับปรุงระบบการทำงาน"), ("ปรับปรุงระบบ", "ปรับปรุงการพัฒนา", "มีส่วนร่วม")),
    Indicator(9, "OIT", ("การเปิดเผยข้อมูล",), ("เปิดเผยข้อมูล", "เผยแพร่ข้อมูล")),
    Indicator(10, "OIT", ("การป้องกันการทุจริต",), ("ป้องกันการทุจริต",)),
)
_BY_ID = {indicator.id: indicator for indicator in INDICATORS}
_IDS = {squeeze(name): indicator.id for indicator in INDICATORS for name in indicator.names}
_NAMES = re.compile(
    "|".join(
        r"\s?".join(name).replace("\u0e33", "(?:\u0e33|\u0e4d\\s?\u0e32)")
        for name in sorted((name for i in INDICATORS for name in i.names), key=len, reverse=True)
    )
)
_TOOL = re.compile(r"\s{0,3}สาธารณะ")


@dataclass(frozen=True, slots=True)
class NamedIndicator:
    """An indicator's name inside a text: `text[start:end]`."""

    id: int
    start: int
    end: int


def indicator(number: int) -> Indicator:
    """Return the indicator with a true number from 1 to 10; KeyError on any other."""
    return _BY_ID[number]


def named_indicators(text: str) -> tuple[NamedIndicator, ...]:
    """Return the indicators that a text names, in reading order.

    "การเปิดเผยข้อมูลสาธารณะ" is the tool (OIT), not indicator 9.
    """
    return tuple(
        NamedIndicator(_IDS[squeeze(found[0])], found.start(), found.end())
        for found in _NAMES.finditer(text)
        if not _TOOL.match(text, found.end())
    )


def indicator_of(title: str) -> int | None:
    """Return the indicator that a measure's title speaks of, or None when it names none or several."""
    named = {one.id for one in named_indicators(title)}
    if len(named) == 1:
        return named.pop()
    key = squeeze(title).replace("ปีงบประมาณ", "")
    spoken = {one.id for one in INDICATORS if any(squeeze(word) in key for word in one.words)}
    return spoken.pop() if len(spoken) == 1 and not named else None


def total_of(scores: Mapping[int, float]) -> float | None:
    """Return the total that ten scores give (30/30/40, equal weight inside a tool); None when one is missing."""
    if set(scores) != set(_BY_ID):
        return None
    return sum(
        weight * _mean(scores[i.id] for i in INDICATORS if i.instrument == tool) for tool, weight in _WEIGHTS.items()
    )


def grade_of(score: float) -> str | None:
    """Return the band of a total (AA to D), or None below D, where the years disagree."""
    return next((grade for grade, least in _BANDS if round(score, 2) >= least), None)


def score_value(text: str) -> float | None:
    """Return the score that a cell holds alone ("๘๕.๔๖", "ร้อยละ 85.46"), or None."""
    found = re.fullmatch(r"(?:ร้อยละ)?\s*(\d{1,3}(?:\.\d{1,4})?)\s*(?:คะแนน|%)?", arabic(text).strip())
    return float(found[1]) if found and float(found[1]) <= 100 else None  # noqa: PLR2004 - a percentage


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
