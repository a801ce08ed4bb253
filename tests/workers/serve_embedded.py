"""What `tracker up` does, with a clock that the test moves."""

import os
import sys
from pathlib import Path

from tracker.bootstrap import build
from workers.embedded import run
from workers.moving_clock import MovingClock

services = build(clock=MovingClock(Path(os.environ["TRACKER_HOME"]) / "clock"))
status = run(services, announce=lambda _: None)
services.close()
sys.exit(status)
