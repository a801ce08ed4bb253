"""What a workbook's cell shows: numbers with their printed decimals, dates as a Thai official writes them."""

import datetime as dt
import math
import re
from typing import Any

from tracker.domain.thai.dates import MONTHS
from tracker.domain.thai.numerals import thai

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DECIMALS = re.compile(r"[0#?]\.([0#?]+)")
_BUDDHIST_FROM, _OFFSET = 2400, 543
_PLAIN_DIGITS = 10


def shown(value: Any, number_format: str) -> str:
    """Return a cell's value as the text that the sheet shows, without colours and padding.

    A real date comes back as "๓๑ มีนาคม ๒๕๖๖" (month and year alone when its format has no day); Excel keeps C.E.
    years, but one from 2400 on was typed as a year of the Buddhist era.
    """
    if value is None or isinstance(value, bool):
        return {True: "✓", False: "", None: ""}[value]
    if isinstance(value, dt.datetime | dt.date):
        return _day(value, number_format)
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value) if isinstance(value, str) else ""


def _day(value: dt.date, number_format: str) -> str:
    year = value.year if value.year >= _BUDDHIST_FROM else value.year + _OFFSET
    month = f"{MONTHS[value.month - 1]} {thai(year)}"
    pattern = _QUOTED.sub("", number_format).lower()
    return month if "m" in pattern and "d" not in pattern else f"{thai(value.day)} {month}"


def _number(value: float, number_format: str) -> str:
    if not math.isfinite(value):
        return ""
    pattern = _QUOTED.sub("", number_format.split(";", maxsplit=1)[0])
    is_percent = "%" in pattern
    scaled = value * 100 if is_percent else value
    decimals = _DECIMALS.search(pattern)
    if decimals:
        text = f"{scaled:.{min(len(decimals[1]), _PLAIN_DIGITS)}f}"
        text = text.rstrip("0").rstrip(".") if set(decimals[1]) == {"#"} else text
    elif is_percent or (pattern and set(pattern) <= set("0#,?") and "0" in pattern):
        text = f"{scaled:.0f}"
    else:
        text = f"{scaled:.{_PLAIN_DIGITS}g}"
        text = f"{scaled:.0f}" if "e" in text and abs(scaled) >= 1 else text
    return f"{text}%" if is_percent else text
