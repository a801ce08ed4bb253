"""The `tracker` program: one file for each noun; this one joins them and turns our errors into one line."""

import io
import logging
import sys
from errno import ENOSPC, EPIPE
from typing import Annotated

import typer

from tracker.cli import (
    audit,
    backup,
    bounce,
    calendar,
    evidence,
    home,
    leave,
    message,
    people,
    plan,
    policy,
    report,
    service,
    status,
    sweep,
    task,
    unit,
)
from tracker.cli.help import Commands
from tracker.cli.output import remark, say
from tracker.delivery.redaction import redact_crashes, redacted_handler, without_secrets
from tracker.errors import TrackerError

app = Commands(
    name="tracker",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(version("ita-tracker"))
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
]


@app.callback(invoke_without_command=True)
def desk(context: typer.Context, _version: Version = False) -> None:
    """Follow up the integrity and transparency plan (ITA O42/O43) of a Thai government agency.

    Without a command it shows what needs doing today, each thing with the command to type next.
    """
    if context.invoked_subcommand is None:
        from tracker.cli.desk import show_desk

        show_desk()


home.add_to(app)
app.add_typer(plan.app, name="plan")
app.add_typer(people.app, name="people")
app.add_typer(unit.app, name="unit")
app.add_typer(leave.app, name="leave")
app.add_typer(task.app, name="task")
app.add_typer(evidence.app, name="evidence")
sweep.add_to(app)
status.add_to(app)
app.add_typer(message.notices, name="notice")
app.add_typer(message.app, name="message")
app.add_typer(bounce.app, name="bounce")
app.add_typer(report.app, name="report")
calendar.add_to(app)
app.add_typer(policy.ladder, name="ladder")
app.add_typer(policy.holiday, name="holiday")
service.add_to(app)
audit.add_to(app)
backup.add_to(app)


def run() -> None:
    """Run the program: exit 0 done, 1 refused with one line on stderr, 2 misused."""
    logging.basicConfig(level=logging.WARNING, handlers=[redacted_handler("%(levelname)s %(message)s")])
    stdout = sys.stdout
    try:
        _answer()
    except TrackerError as error:
        remark(f"tracker: {' '.join(without_secrets(str(error)).split())}")
        sys.exit(1)
    except SystemExit:
        if sys.stdout is not stdout:  # Typer puts a silent one there when whoever read us, such as `head`, is gone
            sys.exit(0)
        raise
    except OSError as error:
        if error.errno not in (EPIPE, ENOSPC):
            redact_crashes()
            raise
        sys.stdout = io.StringIO()  # what is not written yet cannot be: Python would say so once more at the end
        if error.errno == EPIPE:
            sys.exit(0)
        remark(f"tracker: What was asked cannot be written ({error.strerror}): make room, then repeat.")
        sys.exit(1)
    except Exception:
        redact_crashes()  # Typer has set a hook of its own, which tells all
        raise


def _answer() -> None:
    """Run the command and write out all that it said, while it can still be told when that fails."""
    try:
        app(prog_name="tracker")
    except SystemExit:
        sys.stdout.flush()
        raise


if __name__ == "__main__":
    run()
