"""The heartbeat, the administrator's channel and the broker, over real connections."""

import json
from datetime import timedelta

import pytest

from tests.fakes_http import WebListener
from tests.fakes_network import closed_port
from tracker.delivery.administrator import Administrator
from tracker.delivery.broker import Broker, ask_broker
from tracker.delivery.heartbeat import ping
from tracker.errors import Misconfigured, Unavailable
from workers.standins import SmtpStandin


def test_a_ping_that_is_taken_says_nothing() -> None:
    with WebListener() as server:
        assert ping(server.url) is None
    assert [(one.method, one.path) for one in server.asked] == [("GET", "/ping/a-secret")]


@pytest.mark.parametrize("status", [404, 500])
def test_a_ping_that_is_refused_says_the_status_and_not_the_address(status: int) -> None:
    with WebListener() as server:
        server.status = status
        assert ping(server.url) == f"the answer was {status}, where 200 was expected"


def test_no_redirect_carries_the_secret_elsewhere() -> None:
    with WebListener() as server, WebListener() as elsewhere:
        server.status, server.location = 302, elsewhere.url
        assert "302" in (ping(server.url) or "")
        assert elsewhere.asked == []


def test_a_server_that_is_away_is_a_fault_and_no_error() -> None:
    fault = ping(f"http://127.0.0.1:{closed_port()}/a-secret")
    assert fault
    assert "a-secret" not in fault


@pytest.mark.parametrize("url", ["http://93.184.215.14/a-secret", "ftp://127.0.0.1/", "healthchecks", "https://"])
def test_the_secret_goes_in_the_clear_to_private_networks_only(url: str) -> None:
    assert "write it as https://" in (ping(url) or "")


def test_a_name_that_is_not_known_is_a_fault_and_no_error() -> None:
    assert ping("http://nowhere.invalid/a-secret")


def test_the_administrator_is_told_by_a_hook() -> None:
    with WebListener() as server:
        assert Administrator(server.hook).tell("ระบบติดตามขัดข้อง", "โปรดตรวจสอบ") is None
    (asked,) = server.asked
    assert json.loads(asked.body)["title"] == "ระบบติดตามขัดข้อง"
    assert json.loads(asked.body)["message"] == "โปรดตรวจสอบ"


def test_the_administrator_is_told_by_a_mail_server_of_its_own() -> None:
    with SmtpStandin() as smtp:
        url = f"mailto://127.0.0.1:{smtp.port}?from=ita@example.org&to=admin@example.org&mode=insecure"
        assert Administrator(url).tell("ระบบติดตามขัดข้อง", "โปรดตรวจสอบ") is None
    (mail,) = smtp.mails
    assert (mail.to, mail.subject) == ("admin@example.org", "ระบบติดตามขัดข้อง")


def test_an_administrator_who_cannot_be_reached_is_a_fault_and_no_error() -> None:
    assert Administrator(f"json://127.0.0.1:{closed_port()}/").tell("ก", "ข")


@pytest.mark.parametrize("url", ["", "admin@example.org", "nosuchschema://host", "mailto://"])
def test_an_address_that_apprise_cannot_use_is_refused_without_naming_it(url: str) -> None:
    with pytest.raises(Misconfigured, match="TRACKER_ADMIN_URL") as refused:
        Administrator(url)
    assert not url or url not in str(refused.value)


def test_a_broker_that_is_away_is_one_clear_sentence() -> None:
    with pytest.raises(Unavailable, match=r"The broker does not answer .* TRACKER_REDIS_URL"):
        ask_broker(Broker(f"redis://127.0.0.1:{closed_port()}/0", ("sweep",)))


def test_a_url_that_is_none_is_one_clear_sentence() -> None:
    with pytest.raises(Misconfigured, match="host:6379/0"):
        ask_broker(Broker("amqp://127.0.0.1", ("sweep",)))


def test_a_bell_counts_from_the_moment_at_which_it_is_stale(tmp_path) -> None:
    from workers.app import make_app
    from workers.queues import NAMES
    from workers.redis_server import PrivateRedis
    from workers.tasks import ring

    with PrivateRedis(tmp_path) as server:
        app = make_app(server.url, timedelta(minutes=1))
        for _ in range(2):
            ring(app, "tracker.deliver", "email")
        app.send_task("tracker.deliver", args=("line",), expires=-300)
        found = {bells.queue: bells for bells in ask_broker(Broker(server.url, NAMES))}
        app.close()
    assert {name: found[name].waiting for name in NAMES if found[name].waiting} == {
        "deliver-email": 2,
        "deliver-line": 1,
    }
    assert found["sweep"].stale is None
    assert timedelta(minutes=-4) <= found["deliver-email"].stale < timedelta(minutes=-3)
    assert timedelta(minutes=5) <= found["deliver-line"].stale < timedelta(minutes=6)
