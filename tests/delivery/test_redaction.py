import io
import logging

import pytest
from apprise.logger import logger as apprise_logger

from tests.delivery.conftest import LINE_ID
from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.delivery.line import LineChannel
from tracker.delivery.mail import EmailChannel
from tracker.delivery.redaction import RedactingFilter, mask_address, quiet_libraries, redact

TOKEN = "abcDEF0123456789/xyz+=="
PASSWORD = "hunter22/sec@ret"
URL = "mailtos://user:hunter22%2Fsec%40ret@smtp.example.org?from=ita@example.org"


@pytest.fixture
def log():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RedactingFilter([TOKEN, URL]))
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
    assert RedactingFilter(["a", ""]).clean("a banana") == "a banana"


def test_an_outcome_redacts_its_own_words():
    outcome = Outcome(OutcomeKind.PERMANENT, 550, f"<officer@example.org>\r\n{LINE_ID} " + "y" * 500)
    assert outcome.detail.startswith(f"<o…@example.org> U0123…{LINE_ID[-4:]} yyy")
    assert len(outcome.detail) == 300


def test_sending_at_the_lowest_log_level_reveals_no_secret_and_no_address(relay, line, outgoing):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RedactingFilter([TOKEN, PASSWORD]))
    root, levels = logging.getLogger(), {}
    loggers = [root, apprise_logger, logging.getLogger("urllib3"), logging.getLogger("requests")]
    mail = EmailChannel(relay.url.replace("mailto://", "mailto://user:hunter22%2Fsec%40ret@"))
    push = LineChannel(TOKEN, line.url)
    for logger in loggers:
        levels[logger] = logger.level
        logger.setLevel(1)
    root.addHandler(handler)
    try:
        mail.send(outgoing())
        push.send(outgoing(LINE_ID))
        EmailChannel(relay.url.replace("mailto://", "mailto://user:hunter22%2Fsec%40ret@"))
    finally:
        root.removeHandler(handler)
        for logger, level in levels.items():
            logger.setLevel(level)
    assert "apprise" in stream.getvalue().lower() or "dictionary unpacked" in stream.getvalue().lower()
    for secret in (TOKEN, PASSWORD, "hunter22", "officer@example.org", LINE_ID):
        assert secret not in stream.getvalue()


def test_libraries_stay_at_warning_or_above():
    for level in (logging.NOTSET, 4, logging.DEBUG, logging.ERROR):
        apprise_logger.setLevel(level)
        quiet_libraries()
        assert apprise_logger.level == max(level, logging.WARNING)
    apprise_logger.setLevel(logging.WARNING)
