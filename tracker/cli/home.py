"""`tracker init` and `tracker health`."""

import os
from typing import Annotated

import typer

from tracker.cli.output import remark, say


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("init")(init)
    app.command("health")(health)


def init(
    agency: Annotated[str | None, typer.Option(help="The agency's name, as messages should print it.")] = None,
) -> None:
    """Make the home: configuration, database, migrations. Safe to repeat.

    Example: tracker init --agency "เทศบาลตำบลตัวอย่าง"
    """
    from tracker.settings import load_settings
    from tracker.usecases.set_up import set_up

    made = set_up(load_settings(os.environ), agency)
    say(f"{'Made' if made.new else 'Checked'} the home {made.home}")
    if agency and not made.config_written:
        remark("tracker.toml was there already and was left as it is: write the agency's name into it by hand.")
    remark("Next: tracker people import people.csv, then tracker plan import PLAN.")


def health(
    sweep_within: Annotated[
        int | None, typer.Option(help="Also: the last sweep ended at most this many seconds ago.")
    ] = None,
    broker: Annotated[bool, typer.Option("--broker", help="Also: the broker answers.")] = False,
) -> None:
    """Exit 0 when the database answers and is current; made for container health checks.

    Example: tracker health --sweep-within 300
    """
    from tracker.cli.session import opened
    from tracker.usecases.check_health import check_health

    with opened(checked=False) as services:
        check_health(services, sweep_within=sweep_within, broker=broker)
    say("healthy")
