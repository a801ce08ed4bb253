"""`tracker task ...`: what is owed, and what a coordinator does about it."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import completion
from tracker.cli.given import EndedIds, Json, Now, TaskId, TaskIds, day_option, person_option, unit_option
from tracker.cli.help import Commands
from tracker.cli.output import actor, day_given, print_json, print_table, remark, say, thai_day, thai_instant
from tracker.cli.task_shown import file_to_json, row_of, show_file

if TYPE_CHECKING:
    from tracker.domain.tasks import Act
    from tracker.usecases.act_on_task import Said

app = Commands(help="Tasks: what is owed by whom, and its follow-up.")

Reason = Annotated[str | None, typer.Option(help="Why; kept in the audit trail.")]
Evidence = Annotated[list[str] | None, typer.Option(help="A public address or a file; may be given again.")]
Result = Annotated[str | None, typer.Option(help="What was done and with what result.")]
Problems = Annotated[str | None, typer.Option(help="Problems and obstacles; “ไม่มี” is an answer.")]
Suggestions = Annotated[str | None, typer.Option(help="Suggestions; “ไม่มี” is an answer.")]
On = Annotated[str | None, day_option("The day on which it was done, such as 31/03/2569.")]


@app.command("list")
def list_(
    status: Annotated[
        str | None,
        typer.Option(
            metavar="STATE", autocompletion=completion.task_states, help="open, overdue, submitted, done or waived."
        ),
    ] = None,
    unit: Annotated[str | None, unit_option("Only this unit's.")] = None,
    owner: Annotated[
        str | None,
        person_option("Only those that this person answers for."),
    ] = None,
    due_before: Annotated[str | None, day_option("Only those due before this day.")] = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """List tasks in the order of their due dates.

    Example: tracker task list --status overdue
    """
    from tracker.cli.session import now_of, opened
    from tracker.usecases.list_tasks import list_tasks

    with opened() as services:
        views = list_tasks(
            services,
            now=now_of(services, now),
            status=status,
            unit=unit,
            owner=owner,
            due_before=day_given(due_before, "--due-before"),
        )
    if as_json:
        print_json([view.to_json() for view in views])
        return
    print_table(
        ["id", "due", "status", "next notice", "task"],
        [row_of(view) for view in views],
        whole=4,
        empty="No tasks match.",
    )


@app.command("show")
def show(task_id: TaskId, as_json: Json = False) -> None:
    """Show everything about one task: where it stands in the plan, notices, messages, audit.

    Example: tracker task show 12
    """
    from tracker.cli.session import opened
    from tracker.usecases.list_tasks import show_task

    with opened() as services:
        file = show_task(services, task_id, now=services.clock.now())
    if as_json:
        print_json(file_to_json(file))
    else:
        show_file(file)


@app.command("done")
def done(
    ids: TaskIds,
    evidence: Evidence = None,
    result: Result = None,
    problems: Problems = None,
    suggestions: Suggestions = None,
    on: On = None,
    reason: Reason = None,
) -> None:
    """Close tasks: the report was checked and the work is done.

    Example: tracker task done 12 13 --evidence https://example.org/report.pdf --result "เผยแพร่แล้ว" --problems ไม่มี
    """
    _act("done", ids, _said(reason, on, evidence, result, problems, suggestions))


@app.command("submit")
def submit(
    ids: TaskIds,
    evidence: Evidence = None,
    result: Result = None,
    problems: Problems = None,
    suggestions: Suggestions = None,
    on: On = None,
    reason: Reason = None,
) -> None:
    """Record that the officer has reported: reminders stop, and the coordinator is asked to check.

    Example: tracker task submit 12 --on 30/03/2569
    """
    _act("submit", ids, _said(reason, on, evidence, result, problems, suggestions))


@app.command("reopen")
def reopen(ids: EndedIds, reason: Reason = None) -> None:
    """Take a closed or submitted task up again; needs a reason.

    Example: tracker task reopen 12 --reason "รายงานยังไม่ครบ"
    """
    _act("reopen", ids, _said(reason))


@app.command("waive")
def waive(ids: TaskIds, reason: Reason = None) -> None:
    """Let a task go because it is not owed any more; needs a reason.

    Example: tracker task waive 12 --reason "ยกเลิกโครงการตามหนังสือ..."
    """
    _act("waive", ids, _said(reason))


@app.command("extend")
def extend(
    ids: TaskIds,
    to: Annotated[str, day_option("The new due date, such as 30/04/2569.")],
    reason: Reason = None,
) -> None:
    """Move the due date; needs a reason, and the reminders start again for the new date.

    Example: tracker task extend 12 --to 30/04/2569 --reason "ผู้บริหารอนุมัติ"
    """
    _act("extend", ids, _said(reason, day=day_given(to, "--to")))


@app.command("ack")
def ack(
    ids: TaskIds,
    until: Annotated[str, day_option("The promised date, such as 05/04/2569.")],
    reason: Reason = None,
) -> None:
    """Record the owner’s promise of a date: reminders and escalation wait for it.

    Example: tracker task ack 12 --until 05/04/2569
    """
    _act("ack", ids, _said(reason, day=day_given(until, "--until")))


@app.command("assign")
def assign(
    ids: TaskIds,
    to: Annotated[str, person_option("A person's name or number.")],
    reason: Reason = None,
) -> None:
    """Make one person the owner of tasks.

    Example: tracker task assign 12 --to "นางสาวตัวอย่าง หนึ่ง"
    """
    from tracker.cli.session import opened
    from tracker.usecases.person_named import person_named

    with opened() as services, services.store.reading() as session:
        owner_id = person_named(session, to)
    _act("assign", ids, _said(reason, owner_id=owner_id))


def _said(
    reason: str | None,
    on: str | None = None,
    evidence: list[str] | None = None,
    result: str | None = None,
    problems: str | None = None,
    suggestions: str | None = None,
    **more: object,
) -> "Said":
    from tracker.usecases.act_on_task import Said

    return Said(
        actor=actor(),
        reason=reason,
        on=day_given(on, "--on"),
        evidence=tuple(evidence or ()),
        result=result,
        problems=problems,
        suggestions=suggestions,
        **more,  # type: ignore[arg-type]  # day or owner_id
    )


def _act(act: "Act", ids: list[int], said: "Said") -> None:
    from tracker.cli.session import opened
    from tracker.usecases.act_on_task import act_on_tasks

    with opened() as services:
        rows = act_on_tasks(services, act, ids, said)
    for row in rows:
        following = f"; next notice {thai_instant(row.next_notice_at)}" if row.next_notice_at else ""
        say(f"Task {row.id}: {row.status}, due {thai_day(row.due)}{following}")
    if act == "submit":
        remark("Next: check the report, then tracker task done ID.")
