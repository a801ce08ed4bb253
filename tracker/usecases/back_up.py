"""Writes a backup of everything that a home holds, and reads it back before it takes its name."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from tracker.clock import Clock
from tracker.errors import Refused
from tracker.reports.whole_file import write_whole
from tracker.settings import Settings
from tracker.store import audit
from tracker.store.backup_file import Backup, Manifest, Table, Trail, Writer, has_place, open_backup
from tracker.store.rows import Shape, read_rows, shapes
from tracker.store.schema import HEAD
from tracker.usecases.services import Services

POLICIES = ("ladder.toml", "reporting.toml")
TEMPLATES = "templates"


def back_up(services: Services, path: Path) -> Manifest:
    """Write the backup as of one moment, while everything runs, and return what is in it.

    A file of that name is replaced once the new one was read back and is whole. Raises Refused when it cannot be
    written, or does not read back as it was written.
    """
    with services.store.snapshot() as connection:
        return write_backup(connection, services.settings, services.clock, path)


def write_backup(connection: Connection, settings: Settings, clock: Clock, path: Path) -> Manifest:
    """Write the backup of what a transaction sees."""
    written: list[Manifest] = []

    def write(partial: Path) -> None:
        partial.touch(mode=0o600)
        with partial.open("wb") as file:
            with Writer(file) as writer:
                written.append(_write(connection, settings, clock, writer))
            file.flush()
            os.fsync(file.fileno())
        with open_backup(partial) as backup:
            verify(backup)
            if backup.manifest != written[-1]:
                raise backup.damaged("it does not read back as it was written")

    try:
        write_whole(path, write)
    except OSError as error:
        raise Refused(f"{path} cannot be written ({error.strerror}): make room, or choose another place.") from None
    return written[-1]


def verify(backup: Backup) -> None:
    """Read all of a backup; raises Refused on the first thing that is not as its manifest says."""
    chain, faults, head = audit.Chain(), 0, (0, "")
    with backup.soundly():  # the trail may lack the columns that it is followed by
        for table in backup.manifest.tables:
            for row in backup.rows(table):
                if table.shape.name == "audit":
                    faults += sum(1 for _ in chain.follow(row))
                elif table.shape.name == "audit_head":
                    head = (row["last_id"], row["hash"])
    faults += sum(1 for _ in chain.end(*head))
    if Trail(chain.entries, chain.last, chain.hash, faults) != backup.manifest.trail:
        raise backup.damaged("its audit trail is not as it was")
    for place, part in backup.files():
        for _ in backup.pieces(part):
            pass
        if place.startswith("evidence/") and place != f"evidence/{part.sha256}":
            raise backup.damaged(f"{part.name} is not the evidence that its name says")


def _write(connection: Connection, settings: Settings, clock: Clock, writer: Writer) -> Manifest:
    taken_at, tables = clock.now(), list[Table]()  # before the first look: what leaves later is not in it
    needed: dict[str, None] = {}
    for shape in shapes():
        rows = read_rows(connection, shape)
        tables.append(writer.table(shape, _noting(rows, shape, needed) if shape.name == "evidence" else rows))
    files = [writer.file(name, content) for name, content in _own_files(settings.home)]
    lost: list[str] = []
    for digest in needed:
        content = _kept(settings.home / "evidence" / digest)
        if hashlib.sha256(content).hexdigest() == digest:
            files.append(writer.file(f"evidence/{digest}", content))
        else:
            lost.append(digest)
    chain = audit.Chain()
    faults = sum(1 for _ in audit.broken(connection, chain))
    manifest = Manifest(
        schema=HEAD,
        taken_at=taken_at,
        trail=Trail(chain.entries, chain.last, chain.hash, faults),
        tables=tuple(tables),
        files=tuple(files),
        lost=tuple(lost),
        settings=settings.to_move(),
        secrets=settings.secrets_to_give_again(),
    )
    writer.manifest(manifest)
    return manifest


def _noting(rows: Iterator[list[Any]], shape: Shape, needed: dict[str, None]) -> Iterator[list[Any]]:
    """Pass the rows of evidence on, and note which files they name."""
    place = [name for name, _ in shape.columns].index("sha256")
    for row in rows:
        if row[place] is not None:
            needed[row[place]] = None
        yield row


def _own_files(home: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the agency's own policies and templates; no settings, which hold secrets, nor what has no place there.

    Raises Refused when one cannot be read.
    """
    templates = sorted((home / TEMPLATES).iterdir()) if (home / TEMPLATES).is_dir() else []
    for path in (*(home / name for name in POLICIES), *templates):
        place = path.relative_to(home).as_posix()
        if path.is_file() and not path.name.startswith(".") and has_place(place):
            try:
                yield place, path.read_bytes()
            except OSError as error:
                raise Refused(f"{path} cannot be read ({error.strerror}): let this user read it.") from None


def _kept(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
