"""`tracker audit`."""

from typing import Annotated

import typer

from tracker.cli.given import AnyTask, Json
from tracker.cli.help import Commands
from tracker.cli.output import print_json, print_table, say, thai_instant
from tracker.errors import Refused


def add_to(app: Commands) -> None:
    """Add the command of this file."""
    app.command("audit")(audit)


def audit(
    task_id: AnyTask = None,
    verify: Annotated[bool, typer.Option("--verify", help="Prove that no entry was changed or removed.")] = False,
    as_json: Json = False,
) -> None:
    """Show the trail of who did what, when and why; of one task or of all.

    Example: tracker audit --verify
    """
    from tracker.cli.session import opened
    from tracker.usecases.read_trail import read_trail, verify_trail

    with opened() as services:
        if verify:
            count, faults = verify_trail(services)
            if faults:
                raise Refused(f"The trail was tampered with: {faults[0]} ({len(faults)} faults in {count} entries).")
            say(f"{count} entries, none changed or removed.")
            return
        entries = read_trail(services, task_id)
    if as_json:
        print_json(
            [
                {
                    "id": e.id,
                    "at": e.at.isoformat(),
                    "actor": e.actor,
                    "action": e.action,
                    "task": e.task_id,
                    "reason": e.reason,
                    "detail": e.detail,
                }
                for e in entries
            ]
        )
        return
    print_table(
        ["at", "who", "what", "task", "why"],
        [[thai_instant(e.at), e.actor, e.action, e.task_id, e.reason] for e in entries],
        whole=4,
        empty="The trail is empty.",
    )
