"""`tracker init` and `tracker health`."""

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.help import Commands
from tracker.cli.output import remark, say

if TYPE_CHECKING:
    from tracker.cli.guide import Answers
    from tracker.settings import Settings


def add_to(app: Commands) -> None:
    """Add the commands of this file."""
    app.command("init")(init)
    app.command("health")(health)


def init(
    agency: Annotated[str | None, typer.Option(help="The agency's name, as messages should print it.")] = None,
    email_url_file: Annotated[Path | None, typer.Option(help="A file that holds TRACKER_EMAIL_URL.")] = None,
    line_token_file: Annotated[Path | None, typer.Option(help="A file that holds TRACKER_LINE_TOKEN.")] = None,
) -> None:
    """Make the home: configuration, database, migrations. Safe to repeat; what is set already stays.

    At a terminal, without options and before the agency has a name, it asks for what it needs and proves the answers.
    Secrets then stand in files of the home that only you can read.

    Example: tracker init --agency "เทศบาลตำบลตัวอย่าง"
    """
    from tracker.settings import load_settings

    settings = load_settings(os.environ)
    options = (agency, email_url_file, line_token_file)
    if settings.agency is None and not any(options) and sys.stdin.isatty() and sys.stdout.isatty():
        from tracker.cli.guide import ask

        _make_as_answered(ask(settings))
        return
    given = {"email_url": email_url_file, "line_token": line_token_file}
    files = {key: path for key, path in given.items() if path}
    _check(settings, files)
    _make(settings, agency, files=files)
    remark("Next: tracker people import people.csv, then tracker plan import PLAN.")


def _make(
    settings: "Settings", agency: str | None, *, files: dict[str, Path], secrets: dict[str, str] | None = None
) -> None:
    from tracker.usecases.set_up import set_up

    made = set_up(settings, agency, files=files, secrets=secrets or {})
    say(f"{'Made' if made.new else 'Checked'} the home {made.home}")
    for key in made.kept:
        remark(f"tracker.toml says another {key} already, which was left as it is: change it there by hand.")


def _check(settings: "Settings", files: dict[str, Path]) -> None:
    """Refuse files that no channel could be opened with, before anything is made."""
    from dataclasses import replace

    from tracker.bootstrap import open_channel
    from tracker.errors import Refused
    from tracker.settings import read_secret

    for key, path in files.items():
        name = {"email_url": "email", "line_token": "line"}[key]
        secret = read_secret(f"--{key.replace('_', '-')}-file", path)
        if not secret:
            raise Refused(f"The file {path} (--{key.replace('_', '-')}-file) is empty: put the secret into it.")
        open_channel(replace(settings, **{key: secret}), name).close()  # type: ignore[arg-type]  # a text


def _make_as_answered(answers: "Answers") -> None:
    from tracker.cli.guide import PEOPLE
    from tracker.intake.people_sample import sample_people
    from tracker.usecases.write_file import write_file

    say("")
    _make(answers.settings, answers.agency, files={}, secrets=answers.secrets)
    if answers.sample:
        write_file(PEOPLE, lambda partial: partial.write_bytes(sample_people()))
        say(f"Wrote {PEOPLE}: put your people in it, and take the samples out.")
    if answers.send_to:
        _send(answers.settings, answers.send_to)
    say("\nNext:")
    for step in (f"tracker people import {PEOPLE}", "tracker plan import PLAN", "tracker doctor", "tracker up"):
        say(f"  {step}")


def _send(settings: "Settings", address: str) -> None:
    """Send a test message; one that is refused is told, and makes the home no worse."""
    from tracker.bootstrap import open_channel
    from tracker.clock import SystemClock
    from tracker.usecases.send_trial import channel_of, send_trial

    name = channel_of(address, settings.channel_names)
    with closing(open_channel(settings, name)) as channel:
        outcome = send_trial(channel, address, agency=settings.agency, now=SystemClock().now())
    if outcome.ok:
        say(f"A test message to {address} was taken: see that it has arrived.")
    else:
        remark(f"! The test message was not taken ({outcome.detail}): tracker doctor --send-to {address}")


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
