"""A guard against hanging, not a measure of speed: what takes minutes where a moment is due never ends."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

PATIENCE = 90
"""Seconds; some twenty times what the slowest guarded test takes under coverage on a small machine."""


@contextmanager
def no_hang() -> Iterator[None]:
    def give_up(*_: object) -> None:
        pytest.fail(f"not done in {PATIENCE} s")  # no Exception, so that no reader takes it for a damaged file

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
