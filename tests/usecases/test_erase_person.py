"""Somebody is erased on request: nothing that is stored names them, and the trail still verifies."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from tests.builders import OFFICE, TREASURY, World, person, staff
from tests.fakes import ACCEPTED, FakeChannel, FakeClock
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing
from tracker.errors import Refused
from tracker.store.schema import upgrade
from tracker.store.session import Store
from tracker.store.tables import AuditRow, MessageRow, NoticeRow, PersonRow, WordingRow
from tracker.usecases.erase_person import Erased, erase_person, who_to_erase
from tracker.usecases.give_up_address import use_addresses_again
from tracker.usecases.link_person import link_person
from tracker.usecases.person_named import person_named
from tracker.usecases.read_trail import prove_trail
from tracker.usecases.take_leave import add_leave, end_leave
from tracker.usecases.transfer_person import transfer_person

NAME, ADDRESS, LINE_ID = "นางสาวขอลบ ข้อมูลส่วนตัว", "asks.to.go@example.org", "U" + "ab" * 16
HELPER = "เจ้าหน้าที่ คลัง"
WORDS = f"<{ADDRESS}>: Recipient address rejected: User unknown"
DUE = date(2022, 10, 31)


def quoting(message: Outgoing) -> Outcome:
    """Refuse one address for good, in words that quote it as relays do."""
    return Outcome(OutcomeKind.PERMANENT, 550, f"550 5.1.1 {WORDS}") if message.address == ADDRESS else ACCEPTED


def erase(world: World, who: str = NAME) -> Erased:
    number, _ = who_to_erase(world.services, who)
    return erase_person(world.services, number, reason="คำขอที่ ๑", actor="test")


def lived(world: World) -> World:
    """A month in which the person was told, could not be reached, was spoken of, away, and moved."""
    line = FakeChannel("line")
    world.with_channels(email=world.mail, line=line)
    leaver = person(NAME, OFFICE, "officer", email=ADDRESS, line_id=LINE_ID, supervisor="หัวหน้า ปลัด", position="นิติกร")
    head = person("หัวหน้า ปลัด", OFFICE, "supervisor", email="head.office@example.org", supervisor=NAME)
    world.people([*staff(), leaver, head])
    world.imports(DUE, owner=OFFICE)
    world.mail.answer = quoting
    for day in ("2022-10-03", "2022-10-04", "2022-10-17"):
        world.sweep(f"{day} 09:00")
        for channel in ("email", "line", "email"):
            world.deliver(channel)
    add_leave(world.services, NAME, HELPER, since=date(2022, 10, 18), until=date(2022, 10, 25), actor="test")
    world.sweep("2022-10-21 09:00")
    world.deliver("email")
    link_person(world.services, NAME, {"channels": "line"}, actor="test")
    use_addresses_again(world.services, NAME, actor="test")
    world.act("submit", 1, result="รายงานแล้ว")
    world.act("reopen", 1, reason=f"ส่งกลับ {ADDRESS}")
    transfer_person(world.services, NAME, TREASURY, since=date(2022, 10, 24), actor="test")
    world.sweep("2022-10-24 09:00")
    return world


def told(world: World) -> str:
    return repr(world.dump())


def test_a_person_who_was_erased_is_in_no_table_and_the_trail_verifies(both: World) -> None:
    lived(both)
    assert all(each in told(both) for each in (NAME, ADDRESS, LINE_ID))
    assert any(
        NAME in both.wording(row).text for row in both.rows(MessageRow) if row.person_id != 7 and row.status == "sent"
    )  # spoken of to others
    done = erase(both)
    assert done.messages > 0
    assert done.texts > 0
    assert done.remains == {}
    for each in (NAME, ADDRESS, LINE_ID, NAME.encode("unicode_escape").decode()):
        assert each not in told(both)
    assert prove_trail(both.services).entries > 0


def test_words_that_somebody_typed_are_rewritten_and_their_copy_in_the_trail_is_told(world: World) -> None:
    world.people([*staff(), person(NAME, TREASURY, "officer", email=ADDRESS)])
    world.imports(DUE)
    world.act("submit", 1, result=f"{NAME} เป็นวิทยากร")
    entry = world.rows(AuditRow)[-1].id
    assert erase(world).remains == {"audit": [entry]}
    assert world.task().result == "(ลบข้อมูลแล้ว) เป็นวิทยากร"
    assert prove_trail(world.services).entries > 0


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("{name}รายงานแล้วโดย{name}", "{gone}รายงานแล้วโดย{gone}"),  # Thai puts no blank after a name
        ("{name}ๆ {name} ,{name}", "{gone}ๆ {gone} ,{gone}"),
        ("{name}ะ {name}์", "{name}ะ {name}์"),  # of somebody else: the last syllable goes on
        ("ถึง{address}แล้ว <{address}>. {address}", "ถึง{gone}แล้ว <{gone}>. {gone}"),
        ("x.{address} x{address} {address}.th", "x.{address} x{address} {address}.th"),
    ],
)
def test_a_name_is_found_where_thai_goes_on_after_it_and_no_longer_name_or_address_is(
    world: World, written: str, left: str
) -> None:
    world.people([*staff(), person(NAME, TREASURY, "officer", email=ADDRESS)])
    world.imports(DUE)
    words = {"name": NAME, "address": ADDRESS, "gone": "(ลบข้อมูลแล้ว)"}
    world.act("submit", 1, result=written.format(**words))
    erase(world)
    assert world.task().result == left.format(**words)


def test_no_address_and_no_name_ever_enters_the_trail(world: World) -> None:
    lived(world)
    trail = repr([(row.reason, row.detail) for row in world.rows(AuditRow)])
    assert "a…@example.org" in trail  # a server's words, and a reason that somebody typed, masked
    for each in (ADDRESS, LINE_ID, HELPER, *(row.email for row in world.rows(PersonRow) if row.email)):
        assert each not in trail


def test_what_was_decided_and_sent_can_still_be_counted(world: World) -> None:
    lived(world)
    before = [(row.id, row.rung, row.person_id) for row in world.rows(NoticeRow)]
    statuses = [row.status for row in world.rows(MessageRow) if row.status != "queued"]
    erase(world)
    assert [(row.id, row.rung, row.person_id) for row in world.rows(NoticeRow)] == before
    assert [row.status for row in world.rows(MessageRow) if row.status != "withdrawn"] == statuses


def test_the_erasure_is_an_entry_with_who_when_and_why(world: World) -> None:
    world.people([*staff(), person(NAME, TREASURY, "officer", email=ADDRESS)])
    erase_person(world.services, 7, reason=f"คำขอของ {NAME} ({ADDRESS})", actor="ita")
    entry = world.rows(AuditRow)[-1]
    assert (entry.action, entry.actor, entry.at) == ("people erase", "ita", world.clock.now())
    assert entry.reason == "คำขอของ (ลบข้อมูลแล้ว) ((ลบข้อมูลแล้ว))"
    with pytest.raises(Refused, match="--reason"):
        erase_person(world.services, 1, reason=" ", actor="ita")


def test_what_waited_for_somebody_erased_goes_to_a_colleague_and_not_to_them(world: World) -> None:
    world.people([person(NAME, TREASURY, "officer", email=ADDRESS)])
    world.imports(DUE)
    world.sweep("2022-10-17 09:00")
    world.people()
    erase(world)
    assert world.day("2022-10-17 09:01") == ["klang"]
    assert ADDRESS not in {one.address for one in world.mail.offered}
    assert {row.status for row in world.rows(MessageRow) if row.person_id == 1} == {"withdrawn"}


def test_another_person_whose_longer_name_begins_alike_keeps_it(world: World) -> None:
    longer = f"{NAME}มาก"
    world.people(
        [*staff(), person(NAME, TREASURY, "officer", email=ADDRESS), person(longer, OFFICE, "officer", email="l@e.org")]
    )
    world.imports(DUE, owner=OFFICE)
    world.day("2022-10-17 09:00")
    assert erase(world).remains == {}
    assert any(longer in row.text for row in world.rows(WordingRow))


def test_the_name_is_free_again_and_means_nobody(world: World) -> None:
    world.people([*staff(), person(NAME, TREASURY, "officer", email=ADDRESS)])
    erase(world)
    with world.store.reading() as session, pytest.raises(Refused, match="Nobody is called"):
        person_named(session, NAME)
    assert world.people([person(NAME, TREASURY, "officer", email=ADDRESS)]).added == 1


def refused(world: World, who: str, words: str) -> None:
    before = world.dump()
    with pytest.raises(Refused, match=words):
        erase(world, who)
    assert world.dump() == before


def test_who_is_named_for_an_open_task_is_not_erased_until_it_is_assigned_anew(world: World) -> None:
    world.people([*staff(), person(NAME, OFFICE, "officer", email=ADDRESS)])
    world.imports(DUE)
    world.act("assign", 1, owner_id=7)
    refused(world, NAME, r"tasks 1, not done yet.* `tracker task assign 1 --to PERSON`")
    world.act("assign", 1, owner_id=1)
    assert erase(world).id == 7


def test_the_only_one_of_a_role_is_not_erased_until_somebody_else_can_be_reached(world: World) -> None:
    world.begins(DUE)
    for who, role in ((HELPER, "officer"), ("หัวหน้า คลัง", "supervisor"), ("ปลัด ทดสอบ", "executive")):
        refused(world, who, f"is the only {role} of .* 1 open task rests on that")
    refused(world, "ผู้ประสานงาน ทดสอบ", "is the only coordinator")
    world.people([person(NAME, TREASURY, "officer")])  # without an address
    refused(world, HELPER, "is the only officer")
    link_person(world.services, NAME, {"email": ADDRESS}, actor="test")
    assert erase(world, HELPER).id == 1


def test_who_has_left_or_has_no_open_task_resting_on_them_is_erased(world: World) -> None:
    world.begins(DUE)
    assert erase(world, "เจ้าหน้าที่ ปลัด").id == 3  # the only officer of a unit that owes nothing
    world.people([person(HELPER, TREASURY, "officer", email="klang@example.org", until=date(2022, 10, 3))])
    assert erase(world, HELPER).id == 1


def test_who_acts_for_somebody_on_leave_is_not_erased_until_that_ends(world: World) -> None:
    world.people([*staff(), person(NAME, OFFICE, "officer", email=ADDRESS)])
    leave, _ = add_leave(world.services, HELPER, NAME, since=DUE, until=date(2022, 11, 7), actor="test")
    refused(world, NAME, "`tracker leave end 1`")
    end_leave(world.services, leave.id, actor="test")
    assert erase(world).id == 7


def test_nobody_is_erased_while_a_message_to_them_is_in_a_senders_hand(world: World) -> None:
    world.people([*staff(), person(NAME, TREASURY, "officer", email=ADDRESS)])
    world.imports(DUE)
    world.sweep("2022-10-17 09:00")
    asked: list[str] = []

    def answer(message: Outgoing) -> Outcome:
        if message.address == ADDRESS:
            with pytest.raises(Refused, match="is being sent just now"):
                erase(world)
            asked.append(message.address)
        return ACCEPTED

    world.mail.answer = answer
    world.deliver()
    assert asked == [ADDRESS]
    assert erase(world).messages == 1


def test_nobody_is_erased_while_a_sender_is_just_taking_a_message_in_hand(
    postgres_url: str, clock: FakeClock, tmp_path: Path
) -> None:
    """What another transaction is about to claim reads as free until it ends."""
    upgrade(store := Store(postgres_url))
    world = World(store, clock, tmp_path)
    world.people([*staff(), person(NAME, TREASURY, "officer", email=ADDRESS)])
    world.imports(DUE)
    world.sweep("2022-10-17 09:00")
    number, _ = who_to_erase(world.services, NAME)
    with store.writing() as claiming:
        claiming.execute(select(MessageRow).where(MessageRow.person_id == number).with_for_update()).all()
        with pytest.raises(Refused, match="is being sent just now"):
            erase(world)
    assert erase(world).messages == 1
    store.close()
