"""What `tracker doctor` looks at of the channels: each is asked, and one trial message sent if that is wanted."""

from contextlib import closing

from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.usecases.bench import Bench, Proof, broken, proved, remark
from tracker.usecases.send_trial import channel_of, send_trial

SETTINGS = {"email": "TRACKER_EMAIL_URL", "line": "TRACKER_LINE_TOKEN"}
"""The setting that a channel's faults are mended in."""


def email(bench: Bench) -> Proof:
    """Connect to the relay, with TLS and login."""
    if not bench.settings.email_url:
        everybody = "" if bench.settings.channel_names else ", as is every channel: nobody is told anything"
        return remark(f"It is off{everybody}.", "Set TRACKER_EMAIL_URL to switch it on.")
    return _asked(bench, "email")


def line(bench: Bench) -> Proof:
    """Ask LINE whose token this is and what is left of the month's messages."""
    if not bench.settings.line_token:
        return remark("It is off.", "Set TRACKER_LINE_TOKEN to switch it on.")
    return _asked(bench, "line")


def others(bench: Bench) -> Proof | None:
    """See that Apprise knows the further channels that are allowed."""
    if not bench.settings.channels:
        return None
    said = [_asked(bench, name).said for name in bench.settings.channels]
    return proved(f"{', '.join(bench.settings.channels)}: {said[0]}")


def bounces(bench: Bench) -> Proof | None:
    """Log in to the mailbox of delivery reports and look for a mail, which stays as it is."""
    mailbox = bench.tools.open_bounces(bench.settings)
    if mailbox is None:
        return None
    with closing(mailbox.mails(None)) as mails:  # type: ignore[type-var]  # generators, all of them
        next(mails, None)
    return proved("the mailbox can be read")


def message(bench: Bench) -> Proof | None:
    """Send one trial message."""
    if bench.send_to is None:
        return None
    name = channel_of(bench.send_to, bench.settings.channel_names)
    with closing(bench.tools.open_channel(bench.settings, name)) as channel:
        now = bench.services.clock.now()
        outcome = send_trial(channel, bench.send_to, agency=bench.settings.agency, now=now)
    if outcome.ok:
        return proved(f"{name} took it for {bench.send_to}; see that it has arrived")
    return fault_of(name, outcome)


def _asked(bench: Bench, name: str) -> Proof:
    with closing(bench.tools.open_channel(bench.settings, name)) as channel:
        outcome = channel.prove()
    if not outcome.ok:
        return fault_of(name, outcome)
    if outcome.quota_gone:
        return remark(outcome.detail, "Messages go by each person's next channel until next month, or raise the plan.")
    return proved(outcome.detail)


def fault_of(name: str, outcome: Outcome) -> Proof:
    """Return what is broken in a channel, in its own words, and where it is mended."""
    code = f"{outcome.code} " if outcome.code else ""
    words = f"{code}{outcome.detail}".strip() or outcome.kind.value
    setting = SETTINGS.get(name, "TRACKER_CHANNELS")
    mends = {
        OutcomeKind.MISCONFIGURED: f"Mend {setting}: it refuses what is set there.",
        OutcomeKind.PERMANENT: "Mend the address, or the sender's rights.",
        OutcomeKind.UNKNOWN: f"See whether it arrived; then whether the server of {setting} is well.",
    }
    mend = mends.get(outcome.kind, f"See that the server of {setting} runs and can be reached from here.")
    return broken(f"It does not work ({words}).", mend)
