"""Measures that stand in rows of their own, merged over the table, above the rows of their activities."""

import re
from collections.abc import Sequence

from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.layout import Row

_BANNER = re.compile(
    r"\s*(?:\d{1,2}\s?[.)]\s?)?(?P<word>มาตรการ|แนวทาง|โครงการ)(?:ที่\s?\d|ข้อ\s?(?:ที่\s?)?\d|\s?:|\s?\d|[ก-๙])"
)
_NUMBER = re.compile(r"[\s\d.()]{1,6}")


def banner_text(row: Row) -> str | None:
    """Return the words of a row that holds a measure and nothing else, its number included; None for any other row."""
    filled = [cell.text for cell in row.cells if cell.parts]
    if len(filled) == 2 and _NUMBER.fullmatch(arabic(filled[0])):  # noqa: PLR2004
        filled = [f"{filled[0].strip().rstrip('.')}. {filled[1]}"]
    return filled[0] if len(filled) == 1 and _BANNER.match(arabic(filled[0])) else None


def begins_with_banner(body: Sequence[Row], header: Row) -> bool:
    """Say whether the rows below a header begin with a banner, of a kind that no column of the header names."""
    first = banner_text(body[0]) if len(body) > 1 else None
    found = _BANNER.match(arabic(first)) if first else None
    return bool(found) and not any(found["word"] in squeeze(cell.text) for cell in header.cells if found)
