import sys
from datetime import timedelta

import pytest

from schedules.beat import SWEEP_TASK, beat_schedule
from tests.workers.conftest import until
from tracker.domain.throttle import LEASE
from workers.app import make_app
from workers.queues import NAMES, SWEEP, delivery_queue
from workers.redis_server import PrivateRedis
from workers.tasks import ring

MINUTE = timedelta(minutes=1)


@pytest.fixture
def app():
    return make_app("redis://127.0.0.1:1/0", MINUTE)


def test_the_broker_is_only_a_doorbell(app):
    assert app.conf.result_backend is None
    assert app.conf.task_ignore_result
    assert app.conf.accept_content == ["json"]
    assert not app.conf.task_acks_late
    assert app.conf.worker_prefetch_multiplier == 1


def test_a_lease_ends_before_its_task_is_given_out_again(app):
    assert app.conf.broker_transport_options["visibility_timeout"] > LEASE.total_seconds()


def test_what_is_given_out_twice_has_expired(app):
    for entry in beat_schedule(MINUTE).values():
        assert entry["options"]["expires"] < app.conf.broker_transport_options["visibility_timeout"]


def test_a_tick_outlives_its_interval():
    assert beat_schedule(timedelta(hours=1))["sweep"]["options"]["expires"] >= 3600


def test_beat_ticks_by_intervals_only_and_every_tick_is_a_task(app):
    app.finalize()
    for entry in beat_schedule(MINUTE).values():
        assert isinstance(entry["schedule"], timedelta)
        assert entry["task"] in app.tasks
        assert not {"eta", "countdown"} & entry["options"].keys()


@pytest.mark.parametrize(
    ("channel", "queue"), [("email", "deliver-email"), ("line", "deliver-line"), ("tgram", "deliver-other")]
)
def test_each_channel_has_its_queue(channel, queue):
    assert delivery_queue(channel) == queue
    assert queue in NAMES


def test_a_task_lands_in_its_queue_and_in_no_other(tmp_path):
    with PrivateRedis(tmp_path) as server:
        app = make_app(server.url, MINUTE)
        rung = (("tracker.sweep",), ("tracker.bounces",), ("tracker.evidence",),
                ("tracker.deliver", "email"), ("tracker.deliver", "tgram"))  # fmt: skip
        for task, *args in rung:
            assert ring(app, task, *args)
        with app.connection_for_read() as connection:
            lengths = {name: connection.default_channel.client.llen(name) for name in NAMES}
        app.close()
    assert lengths == {"sweep": 1, "bounces": 2, "deliver-email": 1, "deliver-line": 0, "deliver-other": 1}


def test_two_apps_in_one_process_keep_their_own_tasks(app):
    other = make_app("redis://127.0.0.1:1/0", MINUTE)
    assert app.tasks["tracker.sweep"].run is not other.tasks["tracker.sweep"].run


def test_a_broker_that_is_away_is_logged_and_ignored(app, caplog):
    assert not ring(app, "tracker.sweep")
    assert "next sweep" in caplog.text


def test_a_bell_heard_on_a_connection_that_is_gone_by_then_is_no_error(tmp_path):
    with PrivateRedis(tmp_path) as redis, make_app(redis.url, MINUTE) as app:
        app.send_task(SWEEP_TASK)
        with app.connection_for_read() as connection:
            bell = app.amqp.queues[SWEEP](connection.default_channel).get()
        bell.ack()
        assert bell.channel.connection is None


def test_importing_the_app_module_needs_no_settings(home):
    with home.running(sys.executable, "-c", "import workers.app, workers.embedded") as process:
        assert process.wait(20) == 0


def test_a_worker_without_a_broker_says_so_in_one_line(home):
    with home.celery("worker") as process:
        assert process.wait(20) == 1
    until(lambda: home.log)
    assert "TRACKER_REDIS_URL is not set" in home.log
    assert len(home.log.strip().splitlines()) == 1


_STUMBLING = """
import logging
from kombu.common import ignore_errors
from workers.app import log_to_stderr

log_to_stderr([])
def kombus():
    with ignore_errors(None):  # of a connection that was let go of
        raise ConnectionError("connection refused")
def ours():
    None.connection_errors
for name, stumble in (("celery.bootsteps", kombus), ("celery.bootsteps", ours), ("tracker.usecases.sweep", kombus)):
    try:
        stumble()
    except AttributeError:
        logging.getLogger(name).exception("It failed.")
"""


def test_what_kombu_stumbles_over_in_an_outage_is_one_line_and_a_bug_of_ours_keeps_its_traceback(home):
    with home.running(sys.executable, "-c", _STUMBLING) as process:
        assert process.wait(20) == 0
    until(lambda: home.log.count("It failed.") == 3)
    assert ["Traceback" in each for each in home.log.split("It failed.")[1:]] == [False, True, True]
