"""What the demo leaves behind: the mails and pushes as files, and a table of what was sent to whom and why."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from schedules.calendars import bangkok_day
from tracker.domain.counting import counted
from tracker.domain.thai.dates import short_day
from tracker.usecases.list_messages import MessageView, list_messages
from tracker.usecases.list_people import list_people
from tracker.usecases.services import Services
from tracker.usecases.status import status
from workers.standins import ArrivedMail, ArrivedPush

PROGRAM = ".venv/bin/tracker"
_ROLES = {"owner": "officer", "supervisor": "supervisor", "executive": "executive", "coordinator": "coordinator"}


def keep_arrivals(services: Services, mails: Sequence[ArrivedMail], pushes: Sequence[ArrivedPush], home: Path) -> None:
    """Write every mail as .eml and every LINE push as text, named by day and number, as they arrived."""
    sent = {view.row.header_id: view for view in list_messages(services)}
    by_key = {view.row.retry_key: view for view in sent.values()}
    for folder in ("mail", "line"):
        (home / folder).mkdir()
    for mail in mails:
        (home / "mail" / f"{_name(sent.get(mail.message_id))}.eml").write_bytes(mail.raw)
    for push in pushes:
        view = by_key.get(push.retry_key or "")
        (home / "line" / f"{_name(view)}.txt").write_text(push.text + "\n", encoding="utf-8")


def show_results(console: Console, services: Services, home: Path) -> None:
    """Print what was sent to whom and why, how each fault was met, and where to look."""
    views = list_messages(services)
    units = {post.id: post.unit for post in list_people(services)}
    _print_table(console, views, units)
    channels = Counter(view.row.channel for view in views if view.row.status == "sent")
    digests = sum(not view.notices for view in views)
    _say(
        console,
        f"Sent: {counted(channels['email'], 'mail')}, {counted(channels['line'], 'LINE message')}; "
        f"{digests} of them to the coordinator.",
    )
    _print_faults(console, views)
    states = status(services, now=services.clock.now()).states
    _say(console, "Tasks at the end: " + ", ".join(f"{n} {state}" for state, n in sorted(states.items())) + ".")
    _print_places(console, home)


def _print_table(console: Console, views: list[MessageView], units: Mapping[int, str]) -> None:
    """Print a row for each message about tasks; one that replaced another says so in its own row."""
    replaced = {view.row.replaces_id for view in views}
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title="What was sent to whom, and why", title_justify="left")
    for header, width in (("day", 11), ("to", 28), ("why", 11), ("tasks", 5), ("by", 14)):
        table.add_column(header, min_width=width, overflow="fold")
    for view in views:
        if view.notices and view.row.id not in replaced:
            table.add_row(*map(Text, _cells(view, units)))
    console.print(table)


def _cells(view: MessageView, units: Mapping[int, str]) -> tuple[str, ...]:
    role = _ROLES[max((notice.audience for notice in view.notices), key=list(_ROLES).index)]
    rungs = list(dict.fromkeys(notice.rung for notice in view.notices))
    why = ", ".join(rungs)
    day = short_day(bangkok_day(view.row.created_at))
    return f"{day[:-4]}{day[-2:]}", f"{role}, {units[view.row.person_id]}", why, str(len(view.notices)), _by(view)


def _by(view: MessageView) -> str:
    if view.row.replaces_id is not None:
        return f"{view.row.channel} instead"
    tries = f" ({view.row.attempts} tries)" if view.row.attempts > 1 else ""
    return f"{view.row.channel}{tries}"


def _print_faults(console: Console, views: list[MessageView]) -> None:
    dead = sum(view.row.status == "dead" for view in views)
    again = sum(view.row.status == "sent" and view.row.attempts > 1 for view in views)
    _say(
        console,
        f"Faults on purpose: {counted(dead, 'mail')} refused (550) went by LINE, and the coordinator was told; ",
    )
    _say(console, f"  {counted(again, 'message')} met a 451 or a lost answer, and arrived once all the same.")


def _say(console: Console, line: str) -> None:
    console.print(line, highlight=False, soft_wrap=True)


def _print_places(console: Console, home: Path) -> None:
    name = home.name
    lines = (
        "",
        f"Look at   {name}/mail/*.eml   every mail, to open in a mail program",
        f"          {name}/line/*.txt   every LINE message",
        f"          {name}/worker.log   what the Celery worker said",
        "",
        "Try on it (ลองกับข้อมูลตัวอย่างนี้)",
        *(f"          TRACKER_HOME={name} {PROGRAM} {words}" for words in ("status", "task list", "task show 1")),
        "Begin your own (เริ่มใช้งานจริง)",
        f'          {PROGRAM} init --agency "ชื่อหน่วยงาน"',
    )
    for line in lines:
        _say(console, line)


def _name(view: MessageView | None) -> str:
    """Return a file name that sorts by time and says to whom: 2026-03-31-0042-name."""
    if view is None:
        return "unknown"
    who = re.sub(r"[\s/\\:]+", "-", view.recipient)
    return f"{bangkok_day(view.row.created_at)}-{view.row.id:04}-{who}"
