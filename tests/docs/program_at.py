"""Runs `tracker` with a clock that stands at the moment in DOCS_NOW: `python program_at.py ARGUMENTS`."""

import os

from tests.fakes import bangkok
from tracker.cli.main import run
from tracker.clock import SystemClock

_NOW = bangkok(os.environ.pop("DOCS_NOW"))
SystemClock.now = lambda _clock: _NOW
run()
