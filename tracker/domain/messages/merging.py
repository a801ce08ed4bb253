"""One message of several: a person gets one message on a channel in one sweep, whatever it has to say."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.domain.messages.languages import WORDS
from tracker.domain.messages.values import SPELLED_OUT, Digest, Entry, Note, Section


def merged(first: Digest, *more: Digest) -> Digest:
    """Return one message that says what all of them say to one reader, and speaks as the first.

    Sections stay in order and none is lost; past SPELLED_OUT tasks, they only count. The first section of each
    further message tells how that message opened. What two say alike, about why, what next and whom to ask, is
    said once, and the reference stays last.
    """
    if not more:
        return first
    every = first, *more
    return replace(
        first,
        sections=tuple(_within((*first.sections, *(section for digest in more for section in _led(digest))))),
        notes=_notes(every),
        brief=_last(first.brief[-1], (line for digest in every for line in digest.brief)),
    )


def _led(digest: Digest) -> tuple[Section, ...]:
    """Return the sections of a message that comes second, the first of them with its opening."""
    first, *more = digest.sections
    opening = WORDS[digest.lang].besides.format(opening=digest.opening)
    return replace(first, opening=opening), *more


def _within(sections: Iterable[Section]) -> Iterator[Section]:
    """Give the sections with at most SPELLED_OUT tasks among them spelled out; what is no task always stays."""
    room = SPELLED_OUT
    for section in sections:
        shown: list[Entry] = []
        for entry in section.entries:
            room -= entry.task_id is not None
            if entry.task_id is None or room >= 0:
                shown.append(entry)
        yield replace(section, entries=tuple(shown), hidden=section.hidden + len(section.entries) - len(shown))


def _notes(digests: Iterable[Digest]) -> tuple[Note, ...]:
    """Return one note for each heading, each line once, and the reference as the last."""
    lines: dict[str, dict[str, None]] = {}
    last = ""
    for digest in digests:
        last = last or digest.notes[-1].heading
        for note in digest.notes:
            lines.setdefault(note.heading, {}).update(dict.fromkeys(note.lines))
    return tuple(Note(heading, tuple(lines[heading])) for heading in _last(last, lines))


def _last(last: str, lines: Iterable[str]) -> tuple[str, ...]:
    """Return each line once, this one at the end."""
    return *(line for line in dict.fromkeys(lines) if line != last), last
