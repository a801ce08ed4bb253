"""`tracker backup` and `tracker restore`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.help import Commands
from tracker.cli.output import actor, remark, say, shown_wait, thai_instant
from tracker.domain.counting import counted

if TYPE_CHECKING:
    from tracker.store.backup_file import Manifest


def add_to(app: Commands) -> None:
    """Add the commands of this file."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, such as a .zip.")]) -> None:
    """Write everything that the home holds into one file, while the service runs, and read it back.

    It holds names, addresses and messages, so only its owner may read it; passwords and tokens are not in it. A file
    of that name is replaced once the new one is whole.

    Example: tracker backup /backup/ita.zip
    """
    from tracker.cli.session import opened
    from tracker.usecases.back_up import back_up

    with opened() as services:
        manifest = back_up(services, file)
    say(f"Wrote {file}: {_contents(manifest)}. It was read back and is whole.")
    _tell(manifest)
    if manifest.secrets:
        remark(f"Not in it, to be given again elsewhere: {', '.join(manifest.secrets)}.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `tracker backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what the home holds; a backup of that is kept in the home.")
    ] = False,
) -> None:
    """Bring a backup into an empty home, on any machine, with SQLite or PostgreSQL: all of it or nothing.

    Refused while a worker serves that home: stop the service first. What left after the backup was taken is not known
    to it and can leave again.

    Example: tracker restore /backup/ita.zip
    """
    from tracker.cli.service import workers_of
    from tracker.clock import SystemClock
    from tracker.delivery.redaction import strike_out
    from tracker.errors import Refused
    from tracker.settings import load_settings
    from tracker.usecases.restore import restore as bring_back

    settings = load_settings(os.environ)
    strike_out(settings.secrets())
    with shown_wait("Looking whether the service runs"):
        serving = workers_of(settings)
    if serving:
        raise Refused(f"The service runs ({', '.join(serving)} answers): stop it on every machine, then repeat.")
    done = bring_back(settings, SystemClock(), file, actor=actor(), replace=replace)
    say(f"Restored {file} into {settings.home}: {_contents(done.manifest)}.")
    _tell(done.manifest)
    if done.kept:
        remark(f"What was there before: {done.kept}")
    if done.own_settings:
        remark(f"{settings.config_path} keeps its own {', '.join(done.own_settings)}: the backup says otherwise.")
    missing = sorted(set(done.manifest.secrets) - set(settings.secrets_to_give_again()))
    if missing:
        remark(f"! Not in a backup, and not set here: {', '.join(missing)}. Without them nothing leaves there.")
    if done.waiting:
        since = thai_instant(done.waiting_since)
        remark(
            f"! {counted(done.waiting, 'message waits', 'messages wait')} to be sent, the oldest since {since}: see "
            "`tracker message list`."
        )
    remark(
        f"! What left after {thai_instant(done.manifest.taken_at)} is not known here and can leave again. Look at "
        "`tracker sweep --dry-run` and close what is finished before you start the service."
    )


def _contents(manifest: "Manifest") -> str:
    files = sum(part.name.startswith("files/evidence/") for part in manifest.files)
    tasks = next(table.rows for table in manifest.tables if table.shape.name == "task")
    held = f"{counted(manifest.rows, 'row')} ({counted(tasks, 'task')}), {counted(files, 'evidence file')}"
    return f"{held}, as of {thai_instant(manifest.taken_at)}"


def _tell(manifest: "Manifest") -> None:
    trail, entries = manifest.trail, counted(manifest.trail.entries, "entry", "entries")
    say(f"Audit trail: {entries}; newest: entry {trail.newest}, hash {trail.hash or '-'}")
    if trail.faults:
        remark(f"! The trail was tampered with before ({counted(trail.faults, 'fault')}): tracker audit --verify")
    if manifest.lost:
        remark(
            f"! Not in the home as taken in, and so not in the backup: {counted(len(manifest.lost), 'evidence file')}."
        )
