"""The templates of messages: those shipped, and an agency's own files of the same names, which go before them.

A message with a tone is made from the template of its tone, or else from the base that all of them extend.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from tracker.domain.messages import MessageTone, Severity
from tracker.domain.messages.languages import and_more, numeral
from tracker.domain.messages.lines import fold, unbroken

if TYPE_CHECKING:
    from jinja2 import Environment, Template

Form = Literal["text", "html", "line"]

SHIPPED = "shipped/"
"""Before a name, it means the shipped template even where the agency has its own."""

_BASES: dict[Form, str] = {"text": "mail.txt", "html": "mail.html", "line": "line.txt"}
_OF_TONE: dict[Form, str] = {"text": "{tone}.txt", "html": "{tone}.html", "line": "{tone}-line.txt"}
_NAME = re.compile(r"\w[\w-]*\.(?:html|txt)")
"""A template lies in its folder and nowhere else: no name has a slash."""

_RULE = "-" * 40
_FONTS = "Sarabun,Noto Sans Thai,Leelawadee UI,Thonburi,Tahoma,Arial,sans-serif"
_COLOURS: dict[Severity, dict[str, str]] = {
    "follow-up": {"ink": "#9b1c1c", "paper": "#fde8e8"},
    "overdue": {"ink": "#9a3412", "paper": "#ffedd5"},
    "today": {"ink": "#854d0e", "paper": "#fef3c7"},
    "coming": {"ink": "#1e4e8c", "paper": "#e3edfa"},
    "notice": {"ink": "#1f3a5f", "paper": "#e8ecf2"},
}
"""Dark on pale, contrast above 6:1 on both white and the paper; the words beside them say the same."""


def names_of(form: Form, tone: MessageTone) -> tuple[str, str]:
    """Return the names of the templates that can make a message, the one that goes first, first."""
    return _OF_TONE[form].format(tone=tone), _BASES[form]


def own_template(overrides: Path, form: Form, tone: MessageTone) -> Path | None:
    """Return the agency's own file that makes such a message, or None when the shipped templates do."""
    files = (overrides / name for name in names_of(form, tone))
    return next((file for file in files if _stands(file)), None)


def _stands(file: Path) -> bool:
    """Return whether a file is there; one that may not be looked at is, and reading it will say why."""
    try:
        return file.is_file()
    except OSError:
        return True


def unused_files(overrides: Path) -> list[Path]:
    """Return the agency's files from which no message is made and which none of the others names."""
    files = [file for file in sorted(overrides.glob("[!.]*[!~]")) if file.is_file()]
    made = {name for form in get_args(Form) for tone in get_args(MessageTone) for name in names_of(form, tone)}
    texts = {file: file.read_bytes() for file in files}
    return [
        file
        for file in files
        if file.name not in made
        and not any(file.name.encode() in text for other, text in texts.items() if other != file)
    ]


@lru_cache(maxsize=8)
def environment(overrides: Path | None) -> "Environment":
    """Return the templates of an agency, or the shipped ones alone; compiled once, and again when a file changes.

    Only what a stranger wrote needs the sandbox, which costs a look at each attribute.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

    from tracker.delivery.templates.bounded import BoundedEnvironment

    made = (BoundedEnvironment if overrides else Environment)(
        loader=FunctionLoader(lambda name: _source(name, overrides)),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=overrides is not None,
    )
    made.filters.update(fold=fold, unbroken=unbroken)
    made.globals.update(and_more=and_more, numeral=numeral, colours=_COLOURS, fonts=_FONTS, rule=_RULE)
    return made


@cache
def shipped_template(form: Form, tone: MessageTone) -> "Template":
    """Return the shipped template that makes such a message."""
    return environment(None).select_template(names_of(form, tone))


def _source(name: str, overrides: Path | None) -> tuple[str, str, Callable[[], bool]] | None:
    """Return the text of a template, where it stands, and whether that is still so; None when there is none."""
    own = overrides / name if overrides and _NAME.fullmatch(name) else None
    stamp = _stamp(own)
    if own and stamp:
        return own.read_text("utf-8-sig"), str(own), lambda: _stamp(own) == stamp
    plain = name.removeprefix(SHIPPED)
    shipped = resources.files(__package__) / plain
    if not _NAME.fullmatch(plain) or not shipped.is_file():
        return None
    return shipped.read_text("utf-8"), str(shipped), lambda: _stamp(own) is None


def _stamp(file: Path | None) -> tuple[int, int] | None:
    """Return what changes when a file does; None where there is no file."""
    if file is None or not file.is_file():
        return None
    now = file.stat()
    return now.st_mtime_ns, now.st_size
