"""What is doubtful about the times of a measure's row, for a person to settle: nothing of it is guessed in silence."""

import re
from collections.abc import Iterator, Sequence

from tracker.domain.plans import PlanWarning
from tracker.domain.thai.phrases import Reading

_EVERY_FEW = re.compile(r"ทุก|เว้น|รอบ|ราย(?!งาน)")
_SAYS_SOMETHING = re.compile(r"[ก-ฮ]{2}|\d")
_LONGEST_QUOTE, _WEEK = 60, 7


def time_doubts(text: str, readings: Sequence[Reading], line: int, place: str) -> Iterator[PlanWarning]:
    """Yield what is open about the times of a text: what may be several days, what comes back in no round of a plan.

    In the column of times, where something must be a time, words that are read as none are told too. How often a
    step is done is nobody's doubt.
    """
    quoted = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    yield from (warning for one in readings if (warning := _choice(one, quoted, line)))
    if place == "time" and not readings and _SAYS_SOMETHING.search(text):
        yield PlanWarning("unread-time", f"อ่านระยะเวลา “{quoted}” ไม่ออก จึงไม่มีกำหนดวัน โปรดระบุวันที่ให้แน่ชัด", line)
    if place != "steps" and any(_comes_back(one, text) for one in readings) and _EVERY_FEW.search(text):
        yield PlanWarning("unread-time", f"ระบบยังไม่ตั้งงานตามรอบใน “{quoted}” โปรดกำหนดวันของแต่ละรอบ", line)


def _choice(reading: Reading, quoted: str, line: int) -> PlanWarning | None:
    dates = [str(one.due or one.end) for one in reading.alternatives if one.due or one.end]
    open_ended = reading.rule in ("due", "window") and not (reading.due or reading.end)
    cut_off = any(one.start and one.start == reading.start and not one.end for one in reading.alternatives)
    if not open_ended and not cut_off and not (reading.rule == "undated" and dates):
        return None
    dates = [str(reading.end), *dates] if cut_off else dates
    choices = f" อาจหมายถึง {' หรือ '.join(dates)}" if dates else ""
    return PlanWarning("ambiguous-date", f"กำหนดเวลา “{quoted}” ไม่ชัดเจน{choices} โปรดระบุวันที่ให้แน่ชัด", line)


def _comes_back(reading: Reading, text: str) -> bool:
    """Say whether a reading recurs every few weeks or months: no rule of a plan is so, and no task is opened.

    A span that prints from where it counts is bound to that event; words that are only implied stand nowhere.
    """
    offset = reading.offset if reading.rule == "relative" and not reading.due else None
    printed = offset and offset.since and offset.since in text
    return bool(offset and offset.days >= _WEEK and not offset.working and not printed)
