"""The Celery beat table as plain data: one line for each tick, with its reason."""

from datetime import timedelta
from typing import Any

SWEEP_TASK = "tracker.sweep"
BOUNCES_TASK = "tracker.bounces"
EVIDENCE_TASK = "tracker.evidence"

BOUNCES_EVERY = timedelta(minutes=5)
"""How often the mailbox of delivery reports is read: mail systems report within minutes at best, and hosts that count
logins do not mind twelve an hour."""

EVIDENCE_EVERY = timedelta(minutes=10)
"""How often evidence is looked at, a part each time: what was looked at on the same day waits for the next."""

STALE_AFTER = timedelta(minutes=4)
"""When a task that still waits is dropped: the next tick says the same.

Below the broker's visibility timeout, so that a task delivered a second time ends there; far above the skew between
two clocks, since a tick that looks stale on arrival would stop every sweep in silence.
"""


def beat_schedule(every: timedelta) -> dict[str, dict[str, Any]]:
    """Return the table: intervals only. What is due at which hour stands in the database and nowhere else.

    A crontab tick that falls into an outage of the broker is lost for good, and one with an ETA is redelivered
    again and again; an interval tick that is lost is made good by the next.
    """
    return {
        # Decides what has come due and rings for what waits, so this one tick repairs whatever the broker lost.
        "sweep": {"task": SWEEP_TASK, "schedule": every, "options": {"expires": expiry(every)}},
        # Learns of mails that came back, which the relay had taken; the sweep then tells their readers elsewhere.
        "bounces": {
            "task": BOUNCES_TASK,
            "schedule": BOUNCES_EVERY,
            "options": {"expires": STALE_AFTER.total_seconds()},
        },
        # Looks each day whether what proves that tasks were done can still be opened.
        "evidence": {
            "task": EVIDENCE_TASK,
            "schedule": EVIDENCE_EVERY,
            "options": {"expires": STALE_AFTER.total_seconds()},
        },
    }


def expiry(every: timedelta) -> float:
    """Return the seconds that a tick may wait: at least one interval, or a long one could lose its only tick."""
    return max(every, STALE_AFTER).total_seconds()
