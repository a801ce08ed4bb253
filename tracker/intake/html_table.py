"""Tables that OCR or a web page writes as HTML, on one line or over many."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_END = re.compile(r"</table\s*>", re.IGNORECASE)
_MOST_SPAN, _MOST_CELLS = 60, 40
_BREAKS = frozenset({"p", "li", "br", "div", "ul", "ol"})

_COLOUR = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]{1,40})", re.IGNORECASE)
_NO_COLOUR = frozenset(
    {"", "none", "transparent", "inherit", "initial", "white", "#fff", "#ffffff", "rgb(255,255,255)"}
)


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """A cell as it is written: its raw markup, the colour behind it ("" for none), and how many columns it covers."""

    markup: str = ""
    shade: str = ""
    span: int = 1


HtmlRow = tuple[int, list[HtmlCell]]
"""A row: the line of the table (from 0) on which it begins, and its cells."""


def opens_table(text: str) -> re.Match[str] | None:
    """Return where a line opens an HTML table, or None."""
    return _TABLE.search(text)


def closes_table(text: str) -> re.Match[str] | None:
    """Return where a line closes an HTML table, or None."""
    return _END.search(text)


def html_rows(markup: str) -> list[HtmlRow]:
    """Return the rows of one table; cells that a span covers are empty, and tables inside cells are text."""
    reader = _TableReader()
    reader.feed(markup)
    reader.close()
    reader.end_row()
    return reader.rows


class _TableReader(HTMLParser):
    """Collects rows of raw cells; what tags are left open is closed by the next one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.rows: list[HtmlRow] = []
        self._row: list[HtmlCell] | None = None
        self._cell: list[str] | None = None
        self._line = 0
        self._depth = 0
        self._span = (1, 1)
        self._shades = ["", ""]
        self._covered: dict[int, int] = {}
        self._opened: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        elif self._depth > 1:
            return
        elif tag == "tr":
            self.end_row()
            self._row, self._line = [], self.getpos()[0] - 1
            self._shades[0] = _shade(attrs)
        elif tag in ("td", "th"):
            self._end_cell()
            if self._row is None:
                self._row, self._line = [], self.getpos()[0] - 1
            self._cell, self._span = [], (_span(attrs, "colspan"), _span(attrs, "rowspan"))
            self._shades[1] = _shade(attrs) or self._shades[0]
        elif self._cell is not None and tag in _BREAKS:
            self._cell.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
        elif self._depth > 1:
            return
        elif tag == "tr":
            self.end_row()
        elif tag in ("td", "th"):
            self._end_cell()
        elif self._cell is not None and tag in _BREAKS:
            self._cell.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(" ".join(["", *data.split(), ""]) if "\n" in data else data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def end_row(self) -> None:
        """Close the row at hand, and fill in what longer cells above it cover."""
        self._end_cell()
        if self._row is not None:
            self._skip_covered()
            self.rows.append((self._line, self._row[:_MOST_CELLS]))
            self._covered = {n: left - 1 for n, left in (self._covered | self._opened).items() if left > 1}
            self._opened = {}
        self._row = None

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        self._skip_covered()
        wide, high = self._span
        at = len(self._row)
        self._row.extend([HtmlCell("".join(self._cell), self._shades[1], wide), *[HtmlCell()] * (wide - 1)])
        self._opened.update({at + n: high for n in range(wide) if high > 1})
        self._cell = None

    def _skip_covered(self) -> None:
        """Step over the columns that a cell of a row above still covers."""
        while self._row is not None and len(self._row) in self._covered:
            self._row.append(HtmlCell())


def _shade(attrs: list[tuple[str, str | None]]) -> str:
    """Return the colour that a cell or row is given, by its style or the older attribute; white is none."""
    values = dict(attrs)
    styled = _COLOUR.search(values.get("style") or "")
    colour = "".join((styled[1] if styled else values.get("bgcolor") or "").lower().split())
    return "" if colour in _NO_COLOUR else colour


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    value = dict(attrs).get(name) or "1"
    return min(max(int(value), 1), _MOST_SPAN) if value.isdigit() and len(value) < 4 else 1  # noqa: PLR2004
