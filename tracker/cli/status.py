"""`tracker status`."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tracker.cli.given import Json, Now
from tracker.cli.help import Commands
from tracker.cli.output import print_json, print_table, remark, say, thai_day, thai_instant
from tracker.domain.counting import counted

if TYPE_CHECKING:
    from tracker.usecases.status import Status

_STATES = ("overdue", "open", "submitted", "done", "waived")
_TOLD = {
    "executive": "executives",
    "supervisor": "supervisors",
    "owner": "owners",
    "coordinator": "the coordinator alone",
    "nobody": "nobody yet",
}


def told_words(counts: Mapping[str, int]) -> str:
    """Return how far overdue tasks escalated, such as `told to executives 2, to owners 1, to nobody yet 3`."""
    return "told " + ", ".join(f"to {words} {counts[level]}" for level, words in _TOLD.items() if counts.get(level))


def add_to(app: Commands) -> None:
    """Add the command of this file."""
    app.command("status")(status)


def status(now: Now = None, as_json: Json = False) -> None:
    """Show counts by state and unit, and what is overdue and how far it escalated.

    Example: tracker status
    """
    from tracker.cli.session import now_of, opened
    from tracker.usecases.status import status as look

    with opened() as services:
        found = look(services, now=now_of(services, now))
    if as_json:
        print_json(found.to_json())
        return
    _show_units(found)
    _show_overdue(found)
    _remark(found)


def _show_units(found: "Status") -> None:
    total = sum((Counter(counts) for counts in found.units.values()), Counter[str]())
    rows = [*found.units.items(), *([("all units", dict(total))] if len(found.units) > 1 else [])]
    print_table(
        ["unit", *_STATES],
        [[unit, *(counts.get(state, "") for state in _STATES)] for unit, counts in rows],
        empty="There are no tasks yet: tracker plan import FILE.",
    )
    if owing := [each for each in found.measures if each.tasks]:
        say(f"Measures: {sum(each.complete for each in owing)} of {len(owing)} are done.")


def _show_overdue(found: "Status") -> None:
    """Name each overdue task in two lines, so that a title has room on a screen of 80 columns."""
    if found.escalated:
        say(f"Overdue: {len(found.overdue)}, {told_words(found.escalated)}.")
    print_table(
        ["id", "due", "late", "told", "task"],
        [
            [
                view.row.id,
                thai_day(view.row.due),
                f"{view.overdue_days} d",
                level or "nobody",
                f"{view.unit}\n{view.row.title}",
            ]
            for view, level in found.overdue
        ],
        whole=4,
        empty="Nothing is overdue.",
    )


def _remark(found: "Status") -> None:
    from schedules.calendars import ERA

    if waiting := sum(found.waiting.values()):
        what = counted(waiting, "message waits", "messages wait")
        remark(f"{what} to be sent: start `tracker up`, or run `tracker sweep --deliver`.")
    if found.alone:
        units = ", ".join(each.unit for each in found.alone)
        mends = " or ".join(dict.fromkeys(each.mend for each in found.alone))
        remark(f"! Nobody can be told of the open tasks of {units}: {mends}.")
    for year in found.unconfirmed_years:
        remark(
            f"! Nobody has confirmed the days off of {year + ERA}: tracker holiday list {year + ERA}, then confirm it."
        )
    remark(f"Last sweep: {thai_instant(found.last_sweep) or 'never; start `tracker up`'}")
