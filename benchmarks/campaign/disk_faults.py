"""A home whose disk is full: in the check that decides, and while messages leave. Needs the right to mount a tmpfs."""

import os
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.campaign.agency import fill, readers
from benchmarks.campaign.campaign import accepted, promises, say, until_all_said
from benchmarks.campaign.processes import Kill
from benchmarks.campaign.service import Service, Shape, installation, until
from benchmarks.campaign.verdict import Claim

MESSAGES = 300
SIZE = 24 * 2**20
LEFT = 64 * 2**10
"""Bytes that are left free: far less than the check of all these messages writes."""
LASTS = 15.0


def disk_full(keep: Path | None) -> list[Claim]:
    """A full disk ends in one clear line with nothing half-written, and all goes on when there is space again."""
    with _small_disk() as disk, installation(Shape(delay=0.1, home=disk / "home"), keep) as service:
        officers = readers(MESSAGES)
        fill(service, officers)
        with _full(disk):
            refused = service.tracker("sweep")
            asked = service.tracker("status")
        half = service.listed("message", "list")
        claims = [
            _is_one_clear_line("a check", refused),
            Claim(asked.returncode == 0, f"reading goes on meanwhile: exit {asked.returncode} {asked.stderr.strip()}"),
            Claim(not half, f"nothing half-written: {len(half)} messages after it, {_integrity(service)}"),
        ]
        service.start()
        until(lambda: accepted(service) > MESSAGES // 4, within=120)
        began = time.monotonic()
        say(f"the disk is full, {accepted(service)} accepted so far")
        with _full(disk, left=0):
            service.supervisor.kills.append(Kill(began, "disk", LASTS))
            time.sleep(LASTS)
        say(f"there is space again, {accepted(service)} accepted so far")
        finished = until_all_said(service, officers, within=600)
        return [*claims, Claim(finished, "everything said, once there was space"), *promises(service, officers)]


def _is_one_clear_line(what: str, done: subprocess.CompletedProcess[str]) -> Claim:
    lines = done.stderr.strip().splitlines()
    clear = done.returncode == 1 and len(lines) == 1 and lines[0].startswith("tracker: ")
    return Claim(clear, f"{what} on a full disk: exit {done.returncode}, {len(lines)} lines: {' / '.join(lines[-2:])}")


def _integrity(service: Service) -> str:
    with sqlite3.connect(service.home / "tracker.db") as connection:
        return f"integrity_check {connection.execute('PRAGMA integrity_check').fetchone()[0]}"


@contextmanager
def _small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="campaign-disk-") as folder:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tmpfs", folder],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise SystemExit(f"disk-full needs the right to mount a tmpfs: {done.stderr.strip()}")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=False)


@contextmanager
def _full(disk: Path, left: int = LEFT) -> Iterator[None]:
    """Fill a disk until hardly anything is left, and make space again."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"\0" * 2**12):
            pass
    if left:
        os.truncate(ballast, max(0, ballast.stat().st_size - left))
    try:
        yield
    finally:
        ballast.unlink()
