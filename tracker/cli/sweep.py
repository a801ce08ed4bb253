"""`tracker sweep` and `tracker preview`."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.given import DryRun, Json, Now, day_option
from tracker.cli.help import Commands
from tracker.cli.output import day_given, print_json, print_table, remark, say, shown_progress, thai_instant
from tracker.domain.counting import counted

if TYPE_CHECKING:
    from tracker.usecases.rehearsal import Foretold, Withheld
    from tracker.usecases.services import Services

_SPAN = timedelta(days=30)


def add_to(app: Commands) -> None:
    """Add the commands of this file."""
    app.command("sweep")(sweep)
    app.command("preview")(preview)


def sweep(
    deliver: Annotated[bool, typer.Option("--deliver", help="Also send, in the foreground, with no broker.")] = False,
    dry_run: DryRun = False,
    now: Now = None,
) -> None:
    """Check once now what has come due; a real check always uses the real clock.

    Example: tracker sweep --deliver
    """
    if now and not dry_run:
        raise typer.BadParameter("--now goes with --dry-run only: a real check always uses the real clock.")
    if dry_run:
        _rehearse(now)
        return
    from tracker.cli.session import opened
    from tracker.usecases.deliver_all import deliver_all
    from tracker.usecases.sweep import sweep as run_sweep

    with opened(sending=True) as services:
        say(run_sweep(services).summary)
        if deliver:
            for channel, result in deliver_all(services).items():
                say(f"{channel}: {result.summary}")
        _watch(services)


def _watch(services: "Services") -> None:
    """Let whoever waits for the heartbeat of this home know, as after every sweep."""
    if not (services.settings.heartbeat_url or services.settings.admin_url):
        return
    from tracker.domain.watch_words import on_screen
    from tracker.usecases.watch import watch

    seen = watch(services, None)
    for line in (*(f"{said.what} {said.mend}" for said in map(on_screen, seen.findings)), *seen.unheard):
        remark(f"! {line}")


def preview(
    from_: Annotated[str | None, day_option("First day; today if left out.", "--from")] = None,
    to: Annotated[str | None, day_option("Last day; 30 days later if left out.", "--to")] = None,
    why: Annotated[bool, typer.Option("--why", help="Also show what would not be sent, with the reasons.")] = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Show every message that would leave, by the same code that decides; stores nothing.

    Example: tracker preview --to 31/03/2569
    """
    from schedules.calendars import bangkok_day
    from tracker.cli.session import now_of, opened
    from tracker.usecases.preview import preview as foretell

    with opened() as services:
        moment = now_of(services, now)
        start = day_given(from_, "--from") or bangkok_day(moment)
        end = day_given(to, "--to") or start + _SPAN
        with shown_progress("Looking ahead") as progress:
            found = foretell(services, now=moment, start=start, end=end, progress=progress)
    if as_json:
        messages = [_message_json(each) for each in found.messages]
        print_json(
            {"messages": messages, "withheld": [_withheld_json(each) for each in found.withheld]} if why else messages
        )
        return
    print_table(
        ["when", "by", "message"],
        [[thai_instant(each.at), each.channel, _in_short(each)] for each in found.messages if each.notices],
        whole=2,
        empty="No reminder would be sent in that span.",
    )
    if digests := sum(not each.notices for each in found.messages):
        remark(f"And {counted(digests, 'digest or report', 'digests and reports')} to coordinators and executives.")
    if why:
        print_table(
            ["when", "task", "rung", "not sent, because"],
            [[thai_instant(each.at), each.task_id, each.rung, each.reason] for each in found.withheld],
            whole=3,
            empty="Nothing would be held back in that span.",
        )


def _message_json(each: "Foretold") -> dict[str, Any]:
    said = [{"task": task, "rung": rung, "audience": audience} for task, rung, audience in each.notices]
    return {
        "at": each.at.isoformat(),
        "recipient": each.recipient,
        "channel": each.channel,
        "subject": each.subject,
        "notices": said,
    }


def _withheld_json(each: "Withheld") -> dict[str, Any]:
    return {"at": each.at.isoformat(), "task": each.task_id, "rung": each.rung, "reason": each.reason}


def _rehearse(now: str | None) -> None:
    from schedules.calendars import bangkok_day
    from tracker.cli.session import now_of, opened
    from tracker.usecases.preview import preview as foretell

    with opened() as services:
        moment = now_of(services, now)
        today = bangkok_day(moment)
        messages = foretell(services, now=moment, start=today, end=today).messages
    print_table(
        ["by", "message"],
        [[each.channel, _in_short(each)] for each in messages],
        whole=1,
        empty="Nothing has come due.",
    )


def _in_short(message: "Foretold") -> str:
    ids = ", ".join(str(task) for task, _, _ in message.notices)
    return f"{message.recipient}\n{message.subject}" + (f"\ntasks {ids}" if ids else "")
