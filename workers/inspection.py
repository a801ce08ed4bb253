"""Asks the workers themselves whether they are there, and which queues they serve."""

from collections.abc import Collection

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from schedules.beat import STALE_AFTER
from tracker.errors import Unavailable
from tracker.settings import Settings
from workers.app import make_app
from workers.queues import BOUNCES, SWEEP, delivery_queue

_ROUNDS = 6
"""How often a question is put that lasts a second: it ends early once all that was asked for has answered."""


def needed_queues(settings: Settings) -> frozenset[str]:
    """Return the queues that somebody must serve, as the settings are."""
    bounces = {BOUNCES} if settings.bounce_url else set()
    return frozenset({SWEEP, *bounces, *map(delivery_queue, settings.channel_names)})


def ask_workers(url: str, needed: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the queues of each worker that answers by its name; raises Unavailable when the broker does not."""
    app = make_app(url, STALE_AFTER)
    heard: dict[str, frozenset[str]] = {}
    try:
        for _ in range(_ROUNDS):
            answers = app.control.inspect(timeout=1).active_queues() or {}
            heard |= {name: frozenset(queue["name"] for queue in queues) for name, queues in answers.items()}
            if heard and set(needed) <= set().union(*heard.values()):
                break
    except (OperationalError, RedisError, OSError) as error:
        raise Unavailable(
            f"The broker does not carry questions to workers ({type(error).__name__}): start it anew."
        ) from None
    finally:
        app.close()
    return heard
