"""Opening a document: the limits, what its content is, and the reader for it."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from tracker.domain.plans import PlanWarning, Source
from tracker.errors import Refused
from tracker.intake.csv_file import read_separated, separated_kind
from tracker.intake.layout import Layout
from tracker.intake.limits import Found, Progress, quiet
from tracker.intake.pdf_file import read_pdf
from tracker.intake.text import read_text
from tracker.intake.word_file import read_word
from tracker.intake.workbook_file import read_workbook

MOST_BYTES = 20 * 1024 * 1024

Reader = Callable[[str, bytes, Progress], tuple[Found, ...]]
"""A reader takes the file's name (for messages), its content, and whom to tell how far it is; it returns blocks and
remarks or raises Refused."""

READERS: dict[str, Reader] = {
    "txt": lambda name, data, _progress: read_text(name, data),
    "csv": read_separated,
    "tsv": read_separated,
    "docx": read_word,
    "xlsx": read_workbook,
    "pdf": read_pdf,
}
"""One small reader per format, by what the content is; a new format is one more line here."""

_ADVICE = {
    "zip": "a ZIP archive: unpack it and read the document in it (.docx, .xlsx, .pdf, .csv or .txt)",
    "macros": "an Office file with macros: save it as .docx or .xlsx without them, then read that file",
    "opendocument": "an OpenDocument file: save it as .docx or .xlsx in LibreOffice, then read that file",
    "binary workbook": "a binary Excel workbook (.xlsb): save it as .xlsx in Excel, then read that file",
    "locked": "an Office file locked with a password: open it, save it without one, then read that file",
    "office": "an old Word or Excel file: save it as .docx, .xlsx or plain text (.txt, UTF-8), then read that file",
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
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PDF, _PDF_WITHIN = b"%PDF-", 1024
"""A PDF may have mail headers or other bytes before its own; readers look for it in the first 1024."""


def read_document(path: Path, progress: Progress = quiet) -> Layout:
    """Return a document's layout; raises what `read_bytes` and `read_layout` raise."""
    return read_layout(path.name, read_bytes(path), progress)


def read_layout(name: str, data: bytes, progress: Progress = quiet) -> Layout:
    """Return a document's layout, read by what its content is, not by its name; `progress` is told of each page.

    Raises Refused, in one sentence with what to do, for content that is damaged or of a kind that cannot be read.
    """
    kind = kind_of(data)
    reader = READERS.get(kind)
    if reader is None:
        raise Refused(f"{name} cannot be read: it is {_ADVICE[kind]}.")
    found = reader(name, data, progress)
    blocks = tuple(one for one in found if not isinstance(one, PlanWarning))
    remarks = tuple(one for one in found if isinstance(one, PlanWarning))
    return Layout(Source(name, hashlib.sha256(data).hexdigest(), kind), blocks, remarks)


def kind_of(data: bytes) -> str:
    """Return what a file's content is: a key of READERS, or of the kinds that are refused with advice."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return "locked" if kind == "office" and _LOCKED in data else kind
    if data.startswith(b"PK\x03\x04"):
        return _archive_kind(data)
    if _PDF in data[:_PDF_WITHIN]:
        return "pdf"
    return "binary" if b"\x00" in data else separated_kind(data) or "txt"


def _archive_kind(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):  # the last: a ZIP version it does not know
        return "zip"
    if any(name.endswith("vbaProject.bin") for name in names):
        return "macros"
    if "META-INF/manifest.xml" in names and "mimetype" in names:
        return "opendocument"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if "xl/workbook.bin" in names:
        return "binary workbook"
    return "xlsx" if any(name.startswith("xl/") for name in names) else "zip"


def read_bytes(path: Path) -> bytes:
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
