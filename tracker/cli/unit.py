"""`tracker unit ...`."""

from typing import Annotated

import typer

from tracker.cli import completion
from tracker.cli.given import Json
from tracker.cli.help import Commands
from tracker.cli.output import actor, print_json, print_table, say
from tracker.domain.counting import counted

app = Commands(help="Units, their other names, and classes of units.")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List units with their other names, classes and responsible officers.

    Example: tracker unit list
    """
    from dataclasses import asdict

    from tracker.cli.session import opened
    from tracker.usecases.arrange import list_units

    with opened() as services:
        views = list_units(services)
    if as_json:
        print_json([asdict(view) for view in views])
        return
    print_table(
        ["unit", "also called", "classes", "responsible officers"],
        [
            [view.name, ", ".join(view.aliases), ", ".join(view.groups), ", ".join(view.officers) or "NOBODY"]
            for view in views
        ],
        empty="No unit is known yet: tracker people import FILE.",
    )


@app.command("alias")
def alias(
    name: Annotated[str, typer.Argument(help="The other name, as the plan prints it.")],
    unit: Annotated[str, typer.Argument(autocompletion=completion.units, help="The unit that is meant.")],
) -> None:
    """Let another name mean a unit; tasks of that name move to it.

    Example: tracker unit alias "สำนักปลัดฯ" "สำนักปลัด"
    """
    from tracker.cli.session import opened
    from tracker.usecases.arrange import name_alias

    with opened() as services:
        moved = name_alias(services, name, unit, actor=actor())
    say(f"“{name}” means {unit} now; {counted(moved, 'task')} moved to it.")


@app.command("rename")
def rename(
    old: Annotated[
        str, typer.Argument(metavar="UNIT", autocompletion=completion.units, help="The unit's name until now.")
    ],
    new: Annotated[str, typer.Argument(metavar="NAME", help="Its new name.")],
) -> None:
    """Rename a unit: the old name goes on to mean it, and its tasks keep their history.

    Example: tracker unit rename "กองช่าง" "กองวิศวกรรม"
    """
    from tracker.cli.session import opened
    from tracker.usecases.arrange import rename_unit

    with opened() as services:
        before = rename_unit(services, old, new, actor=actor())
    say(f"“{before}” is called “{' '.join(new.split())}” now; the old name means it too.")


@app.command("group")
def group(
    name: Annotated[str, typer.Argument(help="The class, as the plan prints it.")],
    units: Annotated[list[str], typer.Argument(metavar="UNIT", autocompletion=completion.units, help="Its members.")],
) -> None:
    """Say which units a class means; each member gets its own tasks.

    Example: tracker unit group "ทุกส่วนราชการ" "สำนักปลัด" "กองคลัง"
    """
    from tracker.cli.session import opened
    from tracker.usecases.arrange import group_units

    with opened() as services:
        opened_tasks = group_units(services, name, units, actor=actor())
    say(f"“{name}” means {', '.join(units)}, with the members that it had; {counted(opened_tasks, 'task')} opened.")
