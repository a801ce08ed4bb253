"""The words of one Word paragraph: what is printed, without what was deleted, hidden or computed by fields."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tracker.intake.broken_thai import repaired

_UNPRINTED = frozenset(
    {"pPr", "rPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "oMathPara", "oMath"}
)
_BLANKS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_WINGDINGS = {"ü": "✓", "þ": "✓", "P": "✓", "R": "✓", "§": "•", "Ø": "•", "v": "•", "l": "•"}
_SYMBOLS = "Wingdings"


@dataclass(slots=True)
class Words:
    """A paragraph's lines as printed, and the text boxes that hang on it."""

    text: str = ""
    boxes: list[Any] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The lines that hold something, Thai letters mended, blanks made one."""
        return [words for line in self.text.split("\n") if (words := " ".join(repaired(line).split()))]


def local(element: Any) -> str:
    """Return an element's name without its namespace; "" for comments and instructions."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def child(element: Any | None, *path: str) -> Any | None:
    """Return the first element down a path of names, or None."""
    for name in path:
        element = None if element is None else next((one for one in element if local(one) == name), None)
    return element


def value(element: Any | None, name: str = "val") -> str | None:
    """Return an attribute of an element that may be missing, whatever its namespace."""
    if element is None:
        return None
    return next((text for key, text in element.attrib.items() if key.rsplit("}", 1)[-1] == name), None)


def number(element: Any | None, name: str = "val", *, default: int = 0) -> int:
    """Return an attribute as a whole number, or the default when it is missing or none."""
    text = value(element, name) or ""
    return int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdigit() and len(text) < 10 else default  # noqa: PLR2004


def is_on(element: Any | None) -> bool:
    """Say whether a switch (<w:vanish/>) is there and not off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def words_of(paragraph: Any) -> Words:
    """Return what a paragraph prints."""
    words = Words()
    pieces: list[str] = []
    _gather(paragraph, pieces, words.boxes)
    words.text = "".join(pieces)
    return words


def chosen(alternates: Any) -> Iterator[Any]:
    """Yield the one branch of mc:AlternateContent that Word shows; the others say the same again."""
    branch = child(alternates, "Choice")
    yield from () if branch is None and (branch := child(alternates, "Fallback")) is None else branch


def _gather(element: Any, pieces: list[str], boxes: list[Any], *, symbols: bool = False) -> None:
    for one in chosen(element) if local(element) == "AlternateContent" else element:
        name = local(one)
        if name == "t":
            text = one.text or ""
            pieces.append("".join(_WINGDINGS.get(char, char) for char in text) if symbols else text)
        elif name in _BLANKS:
            pieces.append(_BLANKS[name])
        elif name == "sym":
            pieces.append(_symbol(one))
        elif name == "txbxContent":
            boxes.append(one)
        elif name == "r":
            if not is_on(child(one, "rPr", "vanish")):
                font = value(child(one, "rPr", "rFonts"), "ascii") or ""
                _gather(one, pieces, boxes, symbols=font.startswith(_SYMBOLS))
        elif name and name not in _UNPRINTED:
            _gather(one, pieces, boxes, symbols=symbols)


def _symbol(element: Any) -> str:
    """Return a symbol by its code: Word keeps the glyphs of symbol fonts at U+F000 and above."""
    code = value(element, "char") or ""
    try:
        point = int(code, 16) & 0xFF
    except ValueError:
        return ""
    return _WINGDINGS.get(chr(point), "") if (value(element, "font") or "").startswith(_SYMBOLS) else ""
