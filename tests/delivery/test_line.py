import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.delivery.conftest import LINE_ID
from tests.fakes_network import closed_port
from tests.workers.conftest import until
from tracker.delivery import line_api, line_quota
from tracker.delivery.channel import OutcomeKind
from tracker.delivery.line import LineChannel, cut_text, push_body
from tracker.delivery.line_quota import CONSUMPTION, QUOTA
from tracker.errors import Misconfigured
from workers.standins import LineFaults, LineStandin

ACCEPTED, TEMPORARY, PERMANENT = OutcomeKind.ACCEPTED, OutcomeKind.TEMPORARY, OutcomeKind.PERMANENT
UNKNOWN, MISCONFIGURED = OutcomeKind.UNKNOWN, OutcomeKind.MISCONFIGURED
TOKEN = "abcDEF/123+xyz=="


class Answering(HTTPServer):
    """Gives every request the same answer."""

    def __init__(self, status, body=b"{}", headers=()):
        self.paths = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.server.paths.append(self.path)
                self.send_response(status)
                for name, value in (*headers, ("Content-Length", str(len(body)))):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="line-bot-sdk rests on pydantic.v1")
def test_a_push_is_what_line_describes(line, outgoing):
    from linebot.v3.messaging import PushMessageRequest

    message = outgoing(LINE_ID)
    assert LineChannel(TOKEN, line.url).send(message).ok
    body = json.loads(next(body for method, _, body in line.requests if method == "POST"))
    known = PushMessageRequest.from_dict(body)
    assert json.loads(known.to_json()) == body | {"notificationDisabled": False}
    assert (known.to, [part.text for part in known.messages]) == (LINE_ID, [message.text])


def test_a_push_carries_token_and_retry_key_and_arrives_once_under_one_key(outgoing):
    with LineStandin(LineFaults(token=TOKEN)) as line:
        channel, message = LineChannel(TOKEN, line.url), outgoing(LINE_ID)
        assert (channel.send(message).code, channel.send(message).code) == (200, 409)
        (push,) = line.pushes
        assert (push.to, push.text, UUID(push.retry_key)) == (LINE_ID, message.text, UUID(message.retry_key))
        channel.close()


def test_a_lost_answer_is_unknown_and_its_repeat_is_accepted_without_a_second_message(outgoing):
    with LineStandin(LineFaults(drop_first=1)) as line:
        channel, message = LineChannel(TOKEN, line.url), outgoing(LINE_ID)
        assert channel.send(message).kind is UNKNOWN
        assert channel.send(message).ok
        assert len(line.pushes) == 1


def test_many_pushes_share_kept_connections(line, outgoing):
    channel = LineChannel(TOKEN, line.url)
    for _ in range(50):
        assert channel.send(outgoing(LINE_ID)).ok
    assert line.connections == 1
    with ThreadPoolExecutor(8) as pool:
        assert all(outcome.ok for outcome in pool.map(channel.send, [outgoing(LINE_ID) for _ in range(80)]))
    assert len(line.pushes) == 130
    assert line.connections <= 9
    channel.close()


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        (200, "", ACCEPTED),
        (400, "The property, 'to', in the request body is invalid", PERMANENT),
        (401, "Authentication failed", MISCONFIGURED),
        (403, "Not available for your plan", MISCONFIGURED),
        (404, "Not found", MISCONFIGURED),
        (408, "Request timeout", TEMPORARY),
        (409, "The retry key is already accepted", ACCEPTED),
        (413, "Too large", PERMANENT),
        (422, "What is this", PERMANENT),
        (429, "The API rate limit has been exceeded. Try again later.", TEMPORARY),
        (500, "Internal", UNKNOWN),
        (503, "Down", UNKNOWN),
    ],
)
def test_each_answer_of_line_has_one_meaning(outgoing, status, words, kind):
    with Answering(status, json.dumps({"message": words}).encode()) as server:
        outcome = LineChannel(TOKEN, server.url).send(outgoing(LINE_ID))
    assert (outcome.kind, outcome.code, outcome.detail, outcome.quota_gone) == (kind, status, words, False)


@pytest.mark.parametrize(
    ("asked", "seconds"), [("120", 120), ("999999999", 21600), ("soon", 0), ("9" * 9999, 0), ("", 0)]
)
def test_line_is_left_alone_for_as_long_as_it_asks(outgoing, asked, seconds):
    with Answering(429, b"{}", headers=[("Retry-After", asked)]) as server:
        outcome = LineChannel(TOKEN, server.url).send(outgoing(LINE_ID))
    assert (outcome.kind, outcome.wait) == (TEMPORARY, timedelta(seconds=seconds))


@pytest.mark.parametrize("body", [b"", b"<html>gateway</html>", b"[]", b'"x"', b'{"message"'])
def test_an_answer_that_is_not_json_is_judged_by_its_status(outgoing, body):
    with Answering(502, body) as server:
        assert LineChannel(TOKEN, server.url).send(outgoing(LINE_ID)).kind is UNKNOWN


def test_a_redirect_is_never_followed_with_the_token(outgoing):
    with Answering(200) as elsewhere, Answering(307, headers=[("Location", elsewhere.url)]) as server:
        assert LineChannel(TOKEN, server.url).send(outgoing(LINE_ID)).kind is MISCONFIGURED
        assert not elsewhere.paths


def test_no_proxy_of_the_environment_is_used(line, outgoing, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    assert LineChannel(TOKEN, line.url).send(outgoing(LINE_ID)).ok


def test_a_refused_connection_is_temporary(outgoing):
    assert LineChannel(TOKEN, f"http://127.0.0.1:{closed_port()}").send(outgoing(LINE_ID)).kind is TEMPORARY


def test_a_host_without_an_address_is_temporary(outgoing):
    assert LineChannel(TOKEN, "https://line.invalid").send(outgoing(LINE_ID)).kind is TEMPORARY


def test_a_server_that_falls_silent_after_the_request_leaves_it_unknown(outgoing, monkeypatch):
    monkeypatch.setattr(line_api, "ANSWER_TIMEOUT", 0.1)
    with LineStandin(LineFaults(delay=0.4)) as line:
        assert LineChannel(TOKEN, line.url).send(outgoing(LINE_ID)).kind is UNKNOWN


@pytest.mark.parametrize("address", ["", "U123", LINE_ID.upper(), LINE_ID + "0", LINE_ID + "\n", "X" + "0" * 32])
def test_what_is_no_line_id_is_permanent_and_never_asked(line, outgoing, address):
    assert LineChannel(TOKEN, line.url).send(outgoing(address)).kind is PERMANENT
    assert not [path for method, path, _ in line.requests if method == "POST"]


def test_the_quota_left_is_read_once_and_kept(outgoing):
    with LineStandin(LineFaults(quota=5)) as line:
        channel = LineChannel(TOKEN, line.url)
        assert channel.send(outgoing(LINE_ID)).ok
        assert channel.quota_left() == channel.quota_left() == 5
        assert [method for method, _, _ in line.requests] == ["GET", "GET", "POST"]


def test_threads_that_start_together_ask_for_the_quota_once(outgoing):
    with LineStandin(LineFaults(quota=500, delay=0.1)) as line, ThreadPoolExecutor(8) as pool:
        channel = LineChannel(TOKEN, line.url)
        assert set(pool.map(lambda _: channel.quota_left(), range(8))) == {500}
        assert [path for _, path, _ in line.requests] == [QUOTA, CONSUMPTION]


def test_while_one_thread_asks_for_the_quota_anew_the_others_go_by_what_is_known(outgoing, monkeypatch):
    with LineStandin(LineFaults(quota=500)) as line, ThreadPoolExecutor(1) as pool:
        channel = LineChannel(TOKEN, line.url)
        monkeypatch.setattr(line_quota, "KEPT_FOR", 0.0)
        assert channel.quota_left() == 500
        with line.lock:  # LINE answers nobody now
            asking = pool.submit(channel.quota_left)
            until(channel._quota._lock.locked)
            assert channel.quota_left() == 500
            line.faults.quota = 400
        assert asking.result() == 400


def test_a_used_up_quota_costs_no_push_and_is_marked(outgoing):
    with LineStandin(LineFaults(quota=0)) as line:
        outcome = LineChannel(TOKEN, line.url).send(outgoing(LINE_ID))
        assert (outcome.kind, outcome.quota_gone) == (PERMANENT, True)
        assert {method for method, _, _ in line.requests} == {"GET"}


def test_a_quota_that_ends_between_two_readings_is_learned_from_the_refusal(outgoing):
    with LineStandin(LineFaults(quota=1)) as line:
        channel = LineChannel(TOKEN, line.url)
        outcomes = [channel.send(outgoing(LINE_ID)) for _ in range(3)]
        assert [outcome.kind for outcome in outcomes] == [ACCEPTED, PERMANENT, PERMANENT]
        assert [outcome.code for outcome in outcomes] == [200, 429, None]
        assert all(outcome.quota_gone for outcome in outcomes[1:])
        assert channel.quota_left() == 0
        assert len([path for method, path, _ in line.requests if method == "POST"]) == 2


def test_no_limit_and_an_unreadable_quota_are_both_none(line):
    assert LineChannel(TOKEN, line.url).quota_left() is None
    assert LineChannel(TOKEN, f"http://127.0.0.1:{closed_port()}").quota_left() is None
    with LineStandin(LineFaults(quota=1, token="another")) as strict:
        assert LineChannel(TOKEN, strict.url).quota_left() is None


def test_the_stand_in_fails_is_busy_and_refuses_a_token_on_order(outgoing):
    with LineStandin(LineFaults(fail_first=1, busy_first=1, token=TOKEN)) as line:
        channel, message = LineChannel(TOKEN, line.url), outgoing(LINE_ID)
        assert [channel.send(message).code for _ in range(4)] == [500, 429, 200, 409]
        assert LineChannel("wrong", line.url).send(message).kind is MISCONFIGURED


@pytest.mark.parametrize(
    "url",
    [
        "http://api.line.me",
        "ftp://api.line.me",
        "api.line.me",
        "",
        "https://",
        "https://user:hunter22@api.line.me",
        "https://api.line.me?x=1",
        "https://api.line.me:port",
        "http://127.0.0.1.evil.test",
        "https://api.line.me\r\n",
    ],
)
def test_a_base_url_that_would_expose_the_token_is_refused(url):
    with pytest.raises(Misconfigured, match="TRACKER_LINE_API_URL") as caught:
        LineChannel(TOKEN, url)
    assert "hunter22" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://api.line.me", "https://api.line.me/", "http://localhost:9", "http://[::1]:9", "http://127.0.0.1:9"]
)
def test_https_anywhere_and_http_on_this_machine_are_taken(url):
    LineChannel(TOKEN, url).close()


@pytest.mark.parametrize("token", ["", " ", "secret token", "secrettoken\r\nX: y", "โทเคนลับ"])
def test_a_token_that_cannot_be_a_header_is_refused_without_showing_it(token):
    with pytest.raises(Misconfigured, match="TRACKER_LINE_TOKEN") as caught:
        LineChannel(token, "https://api.line.me")
    assert not token.strip() or token not in str(caught.value)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(st.text(st.sampled_from("กำ่้ิabc 😀\u200d\n"), max_size=30), st.integers(4990, 5010))
def test_a_text_is_cut_to_5000_code_units_between_whole_letters(tail, before):
    text = "ก" * before + tail
    cut = cut_text(text)
    assert units(cut) <= 5000
    if units(text) <= 5000:
        assert cut == text
    else:
        kept = cut.removesuffix("…")
        assert text.startswith(kept)
        assert text[len(kept)] not in "่้ิ" or kept == text[: len(kept)].rstrip()


def test_a_surrogate_pair_is_never_split():
    assert cut_text("a" + "😀" * 3000) == "a" + "😀" * 2499 + "…"


def test_no_thai_mark_is_parted_from_its_letter():
    assert cut_text("ก" * 4998 + "ที่" + "x" * 9) == "ก" * 4998 + "…"


def test_the_same_message_is_always_the_same_bytes(outgoing):
    message = outgoing(LINE_ID)
    assert push_body(message) == push_body(message)
    assert "แจ้ง" not in message.text
    assert "เรียน" in push_body(message).decode()
