"""Thai as fonts and PDF writers break it: sara am taken apart, marks cut off or out of order, private glyphs."""

import re

from tracker.domain.thai.numerals import compose_sara_am

_PRIVATE = {
    **{0xF700 + n: ord(char) for n, char in enumerate("ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู")},
    **dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF06C, 0xF09F, 0xF0A8, 0xF06F), "•"),
    **dict.fromkeys((0xF0FC, 0xF0FE, 0xF050, 0xF052), "✓"),
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD)),
    0x00A0: " ",
}
"""Glyphs of old Thai fonts (U+F700…), of Wingdings and Symbol (U+F0…), and marks without a width."""

_CONSONANT, _TONE, _MARK = "[ก-ฮ]", "[่-๋]", "[ัิ-ฺ็-๎]"
_RIGHT = re.compile(
    "[ฆฎ-ฒณผ-ฝฟ-มวศษฬฮญ]่?้?า|การ(?!าบ)|ง[่้]?า[นมย]|ทาง(?!าน)|ตาม|จา[กร]|รา[ชยคง]|ชาญ|ชาติ|ชาว|อา[จคยทศส]|สามารถ|สามัญ|"
    "สา[ยธ]|สาเหตุ|สารสน|สาระ|สารบ|เอกสาร|ข่าวสาร|สื่อสาร|ด้าน|ค่า|ช่าง|ข่าว|ข้า[รง]|หน้า|ก้าว|เวลา|พัฒนา|ปัญหา|ล่า[ชส]|อย่าง|"
    "ยาว|ยาก|บา[ทง]|นาย|ขา[ดวย]|ชา[ยว]|พาณ|พาท"
)
"""What is right with a plain sara aa; elsewhere one after a blank is what is left of a sara am."""

_NIKHAHIT = re.compile(rf"({_TONE}?)\u0e4d[ ]?({_TONE}?)[ ]?\u0e32")
_LONE_AM = re.compile(rf"(?<=[ก-ฮ่-๋])[ \t]+({_TONE}?)[ ]?\u0e33")
_LOST = re.compile(rf"({_CONSONANT})({_TONE}?)(?:[ \t\ufffd]|\(cid:\d+\))+({_TONE}?)\u0e32")
_CUT_MARK = re.compile(rf"(?<=[ก-ฮ])[ \t]+(?={_MARK})|(?<=[ัิ-ฺ])[ \t]+(?=[่-๋์])")
_SWAPPED = re.compile(r"([่-๋])([ัิ-ฺ])")
_TWICE_AM = re.compile("\u0e33\u0e32")
_TWICE = re.compile(rf"({_MARK})\1+")
_CID = re.compile(r"\(cid:\d+\)")
_SPACED = re.compile(r"(?:^|\s)\S\s$")
_NEXT_SPACED = re.compile(r"\s+\S[ัิ-ฺ็-๎]*(?:\s|$)")


def repaired(text: str) -> str:
    """Return a text with its Thai letters as a writer types them; a text that is right comes back unchanged.

    Only sequences that Thai spelling cannot have are touched: a mark or a following vowel after a blank, a tone
    before its vowel, the same mark twice, nikhahit with sara aa.
    """
    plain = compose_sara_am(text.translate(_PRIVATE))
    plain = _SWAPPED.sub(r"\2\1", _CUT_MARK.sub("", plain))
    plain = _TWICE_AM.sub("\u0e33", plain)
    plain = _LONE_AM.sub("\\1\u0e33", _NIKHAHIT.sub("\\1\\2\u0e33", plain))
    return _TWICE.sub(r"\1", _CID.sub("", _LOST.sub(_restored, plain)))


def _restored(found: re.Match[str]) -> str:
    """Return a consonant and what stood after it: sara am, or the sara aa of a word that has one."""
    text, tone = found.string, found[2] or found[3]
    if _SPACED.search(text[: found.start() + 1] + " ") and _NEXT_SPACED.match(text, found.end()):
        return found[0]
    word = found[1] + tone + "\u0e32" + text[found.end() : found.end() + 8]
    before = text[max(0, found.start() - 5) : found.start()]
    whole = any(match.start() <= len(before) < match.end() for match in _RIGHT.finditer(before + word))
    return found[1] + tone + ("\u0e32" if whole else "\u0e33")
