"""`tracker ladder ...` and `tracker holiday ...`."""

import os
from typing import Annotated

import typer

from tracker.cli.output import Json, actor, day_given, print_json, print_table, say, thai_day

ladder = typer.Typer(help="The ladder: who is told when.", no_args_is_help=True)
holiday = typer.Typer(help="Days off, suggested and the agency's own.", no_args_is_help=True)


@ladder.command("show")
def show_ladder(as_json: Json = False) -> None:
    """Show the ladder that new tasks get.

    Example: tracker ladder show
    """
    from tracker.settings import load_settings
    from tracker.usecases.policies import ladder_in_force

    found = ladder_in_force(load_settings(os.environ))
    if as_json:
        print_json(found.to_json())
        return
    print_table(
        ["rung", "when", "audience", "tone"],
        [[rung.name, _when(rung.offset), ", ".join(rung.audience), rung.tone] for rung in found.rungs],
        empty="",
    )
    say(f"Promises: at most {found.promises}, each at most {found.promise_days} days ahead.")


@ladder.command("check")
def check_ladder() -> None:
    """Check the agency's own ladder.toml and reporting.toml in the home.

    Example: tracker ladder check
    """
    from tracker.settings import load_settings
    from tracker.usecases.policies import ladder_in_force, reporting_in_force

    settings = load_settings(os.environ)
    found = ladder_in_force(settings)
    reporting_in_force(settings)
    own = (settings.home / "ladder.toml").exists()
    whose = "agency’s own" if own else "shipped"
    say(f"The {whose} ladder is in order: {len(found.rungs)} rungs, {found.fingerprint()}.")


@holiday.command("list")
def list_holidays(
    year: Annotated[int | None, typer.Argument(help="A year, B.E. or C.E.; this one if left out.")] = None,
    as_json: Json = False,
) -> None:
    """List the days off of a year and where each comes from.

    Example: tracker holiday list 2569
    """
    from schedules.calendars import bangkok_day
    from tracker.cli.session import opened
    from tracker.domain.thai.dates import year_ce
    from tracker.usecases.arrange import days_off

    with opened() as services:
        chosen = bangkok_day(services.clock.now()).year if year is None else year if year < 2400 else year_ce(year)  # noqa: PLR2004 - the first B.E. year
        days = days_off(services, chosen)
    if as_json:
        print_json([{"day": d.day.isoformat(), "name": d.name, "off": d.off, "source": d.source} for d in days])
        return
    print_table(
        ["day", "name", "offices", "source"],
        [[thai_day(d.day), d.name, "closed" if d.off else "OPEN", d.source] for d in days],
        empty="No days off are known for that year.",
    )


@holiday.command("add")
def add_holiday(day: str, name: str) -> None:
    """Make a day a day off, such as one that the cabinet announced; open tasks are looked at anew.

    Example: tracker holiday add 30/12/2569 "วันหยุดพิเศษ"
    """
    _set(day, name, off=True)


@holiday.command("remove")
def remove_holiday(day: str) -> None:
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
    say(f"{thai_day(day)} is a {'day off' if off else 'working day'} now; the next notice of {moved} tasks moved.")


def _when(offset: int) -> str:
    if offset == 0:
        return "on the due date"
    return f"{-offset} calendar days before" if offset < 0 else f"{offset} working days after"
