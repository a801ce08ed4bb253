from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest

from tracker.delivery.channel import Outgoing
from workers.standins import LineStandin, SmtpStandin

BANGKOK = timezone(timedelta(hours=7))
LINE_ID = "U" + "0123456789abcdef" * 2


@pytest.fixture
def outgoing() -> Callable[..., Outgoing]:
    """Return a builder of messages: each has its own retry key and Message-ID."""

    def build(address: str = "officer@example.org", **changes: object) -> Outgoing:
        usual = Outgoing(
            address=address,
            subject="แจ้งเตือน: มาตรการที่ ๑ ครบกำหนด 31 มี.ค. 2569",
            text="เรียน คุณสมชาย\nโปรดรายงานผล\n.บรรทัดที่ขึ้นต้นด้วยจุด\n",
            html="<p>เรียน คุณสมชาย</p>",
            calendar="BEGIN:VCALENDAR\r\nSUMMARY:กำหนดส่ง\r\nEND:VCALENDAR\r\n",
            message_id=f"{uuid4().hex}@ita.example.org",
            retry_key=str(uuid4()),
            recipient_name="สมชาย ใจดี",
            date=datetime(2026, 3, 2, 1, 30, tzinfo=UTC).astimezone(BANGKOK),
        )
        return replace(usual, **changes)

    return build


@pytest.fixture
def relay() -> Iterator[SmtpStandin]:
    with SmtpStandin() as standin:
        yield standin


@pytest.fixture
def line() -> Iterator[LineStandin]:
    with LineStandin() as standin:
        yield standin
