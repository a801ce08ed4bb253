"""`tracker bounce ...`: mails that came back."""

import typer

from tracker.cli.output import say

app = typer.Typer(help="Delivery reports: mails that came back.", no_args_is_help=True)


@app.command("read")
def read() -> None:
    """Read the mailbox of TRACKER_BOUNCE_URL now, as the service does every five minutes.

    Example: tracker bounce read
    """
    from tracker.cli.session import opened
    from tracker.usecases.read_bounces import read_bounces

    with opened(sending=True) as services:
        result = read_bounces(services)
    say(f"Mailbox read: {result.summary}.")
