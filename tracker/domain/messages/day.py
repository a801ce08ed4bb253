"""The coordinator's day: what a daily digest is made from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tracker.domain.messages.values import Audience


@dataclass(frozen=True, slots=True)
class FailedDelivery:
    """A message that did not arrive. `address` comes masked; `reason` in the channel's own words."""

    message_id: int
    channel: str
    address: str
    reason: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class OverdueTask:
    """An open task past its due date, and the highest audience that was told."""

    task_id: int
    unit: str
    title: str
    due: date
    escalated_to: Audience | None = None
    follow_up: int = 0


@dataclass(frozen=True, slots=True)
class UnownedTask:
    """An open task for which nobody answers."""

    task_id: int
    unit: str
    title: str
    due: date


@dataclass(frozen=True, slots=True)
class SubmittedTask:
    """A task whose report waits for the coordinator's check."""

    task_id: int
    unit: str
    title: str
    due: date
    submitted_on: date


@dataclass(frozen=True, slots=True)
class CoordinatorDay:
    """What happened since the last digest (on `since`), and what stands open, in the order in which it is told.

    What there is much of may come as the first of it with its number (`Some`). `sent` counts by channel;
    `unconfirmed_years` are B.E. years whose days off nobody has confirmed.
    """

    since: date | None = None
    sent: tuple[tuple[str, int], ...] = ()
    failed: Collection[FailedDelivery] = ()
    unowned: Collection[UnownedTask] = ()
    submitted: Collection[SubmittedTask] = ()
    overdue: Collection[OverdueTask] = ()
    incidents: tuple[str, ...] = ()
    unconfirmed_years: tuple[int, ...] = ()
