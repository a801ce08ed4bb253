"""`tracker message ...` and `tracker notice list`."""

import os
from typing import Annotated

import typer

from tracker.cli import completion
from tracker.cli.given import LIMIT, DeadIds, Json, Limit, MessageId
from tracker.cli.help import Commands
from tracker.cli.output import actor, print_json, print_json_list, print_table, remark_rest, say, thai_instant
from tracker.domain.counting import counted

app = Commands(help="Messages: what was really sent, and how it went.")
notices = Commands(help="Notices: what was decided to be said, and what was not.")

Reveal = Annotated[bool, typer.Option("--reveal", help="Show addresses in full.")]


@app.command("list")
def list_(
    status: Annotated[
        str | None,
        typer.Option(
            metavar="STATE",
            autocompletion=completion.message_states,
            help="queued, sending, sent, retrying, dead or withdrawn.",
        ),
    ] = None,
    reveal: Reveal = False,
    limit: Limit = LIMIT,
    as_json: Json = False,
) -> None:
    """List messages with their delivery.

    Example: tracker message list --status dead
    """
    from tracker.cli.session import opened
    from tracker.usecases.list_messages import listed_messages

    newest = None if as_json else limit
    with opened() as services, listed_messages(services, status=status, newest=newest) as found:
        if as_json:
            print_json_list(view.to_json(reveal=reveal) for view in found.rows)
            return
        rows = [
            [
                view.row.id,
                view.row.channel,
                view.row.status,
                view.row.attempts,
                thai_instant(view.row.sent_at),
                "\n".join(filter(None, (view.recipient, view.subject, view.row.error))),
            ]
            for view in found.rows
        ]
    print_table(["id", "by", "status", "tries", "sent", "message"], rows, whole=5, empty="No messages.")
    remark_rest(len(rows), found.total)


@app.command("show")
def show(message_id: MessageId, reveal: Reveal = False, as_json: Json = False) -> None:
    """Show one message as it reads, with every attempt in the channel's own words.

    Example: tracker message show 7
    """
    from tracker.cli.session import opened
    from tracker.usecases.list_messages import show_message

    with opened() as services:
        view, text, attempts = show_message(services, message_id)
    if as_json:
        tries = [
            {
                "n": each.n,
                "started_at": each.started_at.isoformat(),
                "outcome": each.outcome,
                "code": each.code,
                "detail": each.detail,
            }
            for each in attempts
        ]
        print_json({**view.to_json(reveal=reveal), "subject": view.subject, "text": text, "tries": tries})
        return
    words = view.subject or "(a message is written when it leaves; `tracker preview` foretells it)"
    say(f"To {view.recipient} by {view.row.channel}: {words}\n\n{text or ''}\n")
    print_table(
        ["try", "at", "outcome", "code", "words of the channel"],
        [[each.n, thai_instant(each.started_at), each.outcome, each.code, each.detail] for each in attempts],
        whole=4,
        empty="Not tried yet.",
    )


@app.command("retry")
def retry(
    ids: DeadIds = None,
) -> None:
    """Queue dead messages again, after the address or the channel was mended.

    Example: tracker message retry 7
    """
    from tracker.cli.session import opened
    from tracker.usecases.list_messages import retry_messages

    with opened() as services:
        count = retry_messages(services, ids or [], actor=actor())
    say(f"{counted(count, 'message')} will be sent again in office hours.")


@app.command("check")
def check() -> None:
    """Try the agency's own templates (the folder `templates` of the home) with sample messages; exit 1 on any fault.

    Example: tracker message check
    """
    from tracker.delivery.render import check_templates
    from tracker.settings import load_settings

    folder = load_settings(os.environ).home / "templates"
    faults = check_templates(folder)
    for fault in faults:
        say(fault)
    if faults:
        raise typer.Exit(1)
    say(f"Every template in {folder} is in order." if folder.is_dir() else "The shipped templates are in use.")


@notices.command("list")
def list_notices(
    suppressed: Annotated[bool, typer.Option("--suppressed", help="Show what was not said, and why.")] = False,
    limit: Limit = LIMIT,
    as_json: Json = False,
) -> None:
    """List the ledger of notices, or with --suppressed every decision not to send.

    Example: tracker notice list --suppressed
    """
    if suppressed:
        _list_unsaid(limit, as_json=as_json)
        return
    from tracker.cli.session import opened
    from tracker.usecases.list_messages import listed_notices

    with opened() as services, listed_notices(services, newest=None if as_json else limit) as found:
        if as_json:
            print_json_list(
                {
                    "task": row.task_id,
                    "cycle": row.cycle,
                    "rung": row.rung,
                    "recipient": name,
                    "audience": row.audience,
                    "at": row.decided_at.isoformat(),
                }
                for row, name in found.rows
            )
            return
        rows = [
            [
                thai_instant(row.decided_at),
                row.task_id,
                row.rung,
                row.audience,
                "\n".join(filter(None, (name, row.withdrawn_why))),
            ]
            for row, name in found.rows
        ]
    print_table(["decided", "task", "rung", "as", "told"], rows, whole=4, empty="No notice was decided yet.")
    remark_rest(len(rows), found.total)


def _list_unsaid(limit: int, *, as_json: bool) -> None:
    from tracker.cli.session import opened
    from tracker.usecases.list_messages import listed_unsaid

    with opened() as services, listed_unsaid(services, newest=None if as_json else limit) as found:
        if as_json:
            print_json_list(
                {
                    "task": each.task_id,
                    "cycle": each.cycle,
                    "rung": each.rung,
                    "reason": each.reason,
                    "at": each.decided_at.isoformat(),
                }
                for each in found.rows
            )
            return
        rows = [[thai_instant(each.decided_at), each.task_id, each.rung, each.reason] for each in found.rows]
    print_table(["decided", "task", "rung", "why nothing was sent"], rows, whole=3, empty="Nothing was suppressed.")
    remark_rest(len(rows), found.total)
