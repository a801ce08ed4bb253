"""`workers.app` on a Monday in office hours: `celery -A benchmarks.worker worker`. All else is the product's own."""

import os
from datetime import timedelta

from benchmarks.clock import AHEAD, move_the_machines

move_the_machines(timedelta(seconds=float(os.environ[AHEAD])))

from workers.app import app  # noqa: E402 - whatever reads the clock comes after it was moved

__all__ = ["app"]
