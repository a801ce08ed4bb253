from datetime import UTC, datetime, timedelta

import pytest

from workers.moving_clock import MovingClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_two_clocks_on_one_file_tell_the_same_time(tmp_path):
    here, there = MovingClock(tmp_path / "clock"), MovingClock(tmp_path / "clock")
    here.set(NOON)
    here.set(here.now() + timedelta(days=3))
    assert there.now() == NOON + timedelta(days=3)


def test_an_instant_without_a_zone_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no time zone"):
        MovingClock(tmp_path / "clock").set(NOON.replace(tzinfo=None))
