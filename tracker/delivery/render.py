"""Puts a digest into the form of a channel: plain text and HTML for mail, short text for LINE."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from tracker.delivery.templates import Form, environment, names_of, own_template, shipped_template, unused_files
from tracker.delivery.templates.faults import fault_of, loss_of, unused
from tracker.domain.messages import Digest, Entry
from tracker.domain.messages.lines import utf16_units
from tracker.domain.messages.samples import sample_digests

LINE_LIMIT = 5000
"""LINE refuses a text message of more UTF-16 units than this."""
LINE_AIM = 1400
"""What a reader takes in on a phone: entries stop here, and the rest is counted."""

_BY_MAIL: tuple[Form, ...] = ("text", "html")
_ON_LINE: tuple[Form, ...] = ("line",)
_AS_TEXT: tuple[Form, ...] = ("text",)

_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message in the forms that were asked for, the others empty; `line` keeps within LINE_LIMIT UTF-16 units.

    `warnings` say in Thai which of the agency's own templates could not be used, and what to do.
    """

    text: str = ""
    html: str = ""
    line: str = ""
    warnings: tuple[str, ...] = ()


def render(digest: Digest, overrides: Path | None = None, forms: Collection[Form] = get_args(Form)) -> Rendered:
    """Return a digest as plain text, as HTML and as a LINE text, or in some of these forms.

    Templates in the folder `overrides` go before the shipped ones of the same name. One that is broken, or that
    loses the reference number or a title, is not used: the shipped one is, and the warnings say so.
    """
    made = {form: _FORMS[form](digest, overrides) for form in forms}
    texts: dict[str, str] = {form: filled.text for form, filled in made.items()}
    return Rendered(**texts, warnings=tuple(fault for filled in made.values() for fault in filled.faults))


def forms_for(channel: str) -> tuple[Form, ...]:
    """Return the forms that a channel carries: what it does not is not worth the time on a morning of thousands."""
    return {"line": _ON_LINE, "email": _BY_MAIL}.get(channel, _AS_TEXT)


def check_templates(overrides: Path) -> list[str]:
    """Return what is wrong with an agency's own templates: each is tried on a sample of every kind of message."""
    if not overrides.is_dir():
        return []
    warnings = [warning for digest in sample_digests() for warning in render(digest, overrides).warnings]
    return list(dict.fromkeys(warnings)) or [unused(file) for file in unused_files(overrides)]


@dataclass(frozen=True, slots=True)
class _Filled:
    text: str
    faults: tuple[str, ...] = ()


def _text(digest: Digest, overrides: Path | None) -> _Filled:
    filled = _filled("text", digest, overrides, _entries(digest))
    return replace(filled, text=_tidy(filled.text) + "\n")


def _html(digest: Digest, overrides: Path | None) -> _Filled:
    return _filled("html", digest, overrides, _entries(digest))


def _line(digest: Digest, overrides: Path | None) -> _Filled:
    shown = _fitting(digest)
    rest = sum(len(section.entries) + section.hidden for section in digest.sections) - len(shown)
    filled = _filled("line", digest, overrides, shown, shown=shown, rest=rest)
    return replace(filled, text=_cut(_tidy(filled.text), last=digest.brief[-1]))


_FORMS: dict[Form, Callable[[Digest, Path | None], _Filled]] = {"text": _text, "html": _html, "line": _line}


def _entries(digest: Digest) -> list[Entry]:
    return [entry for section in digest.sections for entry in section.entries]


def _filled(form: Form, digest: Digest, overrides: Path | None, entries: Sequence[Entry], **values: Any) -> _Filled:
    """Return a form made from the agency's template where it has one that works, else from the shipped one."""
    own = own_template(overrides, form, digest.tone) if overrides else None
    if own is None:
        return _Filled(_shipped(form, digest, values))
    try:
        text = _own(form, digest, overrides, values)
    except Exception as error:  # noqa: BLE001 (whatever a stranger's template does, the message must leave)
        fault: str | None = fault_of(error, own)
    else:
        fault = loss_of(text, form, own, digest.reference, entries)
    return _Filled(text) if fault is None else _Filled(_shipped(form, digest, values), (fault,))


def _shipped(form: Form, digest: Digest, values: dict[str, Any]) -> str:
    return shipped_template(form, digest.tone).render(digest=digest, **values)


def _own(form: Form, digest: Digest, overrides: Path | None, values: dict[str, Any]) -> str:
    from tracker.delivery.templates.bounded import bounded

    with bounded():
        template = environment(overrides).select_template(names_of(form, digest.tone))
        return template.render(digest=digest, **values)


def _fitting(digest: Digest) -> list[Entry]:
    """Return what LINE spells out, in order: the first entry of each section, and more while there is room."""
    entries = [(nth == 0, entry) for section in digest.sections for nth, entry in enumerate(section.entries)]
    firsts = [entry.short for first, entry in entries if first]
    room = LINE_AIM - utf16_units("\n".join([digest.subject, digest.greeting, *firsts, *digest.brief, digest.sender]))
    shown: list[Entry] = []
    for first, entry in entries:
        if not first:
            room -= utf16_units(f"• {entry.short}\n")
        if first or room >= 0:
            shown.append(entry)
    return shown


def _tidy(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", text).strip()


def _cut(text: str, *, last: str) -> str:
    """Return the text within LINE_LIMIT, in whole characters; when it must be cut, its last line is kept."""
    if utf16_units(text) <= LINE_LIMIT:
        return text
    room = LINE_LIMIT - utf16_units(f"…\n{last}")
    head = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return f"{head}…\n{last}"
