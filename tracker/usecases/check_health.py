"""Whether one installation works, for container health checks."""

from datetime import timedelta

from tracker.errors import Misconfigured, Unavailable
from tracker.store import marks
from tracker.usecases.services import Services
from tracker.usecases.sweep import MARK

_BROKER_TIMEOUT = 3


def check_health(services: Services, *, sweep_within: int | None, broker: bool) -> None:
    """Return when all is well; raises Unavailable, or Misconfigured, with what is wrong.

    The database has answered already when the services were built. `sweep_within` is in seconds.
    """
    if sweep_within is not None:
        _check_sweep(services, timedelta(seconds=sweep_within))
    if broker:
        _check_broker(services.settings.redis_url)


def _check_sweep(services: Services, within: timedelta) -> None:
    now = services.clock.now()
    with services.store.reading() as session:
        last = marks.mark(session, MARK)
    if last is None:
        raise Unavailable("No sweep has ended yet: start beat and a worker, or run `tracker sweep`.")
    if now - last > within:
        raise Unavailable(f"The last sweep ended {now - last} ago: look at the logs of beat and the worker.")


def _check_broker(url: str | None) -> None:
    import redis

    if url is None:
        raise Misconfigured("TRACKER_REDIS_URL is not set, so there is no shared broker to check.")
    try:
        client = redis.Redis.from_url(url, socket_timeout=_BROKER_TIMEOUT, socket_connect_timeout=_BROKER_TIMEOUT)
    except ValueError:  # its words are a piece of the URL, and maybe of the password
        raise Misconfigured(
            "TRACKER_REDIS_URL is not a Redis URL: "
            "write it as redis://:password@host:6379/0, and a / in the password as %2F."
        ) from None
    try:
        client.ping()
    except redis.RedisError as error:
        raise Unavailable(
            f"The broker does not answer ({type(error).__name__}): start it, or mend TRACKER_REDIS_URL."
        ) from None
    finally:
        client.close()
