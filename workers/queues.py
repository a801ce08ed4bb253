"""Which queue carries what: the names and the routing, once."""

from typing import Any

from kombu.entity import Exchange, Queue

from schedules.beat import BOUNCES_TASK, EVIDENCE_TASK, SWEEP_TASK

DELIVER_TASK = "tracker.deliver"

SWEEP = "sweep"
BOUNCES = "bounces"
DELIVER_EMAIL = "deliver-email"
DELIVER_LINE = "deliver-line"
DELIVER_OTHER = "deliver-other"
NAMES = (SWEEP, BOUNCES, DELIVER_EMAIL, DELIVER_LINE, DELIVER_OTHER)

_OWN_QUEUES = {"email": DELIVER_EMAIL, "line": DELIVER_LINE}
_EXCHANGE = Exchange("tracker", type="direct")


def queues() -> list[Queue]:
    """Return every queue; each names its routing key, for without one all of them get every task."""
    return [Queue(name, _EXCHANGE, routing_key=name) for name in NAMES]


def delivery_queue(channel: str) -> str:
    """Return the queue of a channel: a slow mail server must not hold up LINE, nor both the rare ones."""
    return _OWN_QUEUES.get(channel, DELIVER_OTHER)


def route(name: str, args: list[Any], _kwargs: Any, _options: Any, **_more: Any) -> dict[str, str] | None:
    """Tell Celery the queue of a task; the arguments are those that Celery gives."""
    if name == SWEEP_TASK:
        return {"queue": SWEEP}
    if name in (BOUNCES_TASK, EVIDENCE_TASK):
        return {"queue": BOUNCES}  # a slow mailbox or web server must not hold up the sweep
    if name == DELIVER_TASK:
        return {"queue": delivery_queue(args[0])}
    return None
