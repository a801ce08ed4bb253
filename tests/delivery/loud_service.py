"""All of `tracker up`, with every logger at level 1 and kept there, and with channels that break on order."""

import contextlib
import logging
import os
import sys
import threading
import time
from pathlib import Path

# What a library asks of its logger once, when it starts, is asked of a loud one too.
NAMES = ("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "sqlalchemy.orm", "psycopg", "apprise", "urllib3")
NAMES += ("requests", "celery", "kombu", "amqp", "redis", "asyncio", "multiprocessing", "billiard", "alembic")


def loud() -> None:
    logging.getLogger().setLevel(1)
    for name in (*NAMES, *list(logging.root.manager.loggerDict)):
        logging.getLogger(name).setLevel(1)


def stay_loud() -> None:
    while True:
        with contextlib.suppress(RuntimeError):  # a logger was added meanwhile
            loud()
        time.sleep(0.1)


class Breaking:
    """Raises once, with all it knows in its words, when the file `bug` is there: a bug in the middle of sending."""

    def __init__(self, channel, home: Path) -> None:
        self._channel, self._bug = channel, home / "bug"
        self.name = channel.name

    def send(self, message):
        if self._bug.exists():
            self._bug.unlink()
            raise RuntimeError(
                f"{message} {message.address!r} {message.subject} {message.text!a} {message.text.encode()!r} "
                f"{message.recipient_name} {dict(os.environ)}"
            )
        return self._channel.send(message)

    def close(self) -> None:
        self._channel.close()


loud()
threading.Thread(target=stay_loud, daemon=True).start()

from dataclasses import replace  # noqa: E402 (whatever is imported from here on finds a loud log)

from tracker.bootstrap import build  # noqa: E402
from tracker.settings import load_settings  # noqa: E402
from workers.embedded import run  # noqa: E402
from workers.moving_clock import MovingClock  # noqa: E402

settings = load_settings(os.environ)
built = build(settings, clock=MovingClock(settings.home / "clock"))
services = replace(built, channels={name: Breaking(each, settings.home) for name, each in built.channels.items()})
status = run(services, concurrency=4, announce=lambda _: None)
services.close()
sys.exit(status)
