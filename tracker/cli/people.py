"""`tracker people ...`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.output import Json, actor, print_json, print_table, remark, say, thai_day
from tracker.domain.masking import mask_address

if TYPE_CHECKING:
    from tracker.usecases.list_people import PostView

app = typer.Typer(help="Who is responsible, and how to reach them.", no_args_is_help=True)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file, one person in one post on each line.")],
) -> None:
    """Store a people file; the same file twice changes nothing.

    Columns: name, position, unit, unit_group, role, email, line, channels, supervisor, from, until, lang
    (Thai headers work too). Roles: officer, supervisor, executive, coordinator.

    Example: tracker people import people.csv
    """
    from tracker.cli.session import opened
    from tracker.intake.people_file import read_people
    from tracker.usecases.import_people import import_people

    with opened() as services:
        lines = read_people(file, services.settings.channels)
        done = import_people(services, lines, file=file.name, actor=actor())
    say(f"{done.added} people added, {done.changed} changed, {done.same} as before; {done.units} new units.")
    if done.tasks_opened:
        say(f"{done.tasks_opened} tasks opened for units that are members of a class now.")
    remark("Next: tracker plan import PLAN, or tracker unit list to check.")


@app.command("list")
def list_(
    as_json: Json = False,
    reveal: Annotated[bool, typer.Option("--reveal", help="Show addresses in full.")] = False,
) -> None:
    """List people and the posts that they hold.

    Example: tracker people list
    """
    from tracker.cli.session import opened
    from tracker.usecases.list_people import list_people

    with opened() as services:
        views = list_people(services)
    if as_json:
        print_json([view.to_json(reveal=reveal) for view in views])
        return
    print_table(
        ["id", "role", "person", "reached by"],
        [[view.id, view.role, _in_short(view), view.reach(reveal=reveal)] for view in views],
        whole=2,
        empty="Nobody is known yet: tracker people import FILE.",
    )


@app.command("address")
def address(
    person: Annotated[str, typer.Argument(help="A person's name or number.")],
    _on: Annotated[bool, typer.Option("--on", help="Use again what was refused before.")],
) -> None:
    """Use the addresses of a person again that were turned off because a mail system or LINE refused them for good.

    A people file with another address does the same for that person. What failed before is sent again by
    `tracker message retry`.

    Example: tracker people address "นางสาวตัวอย่าง หนึ่ง" --on
    """
    from tracker.cli.session import opened
    from tracker.usecases.give_up_address import use_addresses_again

    with opened() as services:
        routes = use_addresses_again(services, person, actor=actor())
    say(f"Used again: {', '.join(f'{channel} {mask_address(address)}' for channel, address in routes)}.")


def _in_short(view: "PostView") -> str:
    span = [f"from {thai_day(view.since)}"] if view.since else []
    span += [f"until {thai_day(view.until)}"] if view.until else []
    return "\n".join([view.name, ", ".join(filter(None, (view.position, view.unit))), *span])
