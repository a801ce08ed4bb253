"""Puts a digest into the form of a channel: plain text and HTML for mail, short text for LINE."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.delivery.templates import Form, environment, names_of, own_template, unused_files
from tracker.delivery.templates.faults import fault_of, loss_of, unused
from tracker.domain.messages import Digest, Entry
from tracker.domain.messages.lines import utf16_units
from tracker.domain.messages.samples import sample_digests

LINE_LIMIT = 5000
"""LINE refuses a text message of more UTF-16 units than this."""
LINE_AIM = 1400
"""What a reader takes in on a phone: entries stop here, and the rest is counted."""

_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message in every form; `line` keeps within LINE_LIMIT UTF-16 units.

    `warnings` say in Thai which of the agency's own templates could not be used, and what to do.
    """

    text: str
    html: str
    line: str
    warnings: tuple[str, ...] = ()


def render(digest: Digest, overrides: Path | None = None) -> Rendered:
    """Return a digest as plain text, as HTML and as a LINE text.

    Templates in the folder `overrides` go before the shipped ones of the same name. One that is broken, or that
    loses the reference number or a title, is not used: the shipped one is, and the warnings say so.
    """
    entries = [entry for section in digest.sections for entry in section.entries]
    shown = _fitting(digest)
    rest = sum(section.hidden for section in digest.sections) + len(entries) - len(shown)
    text = _filled("text", digest, overrides, entries)
    html = _filled("html", digest, overrides, entries)
    line = _filled("line", digest, overrides, shown, shown=shown, rest=rest)
    return Rendered(
        text=_tidy(text.text) + "\n",
        html=html.text,
        line=_cut(_tidy(line.text), last=digest.brief[-1]),
        warnings=(*text.faults, *html.faults, *line.faults),
    )


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


def _filled(form: Form, digest: Digest, overrides: Path | None, entries: Sequence[Entry], **values: Any) -> _Filled:
    """Return a form made from the agency's template where it has one that works, else from the shipped one."""
    names, own = names_of(form, digest.tone), own_template(overrides, form, digest.tone) if overrides else None
    shipped = environment(None).select_template(names)
    if own is None:
        return _Filled(shipped.render(digest=digest, **values))
    try:
        text = environment(overrides).select_template(names).render(digest=digest, **values)
    except Exception as error:  # noqa: BLE001 (whatever a stranger's template does, the message must leave)
        fault: str | None = fault_of(error, own)
    else:
        fault = loss_of(text, form, own, digest.reference, entries)
    return _Filled(text) if fault is None else _Filled(shipped.render(digest=digest, **values), (fault,))


def _fitting(digest: Digest) -> list[Entry]:
    """Return what LINE spells out, in order: the first entry of each section, and more while there is room."""
    entries = [(nth == 0, entry) for section in digest.sections for nth, entry in enumerate(section.entries)]
    firsts = [entry.short for first, entry in entries if first]
    room = LINE_AIM - utf16_units("\n".join([digest.subject, digest.greeting, *firsts, *digest.brief]))
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
