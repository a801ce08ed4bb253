"""The memo of a follow-up: numbered by what was really said."""

from pathlib import Path

import pytest
from docx import Document

from tests.builders import World
from tests.fakes import FakeChannel
from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.errors import Refused
from tracker.reports.memo import memo_text
from tracker.usecases.report_memo import follow_up_memo, write_memo


def followed(world: World, *days: str) -> World:
    world.begins()
    for day in days:
        world.day(f"{day} 09:00")
    return world


def test_the_memo_has_the_number_of_the_newest_follow_up_that_was_said(world: World) -> None:
    memo = follow_up_memo(followed(world, "2022-10-31", "2022-11-03").services, 1)
    assert (memo.follow_up, memo.days_late) == (1, 3)
    memo = follow_up_memo(followed(world, "2022-11-09").services, 1)
    text = memo_text(memo)
    assert "เรื่อง ติดตามครั้งที่ ๒" in text
    assert "อ้างถึง การแจ้งครั้งแรกเมื่อวันจันทร์ที่ ๓๑ ตุลาคม ๒๕๖๕" in text
    assert "การติดตามครั้งก่อนเมื่อวันพฤหัสบดีที่ ๓ พฤศจิกายน ๒๕๖๕" in text
    assert "เรียน หัวหน้ากองคลัง" in text


def test_it_grows_firmer(world: World) -> None:
    first = follow_up_memo(followed(world, "2022-11-03").services, 1)
    world.day("2022-11-09 09:00")
    second = follow_up_memo(world.services, 1)
    world.day("2022-11-16 09:00")
    third = follow_up_memo(world.services, 1)
    for memo, word in ((first, "ขอความร่วมมือ"), (second, "เร่งรัด"), (third, "สั่งการ")):
        assert word in memo_text(memo)
    assert "เร่งรัด" not in memo_text(first)


def test_a_follow_up_that_no_channel_took_was_not_said(world: World) -> None:
    refuses = FakeChannel("email", lambda _: Outcome(OutcomeKind.TEMPORARY, 451, "later"))
    followed(world.with_channels(email=refuses), "2022-11-03")
    with pytest.raises(Refused, match=r"No follow-up of task 1 was sent yet.*tracker task show 1"):
        follow_up_memo(world.services, 1)


def test_nothing_is_followed_up_before_it_is_late_or_after_it_is_closed(world: World) -> None:
    followed(world, "2022-10-31")
    with pytest.raises(Refused, match="No follow-up of task 1"):
        follow_up_memo(world.services, 1)
    world.day("2022-11-03 09:00")
    world.act("done", 1)
    with pytest.raises(Refused, match="Task 1 is done, so there is nothing to follow up"):
        follow_up_memo(world.services, 1)


def test_the_document_leaves_number_and_signature_open(world: World, tmp_path: Path) -> None:
    path = tmp_path / "memo.docx"
    write_memo(followed(world, "2022-11-03").services, 1, path)
    text = "\n".join(line.text for line in Document(path).paragraphs)
    for wanted in ("บันทึกข้อความ", "ส่วนราชการ  สำนักปลัด", "ที่  ....", "วันที่  ๓ พฤศจิกายน ๒๕๖๕", "ลงชื่อ ....", "จึงเรียนมา"):
        assert wanted in text
    with pytest.raises(Refused, match=r"name the file memo\.docx"):
        write_memo(world.services, 1, tmp_path / "memo.pdf")
