"""What a document may weigh: archives are measured before any library opens them, damage becomes one sentence."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from tracker.domain.plans import PlanWarning
from tracker.errors import Refused, TrackerError
from tracker.intake.layout import Paragraph, Table

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is (pages, sheets) while a long document is read."""

Found = Paragraph | Table | PlanWarning
"""What a reader gives, in reading order: blocks, and remarks on what it had to leave out."""

MOST_COLUMNS = 64
_MOST_LINES, _LONGEST_TEXT, _MOST_TEXT = 50_000, 100_000, 20_000_000
_MOST_MEMBERS, _LARGEST_MEMBER, _LARGEST_XML, _LARGEST_TOTAL = 5_000, 64 * 1024**2, 12 * 1024**2, 160 * 1024**2
_STEEPEST, _STEEP_FROM = 300, 8 * 1024**2
_CHUNK = 1024**2
_DECLARED = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml", ".xhtml", ".html")


def quiet(done: int, total: int) -> None:
    """Tell nobody how far the reading is."""


@contextmanager
def damage_refused(sentence: str) -> Iterator[None]:
    """Turn whatever a library raises on a damaged file into one refusal; ours pass through.

    The libraries promise no exceptions of their own: a garbled file gives KeyError, struct.error, RecursionError …
    """
    try:
        yield
    except TrackerError:
        raise
    except Exception as error:
        raise Refused(sentence) from error


def refuse_bombs(name: str, data: bytes) -> None:
    """Refuse an Office archive that unpacks to more than a plan can hold, or whose XML declares entities.

    Sizes are first taken as declared and then counted while unpacking, since a bomb lies about them.
    """
    with damage_refused(f"{name} is a damaged archive: open it in Word or Excel, save it again, and read that file."):
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise Refused(f"{name} is locked with a password: open it, save it without one, and read that file.")
        if len({member.filename for member in members}) < len(members):
            raise Refused(f"{name} holds one part twice: open it in Word or Excel, save it again, and read that file.")
        if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _LARGEST_TOTAL:
            raise _bomb(name)
        total = 0
        for member in members:
            total += _unpacked_size(name, archive, member)
            if total > _LARGEST_TOTAL:
                raise _bomb(name)


def _unpacked_size(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    is_xml = member.filename.lower().endswith(_XML) or member.filename == "[Content_Types].xml"
    most = _LARGEST_XML if is_xml else _LARGEST_MEMBER
    size, tail = 0, b""
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > most or (size > _STEEP_FROM and size > _STEEPEST * max(1, member.compress_size)):
                raise _bomb(name)
            if is_xml and _DECLARED.search(tail + chunk):
                raise Refused(f"{name} declares XML entities, which no plan needs: save it again from Word or Excel.")
            tail = chunk[-40:]
    return size


def _bomb(name: str) -> Refused:
    return Refused(f"{name} unpacks to more than any plan holds: give the plan's document alone, without attachments.")


def within_limits(name: str, found: Iterable[Found]) -> Iterator[Found]:
    """Pass on what a reader finds; refuse a document that no plan could be before it costs time."""
    lines = letters = 0
    for one in found:
        texts = _texts(one)
        lines += len(one.rows) if isinstance(one, Table) else 1
        letters += sum(map(len, texts))
        if lines > _MOST_LINES or letters > _MOST_TEXT or any(len(text) > _LONGEST_TEXT for text in texts):
            raise Refused(f"{name} is longer than any plan: give the plan's document alone.")
        yield one


def _texts(one: Found) -> list[str]:
    if isinstance(one, Table):
        return [cell.text for row in one.rows for cell in row.cells]
    return [one.text if isinstance(one, Paragraph) else one.message]
