"""`tracker leave ...`: who acts for whom."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.given import Json, LeaveId, Person, day_option, person_option
from tracker.cli.help import Commands
from tracker.cli.output import actor, day_given, print_json, print_table, remark, say, thai_day

if TYPE_CHECKING:
    from tracker.usecases.take_leave import LeaveView

app = Commands(help="Leave: who acts for whom, from when until when.")


@app.command("add")
def add(
    person: Person,
    from_: Annotated[str, day_option("The first day away, such as 01/11/2569.", "--from")],
    until: Annotated[str, day_option("The first day back.")],
    substitute: Annotated[
        str,
        person_option("Who is told instead: a name or number."),
    ],
) -> None:
    """Let somebody else be told while a person is away.

    Example: tracker leave add "นางสาวตัวอย่าง หนึ่ง" --from 01/11/2569 --until 15/11/2569 --substitute "นายตัวอย่าง สอง"
    """
    from tracker.cli.session import opened
    from tracker.usecases.take_leave import add_leave

    since, back = day_given(from_, "--from"), day_given(until, "--until")
    assert since is not None  # noqa: S101 - the options are not optional
    assert back is not None  # noqa: S101
    with opened() as services:
        view, remarks = add_leave(services, person, substitute, since=since, until=back, actor=actor())
    say(
        f"Leave {view.id}: {view.substitute} acts for {view.person} from {thai_day(view.since)}; "
        f"{view.person} is back on {thai_day(view.until)}."
    )
    for each in remarks:
        remark(each)


@app.command("list")
def list_(
    past: Annotated[bool, typer.Option("--all", help="Also those that have ended.")] = False, as_json: Json = False
) -> None:
    """List who is or will be away, and who acts for them.

    Example: tracker leave list
    """
    from tracker.cli.session import opened
    from tracker.usecases.take_leave import list_leaves

    with opened() as services:
        views = list_leaves(services, past=past)
    if as_json:
        print_json([_json(view) for view in views])
        return
    print_table(
        ["id", "away", "acting", "from", "back on"],
        [[view.id, view.person, view.substitute, thai_day(view.since), thai_day(view.until)] for view in views],
        empty="Nobody is on leave.",
    )


@app.command("end")
def end(leave_id: LeaveId) -> None:
    """End a leave today, or take back one that has not begun.

    Example: tracker leave end 3
    """
    from tracker.cli.session import opened
    from tracker.usecases.take_leave import end_leave

    with opened() as services:
        view = end_leave(services, leave_id, actor=actor())
    say(f"{view.person} is told again from today on; {view.substitute} no longer acts for them.")


def _json(view: "LeaveView") -> dict[str, object]:
    return {
        "id": view.id,
        "person": view.person,
        "substitute": view.substitute,
        "from": view.since.isoformat(),
        "until": view.until.isoformat(),
    }
