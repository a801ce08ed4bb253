"""`tracker bounce ...`: mails that came back."""

from tracker.cli.help import Commands
from tracker.cli.output import say

app = Commands(help="Delivery reports: mails that came back.")


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
