"""When the administrator is told of trouble: when it begins, once a day while it lasts, when it is over. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

Word = Literal["begins", "lasts", "over"]

PATIENCE = timedelta(minutes=2)
"""How long trouble lasts before it is worth a message: a start of the service, or one slow check, is over by then."""
AGAIN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Memory:
    """When each trouble that lasts was first seen, by its key, and when the administrator was last told of any."""

    seen: Mapping[str, datetime] = field(default_factory=dict)
    told_at: datetime | None = None

    def joined(self, other: "Memory") -> "Memory":
        """Return what either remembers: the earlier sight, the later telling."""
        seen = {**other.seen, **self.seen}
        for key in self.seen.keys() & other.seen.keys():
            seen[key] = min(self.seen[key], other.seen[key])
        told = [at for at in (self.told_at, other.told_at) if at is not None]
        return Memory(seen, max(told, default=None))


@dataclass(frozen=True, slots=True)
class Alarm:
    """What to tell now (None: nothing), what to remember, and which trouble is seen for the first time."""

    word: Word | None
    memory: Memory
    new: frozenset[str]


def alarm(before: Memory, keys: Iterable[str], now: datetime) -> Alarm:
    """Return what follows from the keys of the trouble seen now; no key means that all is well."""
    seen = {key: before.seen.get(key, now) for key in keys}
    word = _word(before, seen, now)
    told_at = now if word else before.told_at
    return Alarm(word, Memory(seen, None if word == "over" else told_at), frozenset(seen.keys() - before.seen.keys()))


def _word(before: Memory, seen: Mapping[str, datetime], now: datetime) -> Word | None:
    if not seen:
        return "over" if before.told_at else None
    ripe = [since for since in seen.values() if now - since >= PATIENCE]
    if any(before.told_at is None or since > before.told_at for since in ripe):  # else the last message named it
        return "begins"
    return "lasts" if before.told_at and now - before.told_at >= AGAIN_AFTER else None
