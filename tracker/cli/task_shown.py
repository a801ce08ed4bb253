"""What `tracker task list` and `tracker task show` print of tasks."""

from typing import TYPE_CHECKING

from schedules.calendars import bangkok_day
from tracker.cli.output import print_table, thai_day, thai_instant
from tracker.domain.counting import counted

if TYPE_CHECKING:
    from tracker.usecases.list_tasks import TaskFile, TaskView


def row_of(view: "TaskView") -> list[object]:
    """Return the cells of a task in the listing."""
    row = view.row
    state = f"late {view.overdue_days} d" if view.overdue_days else row.status
    about = f"{view.unit}: {row.title}" + (
        f"\n{row.measure_number or '·'} {row.measure_title}" if row.measure_title else ""
    )
    following = thai_day(bangkok_day(row.next_notice_at)) if row.next_notice_at else ""
    return [row.id, thai_day(row.due), state, following, about]


def show_file(file: "TaskFile") -> None:
    """Print everything about one task."""
    from tracker.domain.next_step import sentence

    view, row = file.view, file.view.row
    where = f"line {row.line}: “{row.phrase}”" if row.basis == "stated" else f"by the reporting policy ({row.phrase})"
    late = f" ({counted(view.overdue_days, 'day')} ago)" if view.overdue_days else ""
    facts: list[list[object]] = [
        ["task", f"{row.id} · {row.title}"],
        ["measure", f"{row.measure_number or ''} {row.measure_title or 'of the whole plan'}"],
        ["unit", view.unit],
        ["owner", view.owner or "nobody is known: tracker people import"],
        ["due", f"{thai_day(row.due)}{late}"],
        ["status", f"{row.status}, cycle {row.cycle}"],
        ["stands in", where],
        ["next", sentence(file.next_step, "en")],
        ["promised", thai_day(row.promised)],
        ["result", row.result],
        ["problems", row.problems],
        ["suggestions", row.suggestions],
    ]
    facts += [["evidence", each.url or each.name] for each in file.evidence]
    print_table(["", ""], [fact for fact in facts if fact[1]], whole=1, empty="")
    print_table(
        ["decided", "rung", "as", "told"],
        [
            [thai_instant(n.decided_at), n.rung, n.audience, "\n".join(filter(None, (name, n.withdrawn_why)))]
            for n, name in file.notices
        ],
        whole=3,
        empty="No notice was decided yet.",
    )
    print_table(
        ["message", "channel", "status", "sent", "error"],
        [[m.id, m.channel, m.status, thai_instant(m.sent_at), m.error] for m in file.messages],
        whole=4,
        empty="No message was made yet.",
    )
    print_table(
        ["at", "who", "what", "why"],
        [[thai_instant(entry.at), entry.actor, entry.action, entry.reason] for entry in file.audit],
        whole=3,
        empty="Nobody has acted on it yet.",
    )


def file_to_json(file: "TaskFile") -> dict[str, object]:
    """Return what `task show --json` prints."""
    row = file.view.row
    return {
        **file.view.to_json(),
        "line": row.line,
        "cycle": row.cycle,
        "promised": row.promised.isoformat() if row.promised else None,
        "next_step": file.next_step.to_json(),
        "result": row.result,
        "problems": row.problems,
        "suggestions": row.suggestions,
        "evidence": [each.url or each.name for each in file.evidence],
        "notices": [
            {
                "rung": n.rung,
                "cycle": n.cycle,
                "recipient": name,
                "audience": n.audience,
                "at": n.decided_at.isoformat(),
                "withdrawn": n.withdrawn_why,
            }
            for n, name in file.notices
        ],
        "suppressed": [{"rung": s.rung, "reason": s.reason, "at": s.decided_at.isoformat()} for s in file.suppressions],
        "messages": [{"id": m.id, "channel": m.channel, "status": m.status} for m in file.messages],
        "audit": [
            {"id": e.id, "at": e.at.isoformat(), "actor": e.actor, "action": e.action, "reason": e.reason}
            for e in file.audit
        ],
    }
