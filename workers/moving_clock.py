"""A clock that another process moves. For the demo and the tests only: no service reads it."""

import os
from datetime import UTC, datetime
from pathlib import Path


class MovingClock:
    """A Clock whose instant stands in a small file, so that a worker process and its driver share one time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def now(self) -> datetime:
        """Return the instant that was set last; raises FileNotFoundError when none ever was."""
        return datetime.fromisoformat(self.path.read_text(encoding="ascii").strip())

    def set(self, instant: datetime) -> None:
        """Move the clock; a reader sees the old instant or the new one, never half of it."""
        if instant.tzinfo is None:
            raise ValueError(f"The instant {instant.isoformat()} has no time zone: give an aware one.")
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        beside.write_text(instant.astimezone(UTC).isoformat(), encoding="ascii")
        beside.replace(self.path)
