import os
import signal
import time
from datetime import timedelta

import pytest

from tests.workers.conftest import alive, children, until
from workers.embedded import CUT_OFF
from workers.standins import SmtpFaults, SmtpStandin

COUNT = 25


@pytest.fixture
def relay(home):
    with SmtpStandin() as standin:
        home.settings["TRACKER_EMAIL_URL"] = f"mailto://127.0.0.1:{standin.port}?from=ita@example.org&mode=insecure"
        yield standin


def test_it_sweeps_at_once_rings_and_what_was_queued_arrives(home, relay):
    home.settings["TRACKER_SWEEP_EVERY"] = "60"
    home.queue(COUNT)
    with home.embedded() as service:
        until(lambda: home.statuses() == ["sent"] * COUNT)
        (server,) = children(service.pid)
        service.send_signal(signal.SIGTERM)
        assert service.wait(10) == 0
    assert not alive(server)
    assert len({mail.message_id for mail in relay.mails}) == len(relay.mails) == COUNT
    assert "sent" in home.log
    assert "o@example.org" not in home.log
    assert "Traceback" not in home.log


def test_ctrl_c_stops_between_two_messages_and_the_rest_is_kept(home, relay):
    relay.faults = SmtpFaults(delay=0.5)
    home.queue(COUNT)
    with home.embedded() as service:
        until(lambda: "sent" in home.statuses())
        service.send_signal(signal.SIGINT)
        asked = time.monotonic()
        assert service.wait(10) == 0
    assert time.monotonic() - asked < 5
    statuses = home.statuses()
    assert statuses.count("sent") == len(relay.mails)
    assert set(statuses) <= {"sent", "sending", "queued", "retrying"}
    assert 0 < len(relay.mails) < COUNT


def test_slow_sending_does_not_hold_up_the_sweep(home, relay):
    relay.faults = SmtpFaults(delay=0.5)
    home.queue(200)
    later = home.clock.now() + timedelta(minutes=1)
    with home.embedded():
        until(lambda: home.statuses().count("sending") > 7)
        home.clock.set(later)
        until(lambda: home.swept_at() == later, within=4)
    assert "queued" in home.statuses()


def test_a_second_ctrl_c_leaves_at_once_and_leaves_nothing_behind(home, relay):
    relay.faults = SmtpFaults(delay=8)
    home.queue()
    with home.embedded() as service:
        until(lambda: "sending" in home.statuses())
        (server,) = children(service.pid)
        service.send_signal(signal.SIGINT)
        time.sleep(0.5)
        service.send_signal(signal.SIGINT)
        assert service.wait(2) == CUT_OFF
        until(lambda: not alive(server), within=3)


def test_it_stops_while_the_configured_broker_is_away(home):
    home.settings["TRACKER_REDIS_URL"] = "redis://127.0.0.1:1/0"
    with home.embedded() as service:
        until(lambda: "Cannot connect" in home.log)
        assert not children(service.pid)
        service.send_signal(signal.SIGTERM)
        assert service.wait(10) == 0
    assert "Traceback" not in home.log


def test_the_broker_dies_and_sweeps_go_on(home, relay):
    with home.embedded() as service:
        until(home.swept_at)
        (server,) = children(service.pid)
        os.kill(server, signal.SIGKILL)
        home.queue()
        until(lambda: home.statuses() == ["sent"], within=15)
        service.send_signal(signal.SIGTERM)
        assert service.wait(10) == 0
    assert "Traceback" not in home.log


def test_killed_it_leaves_no_redis_behind_and_the_next_start_finishes_the_work(home, relay):
    relay.faults = SmtpFaults(delay=0.2)
    home.queue(COUNT)
    with home.embedded() as service:
        until(lambda: "sent" in home.statuses())
        (server,) = children(service.pid)
        service.kill()
    until(lambda: not alive(server), within=3)
    relay.faults = SmtpFaults()
    home.clock.set(home.clock.now().replace(hour=4))  # the leases of the dead have run out
    with home.embedded():
        until(lambda: home.statuses() == ["sent"] * COUNT)


def test_outside_office_hours_it_waits(home, relay):
    home.clock.set(home.clock.now().replace(hour=20))
    home.queue()
    with home.embedded():
        until(home.swept_at)
        time.sleep(1.5)
    assert home.statuses() == ["queued"]
    assert not relay.mails
