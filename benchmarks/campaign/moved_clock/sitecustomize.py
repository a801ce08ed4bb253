"""Sets the product's clock ahead in every Python that a campaign starts with this folder on its path.

So the very commands of production run on a working day, whatever day it is: `celery -A workers.app worker`, `tracker`.
Only `tracker.clock` reads the clock there. CAMPAIGN_CLOCK_AHEAD is in seconds and may be negative.
"""

import os
from datetime import UTC, datetime, timedelta

from tracker.clock import SystemClock

_AHEAD = timedelta(seconds=float(os.environ["CAMPAIGN_CLOCK_AHEAD"]))


def _now(_clock: SystemClock) -> datetime:
    return datetime.now(UTC) + _AHEAD


SystemClock.now = _now  # type: ignore[method-assign]
