"""Backups for tests: an agency with everything in it, and files that somebody has tampered with."""

import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from tests.builders import World, settings
from tests.fakes import FakeChannel, FakeClock, refusing
from tracker.store.session import Store
from tracker.usecases.restore import Restored, restore

DUES = (date(2022, 10, 4), date(2022, 10, 31), date(2022, 11, 30), date(2023, 3, 31))


def lived(world: World, folder: Path) -> World:
    """Give a world a life that leaves rows in nearly every table: mail sent, refused and waiting, evidence."""
    world.mail.answer = refusing("office@example.org")
    world.begins(*DUES)
    proof = folder / "ภาพ กิจกรรม.pdf"
    proof.write_bytes(b"%PDF- \x00\xff" * 1000)
    world.sweep("2022-10-04 09:00")
    world.deliver()
    world.act("done", 1, evidence=(str(proof), "https://example.org/a.pdf"), result="=จัดทำแล้ว\n“ครบ”", problems="ไม่มี")
    world.act("extend", 2, reason="อนุมัติ", day=date(2022, 11, 2))
    world.act("ack", 3, day=date(2022, 10, 12))
    (world.home / "templates").mkdir(parents=True)
    (world.home / "templates" / "mail.txt").write_text("{% extends 'shipped/mail.txt' %}", encoding="utf-8")
    world.sweep("2022-11-03 09:00")  # what it queues waits
    return world


def restored(path: Path, url: str, home: Path, *, replace: bool = False, at: str = "2022-11-03 12:00") -> Restored:
    made = settings(home, TRACKER_DATABASE_URL=url)
    return restore(made, FakeClock(at), path, actor="test", replace=replace)


def opened(url: str, home: Path, at: str = "2022-11-03 12:00") -> World:
    return World(Store(url), FakeClock(at), home, {"email": FakeChannel("email")})


def without_restore(dump: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Return a dump without the one entry that a restore adds."""
    return {
        **dump,
        "audit": [row for row in dump["audit"] if "restore" not in row],
        "audit_head": [],
    }


Parts = dict[str, bytes]


def tampered(path: Path, change: Callable[[dict[str, Any], Parts], None], to: Path) -> Path:
    """Write a copy in which manifest and parts were changed, with sums that are right again where a part is listed."""
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    change(manifest, parts)
    for part in (*(table["part"] for table in manifest["tables"]), *manifest["files"]):
        if part["name"] in parts and not part.pop("as_it_is", False):
            content = parts[part["name"]]
            part["bytes"], part["sha256"] = len(content), sha256(content).hexdigest()
    with ZipFile(to, "w", ZIP_DEFLATED) as packed:
        for name, content in {**parts, "manifest.json": json.dumps(manifest).encode()}.items():
            packed.writestr(name, content)
    return to
