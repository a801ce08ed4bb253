"""Opens the services for one command and closes them after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tracker.cli.output import moment_given
from tracker.usecases.services import Services


@contextmanager
def opened(*, sending: bool = False, checked: bool = True) -> Iterator[Services]:
    """Yield the services of this home; channels only when something is sent, and with the database unless told not."""
    from tracker.bootstrap import build

    services = build(sending=sending, checked=checked)
    try:
        yield services
    finally:
        services.close()


def now_of(services: Services, given: str | None) -> datetime:
    """Return the moment that `--now` names, or the present one."""
    return moment_given(given) if given else services.clock.now()
