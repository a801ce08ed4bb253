"""The indicator that measures stand under: by a heading above their table, a row above theirs, or a merged cell."""

import re
from dataclasses import dataclass

from tracker.domain.indicators import indicator_of, named_indicators
from tracker.intake.headers import Columns
from tracker.intake.items import numbered
from tracker.intake.layout import Row
from tracker.intake.measure_row import cell_of

_BEFORE = re.compile(
    r"[*#\s\d.()]*(?:มาตรการ\S{0,12}?)?\s?(?:ตัวชี้วัด(?:ย่อย)?(?:ที่)?|ด้าน|ประเด็น(?:ที่)?|ข้อ(?:ที่)?)?[\s\d.:)–-]*(?:ด้าน)?"
)
_BEHIND = re.compile(r"[*\s]*(?:[(（].{0,60}[)）])?[*\s:]*")
_ALSO = ("และ", "/", ",")


@dataclass(slots=True)
class Groups:
    """What is printed above the rows at hand: the paragraph above the table, a row, a cell merged over several rows."""

    section: str = ""
    heading: str = ""
    merged: str = ""
    listed: bool = False

    def pass_paragraph(self, text: str) -> None:
        """Take the paragraph above a table for its heading when it is an indicator's name, and no list of them."""
        names = is_section_heading(text)
        self.section = text if names and not self.listed else ""
        self.listed = names
        if self.section:
            self.heading = self.merged = ""

    def pass_table(self) -> None:
        """Note that a table stands between two paragraphs: they are no list."""
        self.listed = False

    def pass_heading(self, text: str) -> None:
        """Take a row that only heads the rows below it."""
        self.heading, self.merged = text, ""

    def pass_row(self, row: Row, columns: Columns) -> None:
        """Take what a row's own cells say; where they are blank, the cell above them goes on."""
        own = (cell_of(row, n).text for n in (columns.indicator, columns.issue))
        self.merged = " ".join(text for text in own if text) or self.merged

    def end_table(self) -> None:
        """Forget the rows and cells of a table when one of another kind begins."""
        self.heading = self.merged = ""

    def indicator_for(self, title: str) -> int | None:
        """Return the indicator that the nearest group names, or else that of a measure's title."""
        own = indicator_of(title)
        named = (_named(group, own) for group in (self.merged, self.heading, self.section))
        return next((one for one in named if one), own) or indicator_of(self.heading)


def is_section_heading(text: str) -> bool:
    """Say whether a paragraph is an indicator's name with its number and no more ("ตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน")."""
    found = named_indicators(text)
    return (
        len(found) == 1
        and bool(_BEFORE.fullmatch(text[: found[0].start]))
        and bool(_BEHIND.fullmatch(text[found[0].end :]))
    )


def row_heading(row: Row, columns: Columns) -> str | None:
    """Return the words of a row that only heads the rows below it, its number aside; None for any other row."""
    filled = [n for n, cell in enumerate(row.cells) if cell.parts and (n != columns.number or n == 0)]
    if len(filled) > 1 and filled[0] == columns.number:
        filled = filled[1:]
    if len(filled) != 1 or filled[0] not in (0, columns.title):
        return None
    number, title = numbered(row.cells[filled[0]].text)
    return title if _is_group(title, number) else None


def _is_group(title: str, number: str | None) -> bool:
    """Say whether a lone cell is a heading inside the table ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่")."""
    return title.startswith(("ตัวชี้วัด", "ด้าน", "แบบวัด", "แบบตรวจ")) or (number is None and bool(named_indicators(title)))


def _named(group: str, own: int | None) -> int | None:
    """Return the one indicator that a group names; the title's `own` where the group speaks of both."""
    found = named_indicators(group)
    if len({one.id for one in found}) != 1:
        return None
    before, behind = group[: found[0].start].rstrip(), group[found[-1].end :].lstrip()
    others = [before] * before.endswith(_ALSO) + [behind] * behind.startswith(_ALSO)
    return own if own and own in map(indicator_of, others) else found[0].id
