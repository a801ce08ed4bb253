"""The watch in the processes that it runs in, with a real broker, and a heartbeat service that counts."""

import json
from datetime import timedelta

import pytest
from sqlmodel import update

from tests.fakes_http import WebListener
from tests.workers.conftest import OFFICE_HOURS, until
from tracker.store.tables import MessageRow
from workers.app import make_app
from workers.redis_server import PrivateRedis

WAIT = 90
"""Seconds: a guard against hanging, not a measure of speed."""


@pytest.fixture
def listener(home):
    with WebListener() as server:
        home.settings |= {"TRACKER_HEARTBEAT_URL": server.url, "TRACKER_ADMIN_URL": server.hook}
        yield server


@pytest.fixture
def broker(home):
    with PrivateRedis(home.path) as server:
        home.settings["TRACKER_REDIS_URL"] = server.url
        yield server


def pings(listener: WebListener) -> int:
    return sum(one.method == "GET" for one in listener.asked)


def test_the_whole_service_pings_while_all_is_well_and_tells_the_administrator_when_not(home, listener):
    with home.embedded():
        until(lambda: pings(listener) > 1, WAIT)
        home.queue(channel="line")  # which is not switched on
        with home.store.writing() as session:
            session.execute(update(MessageRow).values(status="dead", attempts=8, error="no such user"))
        until(lambda: "could not be delivered, and nobody was told" in home.log, WAIT)
        before = pings(listener)
        home.clock.set(OFFICE_HOURS + timedelta(minutes=2))
        until(lambda: any(one.method == "POST" for one in listener.asked), WAIT)
        assert pings(listener) == before
    (told,) = [json.loads(one.body) for one in listener.asked if one.method == "POST"]
    assert "ส่งไม่สำเร็จ และยังไม่มีผู้ใดทราบ" in told["message"]
    assert home.log.count("could not be delivered") == 1
    assert "a-secret" not in home.log


def test_beat_without_a_worker_sends_no_heartbeat_and_with_one_it_does(home, broker, listener):
    with home.celery("beat"):
        until(lambda: "watch: No sweep has ended yet." in home.log, WAIT)
        assert pings(listener) == 0
        with home.celery("worker"):
            until(lambda: pings(listener) > 0, WAIT)
    assert "watch: all is well again" in home.log


def test_beat_sees_that_the_broker_is_away(home, listener):
    home.settings["TRACKER_REDIS_URL"] = "redis://127.0.0.1:1/0"
    with home.celery("beat"):
        until(lambda: "watch: The broker does not answer" in home.log, WAIT)
    assert pings(listener) == 0


def test_a_queue_without_a_worker_is_found(home, broker, listener):
    app = make_app(broker.url, timedelta(minutes=1))
    app.send_task("tracker.deliver", args=("line",), expires=-60)  # it waits for more than the four minutes
    app.close()
    with home.celery("beat"), home.celery("worker", "-Q", "sweep,deliver-email,deliver-other"):
        until(lambda: "No worker has taken anything from the queue deliver-line" in home.log, WAIT)
        until(home.swept_at, WAIT)
        assert pings(listener) == 0
        with home.celery("worker", "-Q", "deliver-line"):
            until(lambda: pings(listener) > 0, WAIT)


def test_an_administrators_address_that_cannot_be_used_stops_beat_with_one_line(home, broker):
    home.settings["TRACKER_ADMIN_URL"] = "admin@example.org"
    with home.celery("beat") as beat:
        assert beat.wait(WAIT) == 1
    assert "TRACKER_ADMIN_URL is not an Apprise URL" in home.log
    assert "Traceback" not in home.log


def test_a_watch_of_which_nobody_hears_says_so_once(home, broker):
    home.settings["TRACKER_HEARTBEAT_URL"] = "http://127.0.0.1:1/a-secret"
    with home.celery("beat"), home.celery("worker"):
        until(lambda: "The heartbeat was not taken" in home.log, WAIT)
        swept = home.swept_at()
        until(lambda: home.swept_at() > swept + timedelta(seconds=2), WAIT)
    assert home.log.count("The heartbeat was not taken") == 1
