"""When a channel may be used: its pauses and what is spent of its rate, shared by every worker."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain.throttle import allowance, spend
from tracker.store import marks


def pause(session: Session, channel: str, until: datetime) -> None:
    """Let every message of a channel wait, because the channel itself is at fault."""
    marks.set_mark(session, _paused(channel), until)


def paused_until(session: Session, channel: str, now: datetime) -> datetime | None:
    """Return when a pause of a channel ends, None when it may be used now."""
    until = marks.mark(session, _paused(channel))
    return until if until is not None and until > now else None


def room(session: Session, channel: str, per_minute: int, now: datetime) -> int:
    """Return how many messages the rate of a channel lets leave now; others wait until this transaction ends."""
    marks.only_one(session, _rate(channel))
    return allowance(per_minute, marks.mark(session, _rate(channel)), now)


def use(session: Session, channel: str, per_minute: int, now: datetime, count: int) -> None:
    """Take the share of some messages from the rate of a channel; in the transaction that asked for `room`."""
    spent = marks.mark(session, _rate(channel))
    marks.set_mark(session, _rate(channel), spend(per_minute, spent, now, count))


def _paused(channel: str) -> str:
    return f"paused:{channel}"


def _rate(channel: str) -> str:
    return f"rate:{channel}"
