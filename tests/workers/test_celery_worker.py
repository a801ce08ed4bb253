import mailbox
import signal
from datetime import timedelta

import pytest

from tests.workers.conftest import until
from workers.app import make_app
from workers.redis_server import PrivateRedis
from workers.tasks import ring


@pytest.fixture
def broker(home):
    with PrivateRedis(home.path) as server:
        home.settings["TRACKER_REDIS_URL"] = server.url
        app = make_app(server.url, timedelta(minutes=1))
        yield app
        app.close()


def test_beat_ticks_a_worker_sweeps_and_both_stop_cleanly(home, broker):
    with home.celery("worker") as worker, home.celery("beat") as beat:
        until(home.swept_at, within=15)
        for process in (worker, beat):
            process.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0
        assert beat.wait(15) == 0
    assert "Traceback" not in home.log


def test_a_fault_is_one_redacted_line_and_the_worker_lives(home, broker):
    del home.settings["TRACKER_EMAIL_URL"]
    with home.celery("worker") as worker:
        ring(broker, "tracker.sweep")
        until(lambda: "No channel is switched on" in home.log, within=15)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0
    assert "Traceback" not in home.log


def test_a_worker_reads_the_mailbox_of_delivery_reports(home, broker):
    box = mailbox.Maildir(home.path / "box")
    box.add(b"Subject: hello\n\nno report")
    home.settings["TRACKER_BOUNCE_URL"] = f"maildir://{home.path / 'box'}"
    with home.celery("worker") as worker:
        ring(broker, "tracker.bounces")
        until(lambda: "bounces: 1 ignored" in home.log, within=15)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0
    assert [mail.get_subdir() for mail in box] == ["cur"]
    assert "Traceback" not in home.log


def test_a_mailbox_that_cannot_be_read_is_one_line_and_the_worker_lives(home, broker):
    home.settings["TRACKER_BOUNCE_URL"] = f"maildir://{home.path / 'nothing'}"
    with home.celery("worker") as worker:
        ring(broker, "tracker.bounces")
        until(lambda: "must hold the folders new and cur" in home.log, within=15)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0
    assert "Traceback" not in home.log
