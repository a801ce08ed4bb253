"""A mail comes back overnight: the story from the relay's report to the coordinator's morning."""

import dataclasses
import mailbox
from datetime import date
from pathlib import Path

from tests.builders import World, staff
from tests.delivery.reports import postfix
from tests.fakes import FakeChannel
from tests.scenarios.days import DUE, HEAD, OWNER, live, mails_to
from tracker.delivery.mailbox import open_mailbox
from tracker.usecases.read_bounces import read_bounces

LINE_ID = "U" + "0" * 31 + "1"


def with_mailbox(world: World, folder: Path) -> mailbox.Maildir:
    box = mailbox.Maildir(folder)
    world.services = dataclasses.replace(world.services, bounces=open_mailbox(f"maildir://{folder}"))
    return box


def test_a_mail_that_bounces_overnight_is_told_by_line_in_the_morning(world: World, tmp_path: Path) -> None:
    line = FakeChannel("line")
    world.with_channels(email=world.mail, line=line)
    box = with_mailbox(world, tmp_path / "box")
    world.people([dataclasses.replace(staff()[0], line_id=LINE_ID), *staff()[1:]])
    world.imports(DUE)
    assert world.day("2022-10-17 16:29") == [OWNER]
    world.clock.set("2022-10-18 02:10")
    box.add(postfix(next(mail.message_id for mail in world.mail.accepted if mail.address == "klang@example.org")))
    read_bounces(world.services)
    assert world.deliver("line") == {}  # not at night
    world.day("2022-10-18 08:30")
    world.deliver("line")
    (push,) = line.accepted
    assert push.address == LINE_ID
    assert "อีก ๑๓ วัน" in push.text  # written anew in the morning
    assert sum("เจ้าหน้าที่ คลัง ทางอีเมล k…@example.org ไม่ได้อีก" in mail for mail in mails_to(world, "coordinator")) == 1
    for day in range(19, 32):
        read_bounces(world.services)
        world.day(f"2022-10-{day} 09:00")
        world.deliver("line")
    assert len(line.accepted) > 3
    assert len(mails_to(world, OWNER)) == 1
    assert sum("ไม่ได้อีก" in mail for mail in mails_to(world, "coordinator")) == 1


def test_somebody_with_a_dead_mailbox_and_nothing_else_never_silences_the_task(world: World, tmp_path: Path) -> None:
    world.begins(DUE)
    box = with_mailbox(world, tmp_path / "box")
    assert world.day("2022-10-17 09:00") == [OWNER]
    box.add(postfix(world.mail.accepted[0].message_id))
    read_bounces(world.services)
    told = live(world, date(2022, 10, 18), DUE)
    assert told[date(2022, 10, 18)] == [HEAD]
    assert all(HEAD in names and OWNER not in names for names in told.values())
