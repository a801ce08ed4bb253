"""The file of a backup: one zip with a manifest, each table as JSON lines, and files of the home. Knows no SQL.

manifest.json           what is in it: format, revision of the schema, and of each part rows, bytes and SHA-256
tables/<name>.jsonl     one row a line, a list of values in the order of the manifest's columns
files/evidence/<hash>   evidence that was taken in, kept by its SHA-256
files/...               the agency's own ladder.toml, reporting.toml and templates
"""

import hashlib
import io
import json
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from tracker.errors import NotFound, Refused
from tracker.store.rows import Inward, Shape

FORMAT = "tracker.backup/1"
MANIFEST = "manifest.json"
_FILES = "files/"
_OWN_FILE = re.compile(r"ladder\.toml|reporting\.toml|evidence/[0-9a-f]{64}|templates/[^/\\:\0]+")
_PIECE = 1 << 16
_FAULTS = (BadZipFile, zlib.error, struct.error, ValueError, LookupError, TypeError, AttributeError, OSError, EOFError,
           ArithmeticError, RuntimeError)  # fmt: skip
"""What reading damaged parts ends in; RuntimeError for one that is locked, packed in another way or nested too deep."""
_LONGEST_MANIFEST = _LONGEST_LINE = 64 << 20
"""What is read whole has a limit, so that a small file cannot fill the memory."""


@dataclass(frozen=True, slots=True)
class Part:
    """One member of the zip as it is unpacked."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table and the part that holds its rows."""

    shape: Shape
    rows: int
    part: Part


@dataclass(frozen=True, slots=True)
class Trail:
    """The audit trail as it stood: entries, the newest one's number and hash, and places where it did not hold."""

    entries: int
    newest: int
    hash: str
    faults: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `lost` are the hashes of evidence that the home did not have as it was taken in."""

    schema: str
    taken_at: datetime
    trail: Trail
    tables: tuple[Table, ...]
    files: tuple[Part, ...]
    lost: tuple[str, ...]
    settings: Mapping[str, Any]
    secrets: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Return how many rows there are in all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return every part that a backup has beside its manifest."""
        return (*(table.part for table in self.tables), *self.files)


class Writer:
    """Writes the parts of a backup one after the other into a file that is open; the manifest comes last."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def table(self, shape: Shape, rows: Iterable[list[Any]]) -> Table:
        """Write a table's rows as they come."""
        count = 0

        def lines() -> Iterator[bytes]:
            nonlocal count
            for count, row in enumerate(rows, start=1):  # noqa: B007 - read after the loop
                yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

        part = self._part(f"tables/{shape.name}.jsonl", lines())
        return Table(shape, count, part)

    def file(self, name: str, content: bytes) -> Part:
        """Write a file of the home; `name` is its place there."""
        return self._part(_FILES + name, [content])

    def manifest(self, manifest: Manifest) -> None:
        """Write what there is."""
        said = asdict(manifest) | {"taken_at": manifest.taken_at.isoformat()}
        self._part(MANIFEST, [json.dumps({"format": FORMAT, **said}, ensure_ascii=False, indent=1).encode()])

    def _part(self, name: str, content: Iterable[bytes]) -> Part:
        seen, total = hashlib.sha256(), 0
        info = ZipInfo(name)
        info.compress_type = ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=True) as out:
            for piece in content:
                seen.update(piece)
                total += len(piece)
                out.write(piece)
        return Part(name, total, seen.hexdigest())


class Backup:
    """A backup that was opened: its manifest was read, and names exactly what is there.

    Each reading raises Refused, at the latest at its end, when something is not as it was written.
    """

    def __init__(self, packed: ZipFile, name: str) -> None:
        self._zip, self._name = packed, name
        with self.soundly():
            self.manifest = self._read_manifest()
            self._compare_parts()

    @property
    def unpacked(self) -> int:
        """Return how many bytes all parts take."""
        return sum(part.bytes for part in self.manifest.parts)

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table by their columns' names, as the table takes them."""
        count, seen, inward = 0, hashlib.sha256(), Inward(table.shape)
        with self.soundly(), self._zip.open(table.part.name) as packed:
            lines = io.BufferedReader(packed, _PIECE)  # type: ignore[type-var]  # its readline is much faster
            while line := lines.readline(_LONGEST_LINE):
                if not line.endswith(b"\n"):
                    raise ValueError(f"{table.part.name} has a line that does not end")
                seen.update(line)
                count += 1
                yield inward.row(json.loads(line))
            if (count, seen.hexdigest()) != (table.rows, table.part.sha256):
                raise ValueError(f"{table.part.name} is not what was written")

    def files(self) -> Iterator[tuple[str, Part]]:
        """Yield the files of the home, each with its place there."""
        return ((part.name.removeprefix(_FILES), part) for part in self.manifest.files)

    def pieces(self, part: Part) -> Iterator[bytes]:
        """Yield what a part holds, piece by piece."""
        seen = hashlib.sha256()
        with self.soundly(), self._zip.open(part.name) as packed:
            while piece := packed.read(_PIECE):
                seen.update(piece)
                yield piece
            if seen.hexdigest() != part.sha256:
                raise ValueError(f"{part.name} is not what was written")

    def damaged(self, what: str) -> Refused:
        """Return the refusal of a backup with something wrong in it."""
        return Refused(f"The backup {self._name} is damaged ({what}): use another one. Nothing was changed.")

    def _read_manifest(self) -> Manifest:
        with self._zip.open(MANIFEST) as packed:
            said = json.loads(packed.read(_LONGEST_MANIFEST))
        if said["format"] != FORMAT:
            raise Refused(f"{self._name} has the format “{said['format']}”, not {FORMAT}: use the newer program.")
        return _manifest(said)

    def _compare_parts(self) -> None:
        known = {MANIFEST: None, **{part.name: part for part in self.manifest.parts}}
        infos = self._zip.infolist()
        if sorted(known) != sorted(info.filename for info in infos):
            raise ValueError("its parts are not those of its manifest")
        for info in infos:
            if (part := known[info.filename]) and part.bytes != info.file_size:
                raise ValueError(f"{info.filename} has not {part.bytes} bytes")

    @contextmanager
    def soundly(self) -> Iterator[None]:
        """Turn whatever damaged parts end in into Refused."""
        try:
            yield
        except _FAULTS as fault:
            said = f"“{fault.args[0]}” is missing" if isinstance(fault, KeyError) else str(fault)
            raise self.damaged(said or type(fault).__name__) from None


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """Open a backup; raises Refused when it is none, or a damaged one, or of a newer format."""
    try:
        packed = ZipFile(path)
    except FileNotFoundError:
        raise NotFound(f"There is no backup {path}: check its name.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}): check its name and rights.") from None
    except _FAULTS as fault:
        raise Refused(f"{path.name} is no backup, or a damaged one ({fault}): use another one.") from None
    with packed:
        yield Backup(packed, path.name)


def has_place(name: str) -> bool:
    """Say whether a file of the home can be in a backup by its name: one that leads nowhere else on any system."""
    return bool(_OWN_FILE.fullmatch(name)) and not name.endswith(("/.", "/.."))


def _manifest(said: Mapping[str, Any]) -> Manifest:
    tables = tuple(_table(each) for each in said["tables"])
    files = tuple(Part(**each) for each in said["files"])
    for part in files:
        place = part.name.removeprefix(_FILES)
        if place == part.name or not has_place(place):
            raise ValueError(f"it has no place for “{part.name}”")
    return Manifest(
        schema=str(said["schema"]),
        taken_at=datetime.fromisoformat(said["taken_at"]),
        trail=Trail(**said["trail"]),
        tables=tables,
        files=files,
        lost=tuple(map(str, said["lost"])),
        settings=dict(said["settings"]),
        secrets=tuple(map(str, said["secrets"])),
    )


def _table(said: Mapping[str, Any]) -> Table:
    shape = Shape(said["shape"]["name"], tuple((str(name), str(word)) for name, word in said["shape"]["columns"]))
    return Table(shape, int(said["rows"]), Part(**said["part"]))
