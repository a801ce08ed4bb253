"""What the stand-ins wrote down, read while they write."""

import json
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that was accepted: when it was there (monotonic), who is to read it, its Message-ID or retry key."""

    at: float
    to: str
    key: str


@dataclass(slots=True)
class Arrivals:
    """The book of one stand-in. LINE's also says which repeats were dropped, under the name 409."""

    path: Path
    accepted: list[Arrival] = field(default_factory=list)
    dropped: list[Arrival] = field(default_factory=list)
    readers: set[str] = field(default_factory=set)
    _offset: int = 0

    def read(self) -> "Arrivals":
        """Take in what was written since the last look."""
        if self.path.exists():
            with self.path.open("rb") as book:
                book.seek(self._offset)
                lines = book.read()
            whole = lines[: lines.rfind(b"\n") + 1]
            self._offset += len(whole)
            for line in whole.splitlines():
                self._take(Arrival(**json.loads(line)))
        return self

    def _take(self, arrival: Arrival) -> None:
        if arrival.to == "409":
            self.dropped.append(arrival)
        else:
            self.accepted.append(arrival)
            self.readers.add(arrival.to)
