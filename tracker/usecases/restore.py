"""Brings a backup into a home: all of it in one transaction, or nothing."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import Session

from schedules.calendars import BANGKOK
from tracker.clock import Clock
from tracker.errors import Refused
from tracker.reports.whole_file import write_whole
from tracker.settings import CONFIG_NAME, MOVED, Settings
from tracker.store import audit, rows
from tracker.store.backup_file import Backup, Manifest, Part, Trail, open_backup
from tracker.store.messages import unsent
from tracker.store.schema import HEAD, bring_to, changing, check_references, make_anew, revisions, version
from tracker.store.session import Store
from tracker.usecases.back_up import verify, write_backup
from tracker.usecases.set_up import configure

_SPARE = 100 * 1024 * 1024
"""Bytes that stay free on the disk."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and what a person has to know before the service is started again.

    `waiting` counts the messages that had not left when the backup was taken, the oldest decided at `waiting_since`;
    `kept` is the backup of what was there before, `own_settings` are the keys to which the home's tracker.toml gives
    another value.
    """

    manifest: Manifest
    waiting: int
    waiting_since: datetime | None
    kept: Path | None
    own_settings: tuple[str, ...]


def restore(settings: Settings, clock: Clock, path: Path, *, actor: str, replace: bool = False) -> Restored:
    """Restore a backup that is whole, of this program's schema or of an older one, which is then brought up to date.

    Raises Refused, and changes nothing, when it is damaged or newer than this program, or when the home holds an
    agency's data; with `replace` that is put into a backup in the home first.
    """
    with open_backup(path) as backup:
        _check_schema(backup, path)
        verify(backup)
        _make_home(settings.home, backup)
        store = Store(settings.database_url)
        try:
            return _restore(settings, clock, store, backup, path, actor=actor, replace=replace)
        finally:
            store.close()


def _restore(
    settings: Settings, clock: Clock, store: Store, backup: Backup, path: Path, *, actor: str, replace: bool
) -> Restored:
    now, manifest = clock.now(), backup.manifest
    with _files_put_back(settings.home) as keep, changing(store) as connection:
        kept = _make_way(connection, settings, clock, backup, replace=replace)
        _fill(connection, backup, path)
        with Session(connection) as session:
            detail = {"file": path.name, "taken_at": manifest.taken_at.isoformat(), "entries": manifest.trail.entries}
            audit.append(session, at=now, actor=actor, action="restore", detail=detail)
            session.flush()
            waiting, since = unsent(session)
        own = _place_files(settings.home, backup, keep)
    return Restored(manifest, waiting, since, kept, own)


def _check_schema(backup: Backup, path: Path) -> None:
    if backup.manifest.schema not in revisions():
        raise Refused(
            f"{path.name} was taken at version {backup.manifest.schema} of the database, this program knows up to "
            f"{HEAD}: use the newer program."
        )


def _make_home(home: Path, backup: Backup) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        free = shutil.disk_usage(home).free
    except OSError as error:
        raise Refused(f"The home {home} cannot be made ({error.strerror}): choose another with TRACKER_HOME.") from None
    if backup.unpacked + _SPARE > free:
        raise Refused(
            f"The backup unpacks to {backup.unpacked >> 20} MB, {free >> 20} MB are free where {home} is: make room."
        )


def _make_way(
    connection: Connection, settings: Settings, clock: Clock, backup: Backup, *, replace: bool
) -> Path | None:
    """Hold the database, and keep a backup of what is in it; raises Refused unless it may be replaced."""
    found = version(connection)
    if found is not None and found not in revisions():
        raise Refused(f"The database is at version {found}, this program knows up to {HEAD}: use the newer program.")
    rows.hold_still(connection)
    if not rows.has_data(connection) and not (differing := _differing(settings.home, backup)):
        return None
    if not replace:
        what = "an agency's data" if rows.has_data(connection) else f"another {differing[0]}"
        raise Refused(
            f"The home {settings.home} holds {what} already: choose an empty one with TRACKER_HOME and "
            "TRACKER_DATABASE_URL, or give --replace, which keeps a backup of what is there."
        )
    if found != HEAD:
        raise Refused(f"What is there is at version {found} and cannot be kept: run `tracker init` before --replace.")
    kept = settings.home / f"before-restore-{clock.now().astimezone(BANGKOK):%Y%m%d-%H%M%S}.zip"
    write_backup(connection, settings, clock, kept)
    return kept


def _fill(connection: Connection, backup: Backup, path: Path) -> None:
    """Make the tables as they were, fill them, bring them up to date and prove the trail."""
    manifest = backup.manifest
    try:
        make_anew(connection, manifest.schema)
        if rows.tables_there(connection) != {table.shape.name for table in manifest.tables}:
            raise backup.damaged(f"its tables are not those of version {manifest.schema}")
        for table in manifest.tables:
            rows.write_rows(connection, table.shape, backup.rows(table))
        bring_to(connection, "head")
    except (DBAPIError, StatementError, OverflowError, UnicodeError) as fault:
        words = str(getattr(fault, "orig", None) or fault).strip().splitlines()[0]
        raise Refused(f"The database does not take what {path.name} holds ({words}). Nothing was changed.") from fault
    check_references(connection)
    rows.count_on(connection)
    chain = audit.Chain()
    faults = sum(1 for _ in audit.broken(connection, chain))
    if Trail(chain.entries, chain.last, chain.hash, faults) != manifest.trail:
        raise Refused(f"The audit trail of {path.name} does not come back as it was. Nothing was changed.")


def _differing(home: Path, backup: Backup) -> list[str]:
    """Return the agency's own files of a home that a backup would write over."""
    return [
        place
        for place, part in backup.files()
        if not place.startswith("evidence/")
        and (home / place).exists()
        and hashlib.sha256((home / place).read_bytes()).hexdigest() != part.sha256
    ]


@contextmanager
def _files_put_back(home: Path) -> Iterator[Callable[[Path], None]]:
    """Give a function that keeps a file as it is now; what it was told of is put back when anything fails.

    The database takes its change back by itself, as late as when it is to be kept for good: a full disk shows then.
    """
    try:
        folder = TemporaryDirectory(prefix=".restore-", dir=home)
    except OSError as error:
        raise _unwritable(home, error) from None
    with folder, ExitStack() as undo:

        def keep(path: Path) -> None:
            if path.is_file():
                kept = Path(folder.name) / hashlib.sha256(bytes(path)).hexdigest()
                shutil.copy2(path, kept)
                undo.callback(kept.replace, path)
            else:
                undo.callback(_take_away, path)

        yield keep
        undo.pop_all()


def _take_away(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _place_files(home: Path, backup: Backup, keep: Callable[[Path], None]) -> tuple[str, ...]:
    """Write the files of the home and its settings; return the keys of settings that keep another value."""
    settings = backup.manifest.settings
    try:
        for place, part in backup.files():
            path = home / place
            path.parent.mkdir(parents=True, exist_ok=True)
            if not (place.startswith("evidence/") and path.is_file()):  # which is the same by its name, and large
                keep(path)
            write_whole(path, lambda partial, part=part: _unpack(backup, part, partial))  # type: ignore[misc]
        keep(home / CONFIG_NAME)
        return configure(home, {key: settings[key] for key in MOVED if key in settings})
    except OSError as error:
        raise _unwritable(home, error) from None


def _unwritable(home: Path, error: OSError) -> Refused:
    return Refused(f"{home} cannot be written ({error.strerror}): make room. Nothing was changed.")


def _unpack(backup: Backup, part: Part, path: Path) -> None:
    with path.open("wb") as file:
        file.writelines(backup.pieces(part))
