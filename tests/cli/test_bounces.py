"""`tracker bounce read`, and what `tracker people` shows of an address that is off."""

import json
import mailbox
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from tests.cli.conftest import Program
from tests.delivery.reports import postfix, recipient
from tracker.bootstrap import build
from tracker.store.session import Store
from tracker.store.tables import MessageRow, PersonRow

NAME, ADDRESS = "นายตัวอย่าง กองคลัง", "khlang.officer@example.org"


@pytest.fixture
def bounced(filled: Program, tmp_path: Path) -> Program:
    """A home with a mailbox in which a report about a sent mail waits."""
    key = "0f8fad5b-d9cb-469f-a165-70867728950e"
    now = datetime(2025, 10, 1, 2, 0, tzinfo=UTC)
    store = Store(f"sqlite:///{filled.home / 'tracker.db'}")
    with store.writing() as session:
        person = session.exec(select(PersonRow).where(PersonRow.name == NAME)).one()
        session.add(
            MessageRow(
                key=key, kind="notices", person_id=person.id, channel="email", address=ADDRESS,
                header_id=f"{key}@ita-tracker.invalid", retry_key=key, next_attempt_at=now,
                created_at=now, decided_at=now, status="sent", sent_at=now, attempts=1,
            )
        )  # fmt: skip
    store.close()
    box = mailbox.Maildir(tmp_path / "box")
    box.add(postfix(f"{key}@ita-tracker.invalid", recipient(ADDRESS, said=f"550 5.1.1 <{ADDRESS}> unknown")))
    filled.setting("TRACKER_BOUNCE_URL", f"maildir://{box._path}")
    filled.setting("TRACKER_EMAIL_URL", "mailto://127.0.0.1:9?from=ita@example.org&mode=insecure")
    return filled


def test_reading_says_what_it_did(bounced: Program) -> None:
    assert bounced.done("bounce", "read") == "Mailbox read: 1 bounced.\n"
    assert bounced.done("bounce", "read") == "Mailbox read: no new mail.\n"


def test_an_address_that_is_off_is_shown_and_can_be_used_again(bounced: Program) -> None:
    bounced.done("bounce", "read")
    assert "email k…@example.org (off since" in bounced.done("people", "list")
    assert ADDRESS not in bounced.done("people", "list")
    (view,) = [each for each in json.loads(bounced.done("people", "list", "--json")) if each["name"] == NAME]
    assert [each["channel"] for each in view["channels"]] == ["line"]
    assert [(each["channel"], each["address"]) for each in view["off"]] == [("email", "k…@example.org")]
    assert bounced.done("people", "address", NAME, "--on") == "Used again: email k…@example.org.\n"
    assert "No address of" in bounced("people", "address", NAME, "--on").complaint
    assert "off since" not in bounced.done("people", "list")


def test_what_is_to_be_done_with_an_address_must_be_said(bounced: Program) -> None:
    assert bounced("people", "address", NAME).code == 2


def test_without_a_mailbox_one_line_says_how_to_set_one(filled: Program) -> None:
    filled.setting("TRACKER_EMAIL_URL", "mailto://127.0.0.1:9?from=ita@example.org&mode=insecure")
    assert "TRACKER_BOUNCE_URL" in filled("bounce", "read").complaint


def test_a_mailbox_address_that_cannot_be_used_stops_the_service_before_it_starts(filled: Program) -> None:
    filled.setting("TRACKER_BOUNCE_URL", "imap://ita:hush@imap.example.org/INBOX")
    with pytest.raises(Exception, match="in the clear") as refused:
        build()
    assert "hush" not in str(refused.value)
