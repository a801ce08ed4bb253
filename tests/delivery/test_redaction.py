import io
import logging
import quopri
from email.header import Header
from urllib.parse import quote

import pytest
from apprise.logger import logger as apprise_logger

from tests.delivery.conftest import LINE_ID
from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.delivery.redaction import (
    RedactingFilter,
    mask_address,
    quiet_libraries,
    redact,
    strike_out,
    without_secrets,
)

TOKEN = "abcDEF0123456789/xyz+=="
PASSWORD = "hunter22/sec@ret"
URL = "mailtos://user:hunter22%2Fsec%40ret@smtp.example.org?from=ita@example.org"


@pytest.fixture
def log():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    strike_out([TOKEN, URL])
    handler.addFilter(RedactingFilter())
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("tests.redaction")
    logger.addHandler(handler)
    logger.setLevel(1)
    logger.propagate = False
    yield logger, stream.getvalue
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("to officer@example.org now", "to o…@example.org now"),
        ("<a@b.co>,<c.d+e@f.go.th>", "<a…@b.co>,<c…@f.go.th>"),
        (f"push {LINE_ID}.", f"push U0123…{LINE_ID[-4:]}."),
        ("ส่งถึงสมชาย ไม่มีที่อยู่", "ส่งถึงสมชาย ไม่มีที่อยู่"),
        ("a" * 64, "a" * 64),
    ],
)
def test_addresses_are_masked_and_other_text_is_left_alone(text, masked):
    assert mask_address(text) == masked


def test_bearer_tokens_and_url_passwords_are_struck_out():
    assert redact("Authorization: Bearer abc/def+==") == "Authorization: Bearer ****"
    assert "secret" not in redact("redis://:secret@localhost:6379/0 postgresql+psycopg://u:secret@db/x")


def test_arguments_exceptions_and_stacks_are_redacted(log):
    logger, told = log
    logger.warning("to %s with %s", "officer@example.org", TOKEN)
    logger.warning("mapping %(to)s", {"to": LINE_ID})
    logger.warning("broken %d", "officer@example.org")
    try:
        raise ValueError(f"Bearer x{TOKEN} {PASSWORD} officer@example.org")
    except ValueError:
        logger.exception("failed for %s", URL, stack_info=True)
    for secret in (TOKEN, PASSWORD, "hunter22", "officer@", LINE_ID):
        assert secret not in told()
    assert "Traceback" in told()
    assert "ValueError" in told()
    assert "WARNING to o…@example.org with ****" in told()


def test_a_second_handler_with_its_own_filter_redacts_no_less(log):
    logger, _ = log
    record = logger.makeRecord("x", logging.ERROR, "f", 1, "to %s", ("officer@example.org",), None)
    for _ in range(2):
        assert RedactingFilter().filter(record)
    assert record.getMessage() == "to o…@example.org"


def test_too_short_a_secret_does_not_strike_out_everything():
    strike_out(["a", ""])
    assert redact("a banana") == "a banana"


def test_an_outcome_redacts_its_own_words():
    outcome = Outcome(OutcomeKind.PERMANENT, 550, f"<officer@example.org>\r\n{LINE_ID} " + "y" * 500)
    assert outcome.detail.startswith(f"<o…@example.org> U0123…{LINE_ID[-4:]} yyy")
    assert len(outcome.detail) == 300


def test_libraries_speak_from_warning_up_and_those_that_know_addresses_never():
    for name in ("sqlalchemy.engine.Engine", "celery.worker", "psycopg", "apprise", "urllib3.connectionpool"):
        record = logging.LogRecord(name, logging.INFO, "f", 1, "row", (), None)
        assert not RedactingFilter().filter(record)
    for name, passes in {"sqlalchemy.pool": True, "apprise": False, "urllib3.connectionpool": False}.items():
        record = logging.LogRecord(name, logging.WARNING, "f", 1, "row", (), None)
        assert RedactingFilter().filter(record) is passes
    assert RedactingFilter().filter(logging.LogRecord("workers.tasks", 1, "f", 1, "row", (), None))


@pytest.mark.parametrize(
    "told",
    [
        "สมชาย ใจดี",
        repr("สมชาย".encode()),
        ascii("สมชาย"),
        quote("สมชาย"),
        quopri.encodestring("สมชาย".encode()).decode(),
        Header("สมชาย", "utf-8").encode(),
    ],
)
def test_thai_words_are_struck_out_however_they_are_written(told):
    left = redact(f"to {told} now").replace("…", "").replace("b''", "").replace("''", "")
    assert left.split() == ["to", "now"]
    assert without_secrets(told) == told


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("redis://:se/cret99@h/0", "Port could not be cast to integer value as 'cret99'"),
        ("postgresql://u:half@other@h/x", "could not resolve other"),
        ("mailto://u:pass%2Fword@h", "AUTH PLAIN AHUAcGFzcy93b3Jk"),
        ("https://hc.example.org/ping/0123456789ab", "GET /ping/0123456789ab"),
        ("https://hc.example.org/ping?key=0123456789ab", "the key 0123456789ab"),
    ],
)
def test_what_libraries_make_of_a_url_is_secret_too(url, told):
    strike_out([url])
    assert "****" in redact(told)
    assert redact(url) == "****"


def test_a_quoted_address_and_a_named_password_are_found():
    assert redact("to=officer%40example.org&password=abc def") == "to=o…@example.org&password=**** def"
    assert redact("a/b+c@example.org") == "a…@example.org"
    assert redact("'o'brien@example.org'") == "'o…@example.org'"


def test_a_long_word_costs_no_time():
    assert redact("a" * 1_000_000) == "a" * 1_000_000


def test_libraries_stay_at_warning_or_above():
    for level in (logging.NOTSET, 4, logging.DEBUG, logging.ERROR):
        apprise_logger.setLevel(level)
        quiet_libraries()
        assert apprise_logger.level == max(level, logging.WARNING)
    apprise_logger.setLevel(logging.WARNING)
