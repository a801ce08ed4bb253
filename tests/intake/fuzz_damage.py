"""What `tests.intake.fuzz` breaks in a document: lines and cells, bytes, the members and the XML of an archive."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

LAYOUTS = [path.read_text("utf-8") for path in sorted((Path(__file__).parent / "layouts").glob("*.txt"))]
GARBLE = "๐๑๙กำ\u0e4d\u0e32่้ \t|<>/-–.,()\"'&;\u200b\ufffdxQ1\x0c\x85\u2028"
ODD = [
    "=1+1",
    "=SUM(A1:A9)",
    "#REF!",
    "๓๑ ก.พ. ๒๕๖๙",
    "31/13/2569",
    "<table><tr><td>",
    "&#0;&#x110000;",
    "๙" * 400,
    "- " * 200,
]
ODD += ["1e400", "ภายใน ๙๙๙๙๙๙๙๙๙ วัน", "ทุก ๆ " * 50, "ปี ๐๐๐๐", "รอบ ๐ เดือน", "Q9", "ม.ค.-ม.ค.", "_x0000_", "\u202eกลับ"]

_MOST_LINES, _MOST_TEXT, _MOST_XML, _MOST_MADE = 1_000, 400_000, 300_000, 5_000_000
"""What is made stays small, so that time and memory go into the reading."""

Act = Callable[[list[str], int, Random], object]


def changed_text(chance: Random) -> str:
    """Return a layout with some of its lines and cells cut, doubled, shuffled or garbled; one in eight as it is."""
    lines = chance.choice(LAYOUTS).splitlines()
    for _ in range(chance.choice([0, 1, 1, 2, 3, 5, 8, 13])):
        lines = lines[:_MOST_LINES] or ["ก"]
        chance.choice(ACTS)(lines, chance.randrange(len(lines)), chance)
    return "\n".join(lines)[:_MOST_TEXT]


def _cut(lines: list[str], at: int, chance: Random) -> None:
    del lines[at : at + chance.randint(1, 4)]


def _double(lines: list[str], at: int, chance: Random) -> None:
    lines[at:at] = lines[at : at + chance.randint(1, 5)] * chance.choice([1, 1, 2, 20])


def _shuffle_cells(lines: list[str], at: int, chance: Random) -> None:
    cells = lines[at].split("\t")
    chance.shuffle(cells)
    lines[at] = "\t".join(cells)


def _garble(lines: list[str], at: int, chance: Random) -> None:
    place = chance.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:place] + chance.choice(GARBLE) * chance.choice([1, 2, 40]) + lines[at][place:]


def _trim(lines: list[str], at: int, chance: Random) -> None:
    lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]


def _part(lines: list[str], at: int, chance: Random) -> None:
    lines[at] = lines[at].replace("\t", chance.choice(["\n", "\t\t", " ", "<br>", "|", "\t<ul><li>"]))


def _odd_cell(lines: list[str], at: int, chance: Random) -> None:
    cells = lines[at].split("\t")
    cells[chance.randrange(len(cells))] = chance.choice(ODD)
    lines[at] = "\t".join(cells)


def _splice(lines: list[str], at: int, chance: Random) -> None:
    other = chance.choice(LAYOUTS).splitlines()
    start = chance.randrange(len(other))
    lines[at:at] = other[start : start + chance.randint(1, 12)]


def _huge_cell(lines: list[str], at: int, chance: Random) -> None:
    lines[at] += (chance.choice(ODD) + " ") * chance.choice([50, 500])


def _shuffle(lines: list[str], _: int, chance: Random) -> None:
    chance.shuffle(lines)


ACTS: list[Act] = [_cut, _double, _shuffle_cells, _garble, _garble, _trim, _part, _odd_cell, _odd_cell, _splice]
ACTS += [_huge_cell, _shuffle]


def damaged(data: bytes, chance: Random) -> bytes:
    """Return the bytes of a document with something broken; of an archive rather a member than the archive."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        try:
            return _with_damaged_member(data, chance)
        except (
            zipfile.BadZipFile,
            zipfile.LargeZipFile,
            OSError,
            ValueError,
            NotImplementedError,
            EOFError,
            zlib.error,
        ):
            return data
    return chance.choice([_flipped, _cut_off, _moved, _overwritten])(data, chance)


def _flipped(data: bytes, chance: Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice([1, 1, 8, 200]) if broken else 0):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def _cut_off(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _moved(data: bytes, chance: Random) -> bytes:
    start, end, place = sorted(chance.randrange(len(data) + 1) for _ in range(3))
    return data[:place] + data[start:end] * chance.choice([1, 1, 3]) + data[place:]


def _overwritten(data: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice([b"0", b"-1", b"99999999999", b"\x00", b"<", b"(" * 50]) + data[place + 1 :]


def with_members(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """Return an archive with members replaced, added or (None) left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = dict.fromkeys([*old.namelist(), *changes])
        for name in names:
            content = changes[name] if name in changes else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def _with_damaged_member(data: bytes, chance: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        name, other = chance.choice(names), chance.choice(names)
        content, swapped = archive.read(name), archive.read(other)
    act = chance.randrange(6)
    if act == 0:
        return with_members(data, {name: None})
    if act == 1:
        return with_members(data, {name: swapped, other: content})
    if act == 2:
        return _doubled(data, name, content)
    acts = XML_ACTS if len(content) < _MOST_XML else [_flipped, _cut_off]
    return with_members(data, {name: chance.choice(acts)(content, chance)})


def _doubled(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the second member of one name, which is the point
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(name, content)
    return buffer.getvalue()


_TAG = re.compile(rb"</?[\w:]+[^<>]*>")
_VALUE = re.compile(rb'"([^"<>]*)"')
_VALUES = [b"", b"0", b"-1", b"x", b"99999999999", b"1048576", b"rId1", "\u0e01".encode(), b"1e9", b"../../x", b"true"]


def _tag_cut(xml: bytes, chance: Random) -> bytes:
    return _at_tags(xml, chance, lambda _: b"")


def _tags_doubled(xml: bytes, chance: Random) -> bytes:
    return _at_tags(xml, chance, lambda tag: tag * chance.choice([2, 50]))


def _text_in_tags(xml: bytes, chance: Random) -> bytes:
    return _at_tags(xml, chance, lambda tag: tag + chance.choice(ODD).encode())


def _at_tags(xml: bytes, chance: Random, change: Callable[[bytes], bytes]) -> bytes:
    tags = list(_TAG.finditer(xml))
    for tag in sorted(chance.sample(tags, min(len(tags), chance.choice([1, 1, 4]))), key=re.Match.start, reverse=True):
        xml = xml[: tag.start()] + change(tag[0]) + xml[tag.end() :]
    return xml


def _element_cut(xml: bytes, chance: Random) -> bytes:
    start, end = _element(xml, chance)
    return xml[:start] + xml[end:]


def _element_doubled(xml: bytes, chance: Random) -> bytes:
    start, end = _element(xml, chance)
    times = chance.choice([2, 3, 300])
    return xml[:start] + xml[start:end] * min(times, max(2, _MOST_MADE // (end - start + 1))) + xml[end:]


def _element_in_itself(xml: bytes, chance: Random) -> bytes:
    start, end = _element(xml, chance)
    inner = xml.find(b">", start) + 1
    return xml[:inner] + xml[start:end] + xml[inner:]


def _element(xml: bytes, chance: Random) -> tuple[int, int]:
    """Return where some element begins and the first end of its name behind it: mostly its own."""
    opened = [tag for tag in _TAG.finditer(xml) if not tag[0].startswith(b"</")]
    if not opened:
        return 0, len(xml)
    tag = chance.choice(opened)
    name = re.split(rb"[\s/>]", tag[0][1:], maxsplit=1)[0]
    closed = xml.find(b"</" + name + b">", tag.end())
    end = tag.end() if tag[0].endswith(b"/>") or closed < 0 else closed + len(name) + 3
    return tag.start(), end


def _value_changed(xml: bytes, chance: Random) -> bytes:
    values = list(_VALUE.finditer(xml))
    for value in sorted(
        chance.sample(values, min(len(values), chance.choice([1, 5]))), key=re.Match.start, reverse=True
    ):
        xml = xml[: value.start(1)] + chance.choice(_VALUES) + xml[value.end(1) :]
    return xml


XML_ACTS = [_tag_cut, _tags_doubled, _text_in_tags, _element_cut, _element_doubled, _element_in_itself]
XML_ACTS += [_value_changed, _value_changed, _value_changed, _flipped, _cut_off]
