"""`tracker ladder ...` and `tracker holiday ...`."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.given import AnyTasks, DryRun, Json, number_given
from tracker.cli.help import Commands
from tracker.cli.output import actor, day_given, print_json, print_table, remark, say, thai_day, thai_instant
from tracker.domain.counting import counted

if TYPE_CHECKING:
    from datetime import datetime

    from schedules.ladders import Ladder
    from tracker.usecases.rebase import Footing, Rebased

ladder = Commands(help="The ladder: who is told when.")
holiday = Commands(help="Days off, suggested and the agency’s own.")

Year = Annotated[int, typer.Argument(parser=number_given, metavar="YEAR", help="A year, B.E. or C.E.")]
Day = Annotated[str, typer.Argument(help="The day, such as 30/12/2569.")]


@ladder.command("show")
def show_ladder(
    kind: Annotated[str | None, typer.Option(help="report, publish, produce, supervise or activity.")] = None,
    as_json: Json = False,
) -> None:
    """Show the ladders that new tasks get: the default, and that of each kind that has its own.

    Example: tracker ladder show --kind report
    """
    from tracker.settings import load_settings
    from tracker.usecases.policies import ladder_of_kind, policy_in_force

    settings = load_settings(os.environ)
    policy = policy_in_force(settings)
    one = None if kind is None else ladder_of_kind(settings, kind)
    if as_json and one is None:
        kinds = {name: own.to_json() for name, own in policy.kinds.items()}
        print_json({**policy.default.to_json(), "kinds": kinds})
    elif as_json and one is not None:
        print_json(one.to_json())
    elif one is not None:
        _show_ladder(one)
    else:
        _show_ladder(policy.default)
        for name, own in policy.kinds.items():
            say(f"\nThe ladder of kind {name}:")
            _show_ladder(own)


@ladder.command("check")
def check_ladder() -> None:
    """Check the agency's own ladder.toml and reporting.toml in the home.

    Example: tracker ladder check
    """
    from tracker.settings import load_settings
    from tracker.usecases.policies import policy_in_force, reporting_in_force

    settings = load_settings(os.environ)
    found = policy_in_force(settings)
    reporting_in_force(settings)
    own = (settings.home / "ladder.toml").exists()
    whose = "agency’s own" if own else "shipped"
    say(f"The {whose} ladder is in order: {_in_short(found.default)}.")
    for name, each in found.kinds.items():
        say(f"The ladder of kind {name} is in order: {_in_short(each)}.")


@ladder.command("rebase")
def rebase_tasks(
    ids: AnyTasks = None,
    reason: Annotated[str | None, typer.Option(help="Why; kept in the audit trail.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Put open and submitted tasks on the ladder in force for their kind; what was said is not repeated.

    Example: tracker ladder rebase --reason "ปรับรอบการติดตามตามหนังสือ..."
    """
    from tracker.cli.session import opened
    from tracker.usecases.rebase import rebase

    with opened() as services:
        moved = rebase(services, ids or [], reason=reason, actor=actor(), dry_run=dry_run)
    _show_rebased(moved, dry_run=dry_run)


@holiday.command("list")
def list_holidays(
    year: Annotated[
        int | None,
        typer.Argument(parser=number_given, metavar="YEAR", help="A year, B.E. or C.E.; this one if left out."),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the days off of a year and where each comes from, and say whether the year is confirmed.

    Example: tracker holiday list 2569
    """
    from schedules.calendars import bangkok_day
    from tracker.cli.session import opened
    from tracker.usecases.arrange import days_off
    from tracker.usecases.confirm_holidays import confirmed_at

    with opened() as services:
        chosen = bangkok_day(services.clock.now()).year if year is None else _gregorian(year)
        days, confirmed = days_off(services, chosen), confirmed_at(services, chosen)
    if as_json:
        sure = confirmed is not None
        print_json(
            [
                {"day": d.day.isoformat(), "name": d.name, "off": d.off, "source": d.source, "confirmed": sure}
                for d in days
            ]
        )
        return
    print_table(
        ["day", "offices", "source", "name"],
        [[thai_day(d.day), "closed" if d.off else "OPEN", d.source, d.name] for d in days],
        whole=3,
        empty="No days off are known for that year.",
    )
    remark(_confirmation(chosen, confirmed))


@holiday.command("confirm")
def confirm(year: Year) -> None:
    """Say that the days off of a year have been looked through and are right.

    Example: tracker holiday confirm 2569
    """
    from tracker.cli.session import opened
    from tracker.usecases.confirm_holidays import confirm_holidays

    chosen = _gregorian(year)
    with opened() as services:
        days = confirm_holidays(services, chosen, actor=actor())
    say(f"The days off of {_both_eras(chosen)} are confirmed: {days} are in force.")


@holiday.command("add")
def add_holiday(day: Day, name: Annotated[str, typer.Argument(help="What the day is called.")]) -> None:
    """Make a day a day off, such as one that the cabinet announced; open tasks are looked at anew.

    Example: tracker holiday add 30/12/2569 "วันหยุดพิเศษ"
    """
    _set(day, name, off=True)


@holiday.command("remove")
def remove_holiday(day: Day) -> None:
    """Make a suggested or added day a working day again.

    Example: tracker holiday remove 13/05/2569
    """
    _set(day, "วันทำการ", off=False)


def _set(text: str, name: str, *, off: bool) -> None:
    from tracker.cli.session import opened
    from tracker.usecases.arrange import set_day_off

    day = day_given(text, "day")
    assert day is not None  # noqa: S101 - the argument is not optional
    with opened() as services:
        moved = set_day_off(services, day, name, off=off, actor=actor())
    what = "day off" if off else "working day"
    say(f"{thai_day(day)} is a {what} now; the next notice of {counted(moved, 'task')} moved.")


def _gregorian(year: int) -> int:
    """Return the C.E. year of a year that a person wrote in either era."""
    from schedules.calendars import ERA
    from tracker.errors import Refused

    if _FIRST_BE <= year <= _LAST_BE:
        return year - ERA
    if _FIRST_BE - ERA <= year <= _LAST_BE - ERA:
        return year
    raise Refused(f"{year} is not a year of either era: write it as 2569 or 2026.")


_FIRST_BE, _LAST_BE = 2400, 2700


def _both_eras(year: int) -> str:
    from schedules.calendars import ERA

    return f"{year + ERA} ({year})"


def _confirmation(year: int, at: "datetime | None") -> str:
    from schedules.calendars import ERA

    if at is not None:
        return f"{_both_eras(year)} was confirmed on {thai_instant(at)}."
    return (
        f"{_both_eras(year)} is not confirmed: compare it with the cabinet's list, "
        f"then tracker holiday confirm {year + ERA}"
    )


def _show_ladder(shown: "Ladder") -> None:
    print_table(
        ["rung", "when", "tone", "audience"],
        [[rung.name, _when(rung.offset), rung.tone, ", ".join(rung.audience)] for rung in shown.rungs],
        whole=3,
        empty="",
    )
    say(f"Promises: at most {shown.promises}, each at most {counted(shown.promise_days, 'day')} ahead.")
    say(f"A rung missed for more than {counted(shown.catch_up_days, 'day')} is not said any more.")


def _in_short(each: "Ladder") -> str:
    return f"{counted(len(each.rungs), 'rung')}, {each.fingerprint()}"


def _show_rebased(moved: "list[Rebased]", *, dry_run: bool) -> None:
    print_table(
        ["id", "next notice before and after", "task"],
        [
            [
                each.task_id,
                f"{_next(each.before)}\n→ {_next(each.after)}",
                f"{each.unit}: {each.title}\n{each.before.rung or '-'} → {each.after.rung or '-'}",
            ]
            for each in moved
        ],
        whole=2,
        empty="Every task is on the ladder in force already.",
    )
    say(f"{'Would move' if dry_run else 'Moved'} {counted(len(moved), 'task')} to the ladder in force.")


def _next(footing: "Footing") -> str:
    return f"{footing.next_rung} on {thai_instant(footing.next_at)}" if footing.next_rung else "none"


def _when(offset: int) -> str:
    if offset == 0:
        return "on the due date"
    return f"{counted(-offset, 'calendar day')} before" if offset < 0 else f"{counted(offset, 'working day')} after"
