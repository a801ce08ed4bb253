"""The bytes of a mail against what the library's own `EmailMessage` says of the same parts."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from uuid import uuid4

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders_messages import digests
from tests.campaign import examples
from tracker.delivery.channel import Outgoing
from tracker.delivery.email_message import CALENDAR_NAME, Sender, compose_mail
from tracker.delivery.render import render

SENDER = Sender("ita@example.org", "สำนักงาน ITA", ("reply@example.org",))
BASE = Outgoing("o@example.org", "s", "t", None, None, "a@b", str(uuid4()), None, datetime(2026, 3, 2, tzinfo=UTC))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n\t -=.ก่ำ"), max_size=300)


def written_by_the_library(message: Outgoing) -> bytes:
    mail = EmailMessage(policy=email.policy.SMTP.clone(cte_type="7bit"))
    mail.set_content(message.text)
    if message.html is not None:
        mail.add_alternative(message.html, subtype="html")
    if message.calendar is not None:
        mail.add_attachment(message.calendar, subtype="calendar", filename=CALENDAR_NAME, params={"method": "PUBLISH"})
    return mail.as_bytes()


def parts_of(raw: bytes) -> list[tuple[object, ...]]:
    """Return the tree of a mail as a mail program sees it: types, how each part is shown, and what it says."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert [part.defects for part in mail.walk()] == [[] for _ in mail.walk()]
    return [
        (part.get_content_type(), [child.get_content_type() for child in part.iter_parts()])
        if part.is_multipart()
        else (
            part.get_content_type(),
            dict(part["Content-Type"].params),
            part.get_content_disposition(),
            part.get_filename(),
            part.get_content(),
        )
        for part in mail.walk()
    ]


@settings(max_examples=examples(80))
@given(TEXTS.filter(str.strip), st.none() | TEXTS, st.none() | TEXTS)
@example("--\r\n=_mixed\n--=_alternative\n", "--", "--")
@example("a" * 77, "a" * 76, "\x00")
@example("a", "", "\n\n")
@example("ก\r\rข\n\n\n", "<p>a</p>", None)
def test_every_part_says_what_the_library_would_have_said(text: str, html: str | None, calendar: str | None) -> None:
    message = replace(BASE, text=text, html=html, calendar=calendar)
    assert parts_of(compose_mail(SENDER, message)) == parts_of(written_by_the_library(message))


@settings(max_examples=examples(30))
@given(digests())
def test_every_message_arrives_in_lines_that_any_server_takes(digest) -> None:
    rendered = render(digest)
    raw = compose_mail(SENDER, replace(BASE, subject=digest.subject, text=rendered.text, html=rendered.html))
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert mail.get_body(("plain",)).get_content().splitlines() == rendered.text.splitlines()
    assert mail.get_body(("html",)).get_content().splitlines() == rendered.html.splitlines()


def test_a_repeat_of_a_message_is_the_same_bytes() -> None:
    message = replace(BASE, html="<p>ก</p>", calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    assert compose_mail(SENDER, message) == compose_mail(SENDER, message)


def test_plain_english_can_be_read_in_the_bytes() -> None:
    assert b"\r\n\r\nDear reader,\r\n" in compose_mail(SENDER, replace(BASE, text="Dear reader,\n"))


@pytest.mark.parametrize("text", ["\ud800", "ก\udfff"])
def test_a_text_that_is_no_unicode_is_refused(text: str) -> None:
    with pytest.raises(UnicodeError):
        compose_mail(SENDER, replace(BASE, text=text))
