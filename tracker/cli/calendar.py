"""`tracker calendar`."""

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.given import person_option, unit_option
from tracker.cli.help import Commands
from tracker.cli.output import remark
from tracker.domain.counting import counted


def add_to(app: Commands) -> None:
    """Add the command of this file."""
    app.command("calendar")(calendar)


def calendar(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write: .ics.")],
    unit: Annotated[str | None, unit_option("Only this unit's deadlines.")] = None,
    owner: Annotated[
        str | None,
        person_option("Only those that this person answers for."),
    ] = None,
) -> None:
    """Write the deadlines of open tasks for a calendar program; importing the file again brings it up to date.

    A task that was reported, closed or waived meanwhile is taken off the calendar. A file of that name is replaced.

    Example: tracker calendar -o deadlines.ics --unit "กองคลัง"
    """
    from tracker.cli.session import opened
    from tracker.usecases.write_calendar import write_calendar

    with opened() as services:
        replaces = output.exists()
        written = write_calendar(services, output, unit=unit, owner=owner)
    off = f", {written.off} to take off" if written.off else ""
    remark(f"{'Replaced' if replaces else 'Wrote'} {output}: {counted(written.deadlines, 'deadline')}{off}.")
