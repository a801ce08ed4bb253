"""`tracker audit`."""

from typing import Annotated

import typer

from tracker.cli.given import AnyTask, Json
from tracker.cli.help import Commands
from tracker.cli.output import print_json, print_table, say, thai_instant


def add_to(app: Commands) -> None:
    """Add the command of this file."""
    app.command("audit")(audit)


def audit(
    task_id: AnyTask = None,
    verify: Annotated[bool, typer.Option("--verify", help="Prove that no entry was changed or removed.")] = False,
    expect: Annotated[
        str | None, typer.Option(metavar="HASH", help="With --verify: a hash printed before is still in the trail.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the trail of who did what, when and why; of one task or of all.

    --verify also prints the newest entry's hash. Keep it outside this machine: --expect then shows later that the
    trail up to there was not written anew.

    Example: tracker audit --verify
    """
    from tracker.cli.session import opened
    from tracker.usecases.read_trail import prove_trail, read_trail

    if expect is not None and not verify:
        raise typer.BadParameter("give it together with --verify", param_hint="--expect")
    with opened() as services:
        if verify:
            proven = prove_trail(services, expect)
            say(f"{proven.entries} entries, none changed or removed.")
            if proven.expected_at is not None:
                say(f"Entry {proven.expected_at} has the hash that was expected, and all before it is as it was then.")
            say(f"Newest: entry {proven.newest}, hash {proven.hash or '-'}")
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
