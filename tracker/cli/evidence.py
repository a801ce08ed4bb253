"""`tracker evidence ...`: what proves that tasks were done, and whether it can be opened."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.given import AnyTasks, Json, TaskId
from tracker.cli.help import Commands
from tracker.cli.output import actor, print_json, print_table, remark, say, thai_instant

if TYPE_CHECKING:
    from tracker.usecases.check_evidence import Checked

app = Commands(help="Evidence: what proves that tasks were done.")


@app.command("list")
def list_(
    task: Annotated[int | None, typer.Option(metavar="ID", help="Only this task's.")] = None, as_json: Json = False
) -> None:
    """List evidence, with what the last look at it found.

    Example: tracker evidence list --task 12
    """
    from tracker.cli.session import opened
    from tracker.usecases.check_evidence import list_evidence

    with opened() as services:
        found = list_evidence(services, () if task is None else (task,))
    if as_json:
        print_json([each.to_json() for each in found])
    else:
        _show(found, empty="No evidence was given yet.")


@app.command("add")
def add(
    task_id: TaskId,
    evidence: Annotated[list[str], typer.Argument(metavar="URL|FILE", help="Public addresses or files.")],
    reason: Annotated[str | None, typer.Option(help="Why; kept in the audit trail.")] = None,
) -> None:
    """Name more evidence of a task, also of one that is done.

    Example: tracker evidence add 12 https://example.org/report.pdf
    """
    from tracker.cli.session import opened
    from tracker.usecases.check_evidence import add_evidence

    with opened() as services:
        new = add_evidence(services, task_id, evidence, actor=actor(), reason=reason)
    say(f"Task {task_id}: {len(new)} added, {len(evidence) - len(new)} there before.")


@app.command("check")
def check(
    tasks: AnyTasks = None,
    as_json: Json = False,
) -> None:
    """Look whether each public address opens and each file is as it was taken in; exit 1 when one is not.

    Only addresses of the public Internet are asked. The service does the same each day.

    Example: tracker evidence check 12
    """
    from tracker.cli.session import opened
    from tracker.usecases.check_evidence import check_evidence

    with opened() as services:
        found = check_evidence(services, tasks or ())
    dead = [each for each in found if each.fault]
    if as_json:
        print_json([each.to_json() for each in found])
    else:
        _show(dead, empty=f"{len(found)} looked at: each can be opened.")
    if dead:
        remark(f"! {len(dead)} of {len(found)} cannot be opened: mend them, or tracker evidence add TASK URL.")
        raise typer.Exit(1)


def _show(found: "list[Checked]", *, empty: str) -> None:
    print_table(
        ["task", "evidence", "looked at", "fault"],
        [
            [each.task_id, each.url or each.file, thai_instant(each.checked_at) or "not yet", each.fault]
            for each in found
        ],
        whole=1,
        empty=empty,
    )
