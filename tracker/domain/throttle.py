"""When a message that failed is tried again, and how long one may hold it."""

from datetime import datetime, timedelta

MAX_ATTEMPTS = 8
BATCH = 100
"""Messages claimed at once: at most this many wait for a lease to run out when their sender dies."""
SHARES, LEAST = 16, 10
"""A claim takes this share of what waits, and at least so many: senders that work side by side end together."""
SLICE, SLICE_LOAD = 50, 200
"""Messages looked at and written together, and the notices that they may carry: so much is in memory at once."""
FRESH = timedelta(seconds=30)
"""How long a look at some messages holds good: after it, what was not sent yet is looked at again."""
LEASE = timedelta(seconds=120)
"""How long a claim holds; it is renewed at each look. A message may take what is left after FRESH."""
SAME_KEY_WINDOW = timedelta(hours=23)
"""LINE forgets a retry key after 24 hours; a repeat after that would be a second message."""
MISCONFIGURED_PAUSE = timedelta(minutes=10)

BURST = timedelta(seconds=10)
"""What a relay's rate allows in this time may leave at once."""

_FIRST = timedelta(minutes=1)
_LONGEST = timedelta(hours=6)
_FACTOR = 4


def retry_delay(attempts: int, spread: float) -> timedelta:
    """Return how long to wait after so many attempts; `spread` in [0, 1) is chance, and spreads a herd.

    Between half and the whole of 1, 4, 16, 64, 256 minutes, then 6 hours: eight attempts take about a day.
    """
    longest = min(_FIRST * int(_FACTOR ** (attempts - 1)), _LONGEST)
    return longest * (0.5 + spread / 2)


def allowance(per_minute: int, spent_until: datetime | None, now: datetime) -> int:
    """Return how many messages a relay's rate lets leave now; `spent_until` is what `spend` gave last.

    The generic cell rate algorithm: every message takes its share of time, and a burst may run ahead of it.
    """
    ahead = max(spent_until - now, timedelta(0)) if spent_until else timedelta(0)
    share = timedelta(minutes=1) / per_minute
    return max(0, int((max(BURST, share) - ahead) / share))


def spend(per_minute: int, spent_until: datetime | None, now: datetime, count: int) -> datetime:
    """Return until when a rate is spent after `count` messages more."""
    return max(spent_until or now, now) + count * timedelta(minutes=1) / per_minute
