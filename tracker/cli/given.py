"""The arguments and options that many commands take, each with one look, one check and one completion."""

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

import typer

from schedules.calendars import ERA
from tracker.cli import completion
from tracker.domain.thai.dates import year_ce


def day_option(told: str, *names: str) -> Any:
    """Return an option that takes a day."""
    return typer.Option(*names, metavar="DAY", help=told)


def person_option(told: str) -> Any:
    """Return an option that takes a person."""
    return typer.Option(metavar="PERSON", autocompletion=completion.people, help=told)


def unit_option(told: str) -> Any:
    """Return an option that takes a unit."""
    return typer.Option(metavar="UNIT", autocompletion=completion.units, help=told)


def number_given(text: str | int) -> int:
    """Return the number that somebody typed, in Thai digits too."""
    if str(text).strip().isdecimal():
        return int(text)
    raise typer.BadParameter(f"“{text}” is not a number: write it as the listing shows it, such as 12.")


def year_given(text: str | int) -> int:
    """Return the B.E. year that somebody typed, in Thai digits too; two digits are those of 25xx."""
    with suppress(ValueError):
        return year_ce(int(text)) + ERA
    raise typer.BadParameter(f"“{text}” is not a year of the Buddhist era: write it as 2570.")


def fiscal_year_option(told: str) -> Any:
    """Return an option that takes a fiscal year."""
    return typer.Option(parser=year_given, metavar="YEAR", help=told)


def _number(told: str, offer: Callable[[str], list[completion.Offer]] | None = None) -> Any:
    return typer.Argument(parser=number_given, metavar="ID", autocompletion=offer, help=told)


Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
Limit = Annotated[int, typer.Option(min=1, help="How many of the newest a table shows; --json has all of them.")]
LIMIT = 200
Now = Annotated[
    str | None,
    typer.Option("--now", metavar="MOMENT", help="Look as if it were this moment, such as 2026-03-31T09:00."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be done; store nothing.")]
Person = Annotated[
    str, typer.Argument(metavar="PERSON", autocompletion=completion.people, help="A person's name or number.")
]
TaskId = Annotated[int, _number("The number of the task, as `tracker task list` shows it.", completion.tasks)]
TaskIds = Annotated[list[int], _number("Numbers of tasks, as `tracker task list` shows them.", completion.open_tasks)]
EndedIds = Annotated[list[int], _number("Numbers of tasks, as `tracker task list` shows them.", completion.ended_tasks)]
AnyTasks = Annotated[list[int] | None, _number("Numbers of tasks; all of them if left out.", completion.tasks)]
AnyTask = Annotated[int | None, _number("The number of a task; the whole trail if left out.", completion.tasks)]
PlanId = Annotated[int, _number("The number of the plan, as `tracker plan list` shows it.", completion.plans)]
MessageId = Annotated[
    int, _number("The number of the message, as `tracker message list` shows it.", completion.messages)
]
DeadIds = Annotated[
    list[int] | None, _number("Numbers of dead messages; all of them if left out.", completion.dead_messages)
]
LeaveId = Annotated[int, _number("The number of the leave, as `tracker leave list` shows it.")]
