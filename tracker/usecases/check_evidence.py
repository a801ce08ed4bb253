"""Looks whether evidence can still be opened, keeps what was found, and tells the coordinator of what stays dead."""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from schedules.calendars import bangkok_day, fiscal_year_of
from tracker.delivery.public_address import fault_of_address, is_unanswered
from tracker.domain.thai.dates import short_day
from tracker.store import audit, evidence, marks, notices, tasks
from tracker.store.evidence import Named
from tracker.store.tables import EvidenceCheckRow, EvidenceRow
from tracker.usecases.services import Services

AT_ONCE, AT_A_TIME = 8, 40
"""Addresses that are asked side by side, and that are looked at before what was found is kept."""
EACH_DAY = timedelta(hours=20)
"""A look is a day old: less than 24 hours, so that it does not come later each day."""

_A_FEW = 3
"""Web sites that do not all fail in the same hour: rather is there no way out from here."""
_MOST_NAMED = 5

Look = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """Evidence as it stands: `fault` says why it cannot be opened, and `since` from which look on."""

    id: int
    task_id: int
    url: str | None
    file: str | None
    added_at: datetime
    checked_at: datetime | None = None
    fault: str | None = None
    since: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        moments = {"added_at": self.added_at, "checked_at": self.checked_at, "since": self.since}
        said = {key: value.isoformat() if value else None for key, value in moments.items()}
        return {"id": self.id, "task": self.task_id, "url": self.url, "file": self.file, "fault": self.fault, **said}


def list_evidence(services: Services, task_ids: Sequence[int] = ()) -> list[Checked]:
    """Return evidence with what the last look found, of some tasks or of all; raises NotFound."""
    with services.store.reading() as session:
        for task_id in task_ids:
            tasks.task(session, task_id)
        return [_standing(each) for each in evidence.listed(session, task_ids)]


def add_evidence(
    services: Services, task_id: int, given: Sequence[str], *, actor: str, reason: str | None
) -> list[str]:
    """Name evidence of a task, whatever its state, and return what was new; raises Refused, and adds nothing."""
    now = services.clock.now()
    kept = [(each, evidence.take_in(services.settings.home, each)) for each in given]
    with services.store.writing() as session:
        audit.hold(session)
        tasks.task(session, task_id)
        new = [each for each, one in kept if evidence.add(session, task_id, one, now)]
        if new:
            detail = {"evidence": new}
            audit.append(
                session, at=now, actor=actor, action="evidence add", task_id=task_id, reason=reason, detail=detail
            )
    return new


def check_evidence(services: Services, task_ids: Sequence[int] = (), *, look: Look = fault_of_address) -> list[Checked]:
    """Look at the evidence of some tasks, or at all of it, with no transaction open meanwhile; raises NotFound."""
    with services.store.reading() as session:
        for task_id in task_ids:
            tasks.task(session, task_id)
        rows = [each.row for each in evidence.listed(session, task_ids)]
    parts = (rows[start : start + AT_A_TIME] for start in range(0, len(rows), AT_A_TIME))
    return [each for part in parts for each in _check(services, part, look)]


def check_some_evidence(services: Services, *, look: Look = fault_of_address) -> list[Checked]:
    """Look at some of what was not looked at today: the longest unseen, and others by chance beside them.

    Were it only those, some dead web sites among them would look like no way out, and be all that is looked at for
    ever. Of this fiscal year and the last one.
    """
    now = services.clock.now()
    with services.store.reading() as session:
        found = evidence.listed(session, since_year=fiscal_year_of(bangkok_day(now)) - 1)
    stale = [each for each in found if each.check is None or now - each.check.checked_at >= EACH_DAY]
    stale.sort(key=lambda each: (each.check is not None, each.check.checked_at if each.check else now))
    first, others = stale[: AT_A_TIME // 2], stale[AT_A_TIME // 2 :]
    chosen = [*first, *random.sample(others, min(AT_A_TIME - len(first), len(others)))]
    return _check(services, [each.row for each in chosen], look)


def _check(services: Services, rows: Sequence[EvidenceRow], look: Look) -> list[Checked]:
    """Look at evidence and keep what was found; nothing of addresses when no web site at all has answered."""
    urls = list(dict.fromkeys(row.url for row in rows if row.url))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        by_url = dict(zip(urls, pool.map(look, urls), strict=True))
    no_way_out = len({_host(url) for url in urls}) >= _A_FEW and all(map(is_unanswered, by_url.values()))
    home, now = services.settings.home, services.clock.now()
    with services.store.writing() as session:
        marks.only_one(session, "evidence")  # the service and somebody's command may look at the same time
        found = []
        for row in rows:
            fault = by_url[row.url] if row.url else evidence.fault_of_file(home, row.sha256 or "")
            kept = not (row.url and no_way_out) and evidence.keep_check(session, row.id or 0, fault, now)
            found.append(
                _standing(Named(row, kept or EvidenceCheckRow(evidence_id=row.id or 0, checked_at=now, fault=fault)))
            )
        _tell(session, [each for each in found if each.since and now - each.since >= EACH_DAY], now)
    return found


def _tell(session: Session, dead: Sequence[Checked], now: datetime) -> None:
    """Tell the coordinator once of what is dead for a day: a web site that has moved is one thing, not a hundred."""
    groups: dict[str, list[Checked]] = {}
    for each in dead:
        day = bangkok_day(each.since or now)  # what was mended and dies again is news again
        groups.setdefault(f"evidence:{_host(each.url) if each.url else 'files'}:{day}", []).append(each)
    for key, group in groups.items():
        notices.report_incident(session, key, _incident(group), now)


def _incident(group: Sequence[Checked]) -> str:
    first, tasks_named = group[0], list(dict.fromkeys(each.task_id for each in group))
    what = f"หลักฐาน {first.url}" if first.url else f"แฟ้มหลักฐาน {first.file}"
    also = " และหลักฐานอื่นในที่เดียวกัน" if len(group) > 1 else ""
    numbers = ", ".join(map(str, tasks_named[:_MOST_NAMED])) + (" เป็นต้น" if len(tasks_named) > _MOST_NAMED else "")
    mend = "ตรวจการเผยแพร่บนเว็บไซต์ หรือเพิ่มที่อยู่ใหม่" if first.url else "นำแฟ้มเดิมกลับมา หรือเพิ่มแฟ้มใหม่"
    return (
        f"{what}{also} ของงานที่ {numbers} เปิดไม่ได้ตั้งแต่ {short_day(bangkok_day(first.since or first.added_at))} "
        f"({first.fault}) ซึ่งอาจทำให้เสียคะแนน O43 โปรด{mend}ด้วยคำสั่ง tracker evidence add {tasks_named[0]} URL "
        "และดูรายการทั้งหมดด้วยคำสั่ง tracker evidence list"
    )


def _host(url: str) -> str:
    return url.split("/")[2].lower()


def _standing(named: Named) -> Checked:
    row, check = named.row, named.check
    looked = (check.checked_at, check.fault, check.since) if check else (None, None, None)
    return Checked(row.id or 0, row.task_id, row.url, row.name, row.added_at, *looked)
