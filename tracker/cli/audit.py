"""`tracker audit`."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.given import LIMIT, AnyTask, Json, Limit
from tracker.cli.help import Commands
from tracker.cli.output import print_json_list, print_table, remark_rest, say, thai_instant
from tracker.domain.counting import counted

if TYPE_CHECKING:
    from tracker.store.tables import AuditRow


def add_to(app: Commands) -> None:
    """Add the command of this file."""
    app.command("audit")(audit)


def audit(
    task_id: AnyTask = None,
    verify: Annotated[bool, typer.Option("--verify", help="Prove that no entry was changed or removed.")] = False,
    expect: Annotated[
        str | None, typer.Option(metavar="HASH", help="With --verify: a hash printed before is still in the trail.")
    ] = None,
    limit: Limit = LIMIT,
    as_json: Json = False,
) -> None:
    """Show the trail of who did what, when and why; of one task or of all.

    --verify also prints the newest entry's hash. Keep it outside this machine: --expect then shows later that the
    trail up to there was not written anew.

    Example: tracker audit --verify
    """
    from tracker.cli.session import opened
    from tracker.usecases.read_trail import prove_trail, trail_read

    if expect is not None and not verify:
        raise typer.BadParameter("give it together with --verify", param_hint="--expect")
    if verify and (task_id is not None or as_json):
        raise typer.BadParameter("it proves the whole trail, in words: give it alone", param_hint="--verify")
    with opened() as services:
        if verify:
            proven = prove_trail(services, expect)
            say(f"{counted(proven.entries, 'entry', 'entries')}, none changed or removed.")
            if proven.expected_at is not None:
                say(f"Entry {proven.expected_at} has the hash that was expected, and all before it is as it was then.")
            say(f"Newest: entry {proven.newest}, hash {proven.hash or '-'}")
            return
        with trail_read(services, task_id, newest=None if as_json else limit) as found:
            if as_json:
                print_json_list(map(_json, found.rows))
                return
            rows = [[thai_instant(e.at), e.actor, e.action, e.task_id, e.reason] for e in found.rows]
    empty = "The trail is empty." if task_id is None else f"Nobody has acted on task {task_id} yet."
    print_table(["at", "who", "what", "task", "why"], rows, whole=4, empty=empty)
    remark_rest(len(rows), found.total)


def _json(entry: "AuditRow") -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "task": entry.task_id,
        "reason": entry.reason,
        "detail": entry.detail,
    }
