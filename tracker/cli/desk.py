"""`tracker` alone: what needs the coordinator today, each with the command to type next."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.cli.output import say, thai_day
from tracker.cli.status import told_words
from tracker.domain.counting import counted
from tracker.domain.messages.lines import shorten
from tracker.domain.watch_words import on_screen

if TYPE_CHECKING:
    from tracker.usecases.nobody_home import NobodyHome
    from tracker.usecases.today import Today

_MOST = 10
"""So many things, with two lines each, leave room for the prompt on a screen of 24 lines."""
_STATES = {"open": "open", "submitted": "reported", "done": "done", "waived": "waived"}


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to see to, and the command to type next."""

    what: str
    command: str


def show_desk() -> None:
    """Show what needs doing today; before there is a home, what to do first."""
    from tracker.settings import load_settings

    home = load_settings(os.environ).home
    if not home.is_dir():
        say(f"There is no tracker home at {home} yet.\n")
        _show([Errand("Make it, and answer a few questions:", "tracker init")])
        _show([Errand("Or see a fiscal year on a sample plan first, on this machine only:", "tracker demo")])
        say("\nEvery command: tracker --help")
        return
    from tracker.cli.session import opened
    from tracker.usecases.today import today

    with opened() as services:
        found = today(services, now=services.clock.now())
    errands = list(errands_of(found))
    say(_heading(found) + "\n")
    _show(errands[:_MOST])
    if len(errands) > _MOST:
        say(f"And {counted(len(errands) - _MOST, 'more warning')}: tracker watch")
    if not errands:
        say("Nothing needs you today, and nothing is due within a week.")
    say("\nWhere every unit stands: tracker status    Every command: tracker --help")


def errands_of(found: "Today") -> Iterator[Errand]:
    """Yield what needs a hand: first what people wait for, then what keeps the service from its work."""
    yield from _first_steps(found)
    yield from _tasks(found)
    yield from _messages(found)
    yield from _warnings(found)


def _first_steps(found: "Today") -> Iterator[Errand]:
    if not found.people:
        yield Errand("Nobody is known yet: say who answers for what.", "tracker people import people.csv")
    if not found.states:
        yield Errand("No plan is followed up yet: read it, then import it.", "tracker plan import PLAN")


def _tasks(found: "Today") -> Iterator[Errand]:
    if waiting := found.digest.submitted:
        first = next(iter(waiting))
        since = f"{first.unit}: {first.title} (sent {thai_day(first.submitted_on)})"
        yield Errand(f"{counted(len(waiting), 'report')} to check, first {since}", f"tracker task show {first.task_id}")
    if late := sum(found.told.values()):
        told = told_words({level or "nobody": count for level, count in found.told.items()})
        yield Errand(f"{counted(late, 'task')} overdue: {told}", "tracker task list --status overdue")
    if found.coming:
        row = found.coming.first[0]
        named = f"{thai_day(row.due)} {found.units[row.unit_id]}: {row.title}"
        before = found.day + timedelta(days=7)
        yield Errand(
            f"{counted(len(found.coming), 'task')} due within a week, first {named}",
            f"tracker task list --status open --due-before {before:%Y-%m-%d}",
        )


def _messages(found: "Today") -> Iterator[Errand]:
    alone: dict[str, list[NobodyHome]] = {}
    for each in found.alone:
        alone.setdefault(each.mend, []).append(each)
    for command, group in alone.items():
        yield Errand(_nobody_told(group), command)
    if failed := found.digest.failed:
        first = next(iter(failed))
        yield Errand(
            f"{counted(len(failed), 'message')} of this week not delivered, first {first.address}: {first.reason}",
            f"tracker message show {first.message_id}",
        )


def _nobody_told(group: "list[NobodyHome]") -> str:
    units = ", ".join(each.unit for each in group)
    owed = counted(sum(each.tasks for each in group), "open task")
    where = f"can be told in {counted(len(group), 'unit')} with {owed}: {units}"
    return f"The address of {group[0].off} is off, so nobody {where}" if group[0].off else f"Nobody {where}"


def _warnings(found: "Today") -> Iterator[Errand]:
    if not found.channels:
        yield Errand("! No channel is on, so nobody is told anything.", "tracker doctor")
    elif "email" not in found.channels:
        yield Errand("! E-mail is off (TRACKER_EMAIL_URL).", "tracker doctor")
    for year in found.digest.unconfirmed_years:
        yield Errand(f"! Nobody has confirmed the days off of {year}.", f"tracker holiday list {year}")
    for finding in found.findings:
        if finding.code == "message-dead" and found.digest.failed:
            continue
        yield Errand(f"! {on_screen(finding).what}", _COMMANDS.get(finding.code, "tracker watch"))


_COMMANDS = {"no-sweep": "tracker up", "sweep": "tracker up", "message-dead": "tracker message list --status dead"}
"""What mends a finding of the watch where one command does; elsewhere the watch says what to do."""


def _heading(found: "Today") -> str:
    counts = ", ".join(f"{found.states[state]} {word}" for state, word in _STATES.items() if state in found.states)
    parts = (found.agency, thai_day(found.day), counts or "no tasks")
    return shorten(" · ".join(filter(None, parts)), _width())


def _show(errands: list[Errand]) -> None:
    for errand in errands:
        say(f"{shorten(errand.what, _width())}\n    {errand.command}")


def _width() -> int:
    return max(40, shutil.get_terminal_size((80, 24)).columns - 1)
