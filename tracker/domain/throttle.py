"""When a message that failed is tried again, and how long one may hold it."""

from datetime import timedelta

MAX_ATTEMPTS = 8
BATCH = 10
"""Messages claimed at once: at most this many wait for a lease to run out when their sender dies."""
LEASE = timedelta(seconds=120)
"""How long a claim holds. It exceeds by far what one message may take, connecting and sending timed out."""
SAME_KEY_WINDOW = timedelta(hours=23)
"""LINE forgets a retry key after 24 hours; a repeat after that would be a second message."""
MISCONFIGURED_PAUSE = timedelta(minutes=10)

_FIRST = timedelta(minutes=1)
_LONGEST = timedelta(hours=6)
_FACTOR = 4


def retry_delay(attempts: int, spread: float) -> timedelta:
    """Return how long to wait after so many attempts; `spread` in [0, 1) is chance, and spreads a herd.

    Between half and the whole of 1, 4, 16, 64, 256 minutes, then 6 hours: eight attempts take about a day.
    """
    longest = min(_FIRST * int(_FACTOR ** (attempts - 1)), _LONGEST)
    return longest * (0.5 + spread / 2)
