"""The worker process of `tracker demo`: all of `tracker up`, on the demo's moving clock.

Started as `python -m workers.demo_worker CLOCKFILE`; settings come from the environment as always.
"""

import os
import sys
from pathlib import Path

from tracker.bootstrap import build
from tracker.settings import load_settings
from workers.embedded import run
from workers.moving_clock import MovingClock


def main(clock_file: str) -> int:
    """Run until SIGTERM and return the exit status."""
    services = build(load_settings(os.environ), clock=MovingClock(Path(clock_file)))
    try:
        return run(services, concurrency=4, announce=_say)
    finally:
        services.close()


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
