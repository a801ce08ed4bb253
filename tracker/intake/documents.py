"""Opening a document: the limits, what its content is, and the reader for it."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from tracker.domain.plans import Source
from tracker.errors import Refused
from tracker.intake.layout import Layout, Paragraph, Table
from tracker.intake.text import read_text

MOST_BYTES = 20 * 1024 * 1024

Reader = Callable[[str, bytes], tuple[Paragraph | Table, ...]]
"""A reader takes the file's name (for messages) and its content, and returns blocks or raises Refused."""

READERS: dict[str, Reader] = {"txt": read_text}
"""One small reader per format, by what the content is; a new format is one more line here."""

_ADVICE = {
    "pdf": "a PDF: save its text as .txt (run OCR with Thai when it is a scan), then read that file",
    "docx": "a Word document: save it as plain text (.txt, UTF-8), then read that file",
    "xlsx": "an Excel workbook: copy the table into a plain text file (.txt, UTF-8), then read that file",
    "zip": "a ZIP archive: unpack it and read the document in it as plain text (.txt, UTF-8)",
    "office": "an old Word or Excel file: save it as plain text (.txt, UTF-8), then read that file",
    "image": "a picture: run OCR with Thai, save the text as .txt, then read that file",
    "rtf": "an RTF document: save it as plain text (.txt, UTF-8), then read that file",
    "utf-16": "text in UTF-16: save it again as UTF-8, then read that file",
    "binary": "not text: save the document as plain text (.txt, UTF-8), then read that file",
}
_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_document(path: Path) -> Layout:
    """Return a document's layout, read by what its content is, not by its name.

    Raises Refused, in one sentence with what to do, for a file that is missing, empty, over 20 MB, or of a
    kind that this release cannot read.
    """
    data = _content(path)
    kind = kind_of(data)
    reader = READERS.get(kind)
    if reader is None:
        raise Refused(f"{path.name} cannot be read: it is {_ADVICE[kind]}.")
    return Layout(Source(path.name, hashlib.sha256(data).hexdigest(), kind), reader(path.name, data))


def kind_of(data: bytes) -> str:
    """Return what a file's content is: "txt", or a key of the kinds that are refused or read elsewhere."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _archive_kind(data)
    return "binary" if b"\x00" in data else "txt"


def _archive_kind(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "zip"
    if any(name.startswith("word/") for name in names):
        return "docx"
    return "xlsx" if any(name.startswith("xl/") for name in names) else "zip"


def _content(path: Path) -> bytes:
    """Return the file's bytes; its size is looked at before it is read."""
    try:
        if not path.is_file():
            raise Refused(f"{path} is not a file: give the path of a plan document.")
        if (size := path.stat().st_size) > MOST_BYTES:
            raise Refused(f"{path.name} has {size // 1024**2} MB: a plan of at most 20 MB can be read; split it.")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused(f"{path} cannot be opened ({error.strerror or error}): check the path and its rights.") from None
    if not data.strip():
        raise Refused(f"{path.name} is empty: give a file that holds the plan's text.")
    if len(data) > MOST_BYTES:
        raise Refused(f"{path.name} is over 20 MB: a plan of at most 20 MB can be read; split it.")
    return data
