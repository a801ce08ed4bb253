"""Asks the broker whether it answers, and what waits in its queues."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tracker.domain.watch import Bells
from tracker.errors import Misconfigured, Unavailable

_TIMEOUT = 3


@dataclass(frozen=True, slots=True)
class Broker:
    """Where the broker is, in Celery's spelling, and the names of its queues."""

    url: str
    queues: Sequence[str] = ()


def ask_broker(broker: Broker) -> tuple[Bells, ...]:
    """Return what waits in each queue; raises Unavailable when the broker does not answer, Misconfigured on its URL."""
    import redis

    url = broker.url.replace("redis+socket://", "unix://", 1)
    try:
        client = redis.Redis.from_url(url, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT)
    except (ValueError, TypeError):
        # Its words are a piece of the URL, and maybe of the password.
        raise Misconfigured(
            "TRACKER_REDIS_URL is not a Redis URL: "
            "write it as redis://:password@host:6379/0, and a / in the password as %2F."
        ) from None
    try:
        client.ping()
        now = _clock_of(client)
        return tuple(_bells(client, queue, now) for queue in broker.queues)
    except (redis.RedisError, OSError) as error:
        raise Unavailable(
            f"The broker does not answer ({type(error).__name__}): start it, or mend TRACKER_REDIS_URL."
        ) from None
    finally:
        client.close()


def _clock_of(client: Any) -> datetime:
    seconds, micros = client.time()
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros)


def _bells(client: Any, queue: str, now: datetime) -> Bells:
    """Return how a queue stands. Every bell says when it is stale: one that lies there longer was taken by nobody."""
    waiting, oldest = client.llen(queue), client.lindex(queue, -1)
    stale = None
    with suppress(ValueError, KeyError, TypeError):  # nothing of ours, or no bell
        stale = now - datetime.fromisoformat(json.loads(oldest)["headers"]["expires"])
    return Bells(queue, waiting, stale)
