"""HTML that OCR leaves inside a cell: lists with and without items, paragraphs, line breaks."""

import html
import re
from html.parser import HTMLParser

from tracker.domain.thai.phrases_grammar import MONTH

_TAG = re.compile(r"</?(?:ul|ol|li|p|br|div|span|b|i|u|strong|em|sup|sub|table|t[rdh]|tbody|thead)\b", re.IGNORECASE)
_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_LONGEST = 50_000
_DASH = re.compile(r"(?:^|\s)[-–•]\s+")
_PAIR = re.compile(r"(?:ติดต่อ|ถาม|รับ|ยืม|เข้า|จัดซื้อ|ขึ้น)\s*[-–]\s*(?:สอบถาม|ตอบ|ส่ง|จ่าย|คืน|ออก|จัดจ้าง|ลง)")
_COUNTED = r"(?:ข้อ|หน้า|รุ่น|ครั้ง|ไตรมาส|ระยะ|ตัวชี้วัด|มาตรการ|ลำดับ|หมู่|ชั้น)(?:ที่)?"
_FROM = re.compile(rf"(?:(?<![A-Za-z])(?P<letter>[A-Za-z]{{1,3}})|\S\s*(?P<word>{_COUNTED}))\s?(?P<n>\d{{1,3}})$")
_TO = re.compile(rf"(?P<word>[A-Za-z]{{1,3}}|{_COUNTED})\s?(?P<n>\d{{1,3}})(?!\d)")
_DATE_START = re.compile(rf"[\d๐-๙]|{MONTH}")
_BLOCKS = frozenset({"p", "li", "br", "div", "ul", "ol", "tr", "td", "th"})


def cell_parts(cell: str) -> tuple[str, ...]:
    """Return the paragraphs and list items of a cell, in order; a cell without tags is one part."""
    if len(cell) > _LONGEST or not _TAG.search(cell):
        return (cell,)
    reader = _CellReader()
    reader.feed(cell)
    reader.close()
    return tuple(part for part in reader.parts if part.strip())


def plain_text(text: str) -> str:
    """Return a text without tags, its entities resolved."""
    return html.unescape(_TAGS.sub(" ", text)) if "<" in text or "&" in text else text


def dash_items(text: str) -> tuple[str, ...]:
    """Split "- a - b" into its items; a dash between two dates or counts, or inside "ติดต่อ - สอบถาม", is none."""
    kept = _PAIR.sub(lambda pair: pair[0].replace("-", "\ue000").replace("–", "\ue001"), text)
    items: list[str] = []
    for piece in _DASH.split(kept):
        piece_ = piece.replace("\ue000", "-").replace("\ue001", "–").strip()
        if items and (is_range(items[-1], piece_) or (_is_date_end(items[-1]) and _is_date_start(piece_))):
            items[-1] = f"{items[-1]} - {piece_}"
        elif piece_:
            items.append(piece_)
    return tuple(items)


def is_range(before: str, after: str) -> bool:
    """Say whether what stands before and after a dash counts from one to the other: "ข้อ O๑ - O๓๕"."""
    first, last = _FROM.search(before[-30:].rstrip()), _TO.match(after)
    if not first or not last:
        return False
    return last["word"] in (first["letter"], first["word"]) and int(last["n"]) > int(first["n"])


def _is_date_end(text: str) -> bool:
    return bool(re.search(r"(?:[\d๐-๙]|\.[ก-ฮ]\.)\s*$", text[-12:]))


def _is_date_start(text: str) -> bool:
    return bool(_DATE_START.match(text))


class _CellReader(HTMLParser):
    """Collects the parts of one cell. Text after a closed list goes on the list's last item, as OCR cuts it off."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open = False
        self._bare_list = False
        self._after_list = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._bare_list = tag in ("ul", "ol") or (self._bare_list and tag not in ("li", "p"))
        if tag in _BLOCKS:
            self._open = False
        if tag in _BLOCKS and tag != "br":
            self._after_list = False

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._open = False
        if tag in ("ul", "ol"):
            self._bare_list, self._after_list = False, bool(self.parts)

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if not words:
            return
        if self._after_list:
            self.parts[-1] += words
        elif self._bare_list:
            self.parts.extend(dash_items(words))
        elif self._open:
            self.parts[-1] += (" " if data[0].isspace() else "") + words
        else:
            self.parts.append(words)
        self._open = True
