"""What messages promise to their readers, as facts of the composed digest."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.messages import (
    SPELLED_OUT,
    SUBJECT_CELLS,
    Addressee,
    Agency,
    CoordinatorDay,
    Digest,
    FailedDelivery,
    Item,
    OverdueTask,
    SubmittedTask,
    UnownedTask,
    compose,
    compose_coordinator_day,
    compose_incidents,
)
from tracker.domain.messages.lines import cells, one_line, shorten

TODAY = date(2021, 3, 24)
AGENCY = Agency("เทศบาลตำบลธารแก้วไพร", "นางสาวประสาน สมมุติงาน", "ita@example.org", "0 2000 0000")
OFFICER = Addressee("นายตัวอย่าง กองคลัง", "นักวิชาการเงินและบัญชี")
ITEM = Item(
    task_id=12,
    rung="before-7",
    audience="owner",
    tone="coming",
    follow_up=0,
    title="รายงานผลการดำเนินงาน รอบ ๖ เดือน",
    measure_number="๓",
    measure_title="การเปิดเผยแผนการใช้จ่ายงบประมาณ",
    unit="กองคลัง",
    due=date(2021, 3, 31),
    phrase="รายงานต่อปลัดเทศบาล รอบ ๖ เดือน",
    line=74,
    basis="stated",
)
LATE = replace(ITEM, task_id=13, due=date(2021, 3, 21), tone="overdue", rung="overdue-1")
FOLLOWED = replace(
    ITEM, task_id=14, due=date(2021, 3, 15), tone="follow-up", follow_up=1, first_notified_on=date(2021, 2, 15)
)
SECOND = replace(FOLLOWED, task_id=15, follow_up=2, last_follow_up_on=date(2021, 3, 18), audience="executive")


def say(*items: Item, to: Addressee = OFFICER, agency: Agency = AGENCY) -> Digest:
    return compose(to, items, today=TODAY, agency=agency, reference="ITA-0001")


def everything(digest: Digest) -> str:
    return repr(digest)


def details(digest: Digest) -> dict[str, str]:
    return {detail.label: detail.text for detail in digest.sections[0].entries[0].details}


def test_sections_come_in_order_escalations_first() -> None:
    today = replace(ITEM, task_id=16, due=TODAY)
    digest = say(ITEM, today, LATE, FOLLOWED, SECOND)
    assert [section.title for section in digest.sections] == [
        "ติดตามครั้งที่ ๒ (๑ เรื่อง)",
        "ติดตามครั้งที่ ๑ (๑ เรื่อง)",
        "เกินกำหนดแล้ว (๑ เรื่อง)",
        "ครบกำหนดวันนี้ (๑ เรื่อง)",
        "ใกล้ครบกำหนด (๑ เรื่อง)",
    ]


def test_an_entry_names_the_unit_measure_date_source_and_task() -> None:
    entry = say(ITEM).sections[0].entries[0]
    assert (entry.heading, entry.title, entry.badge) == ("กองคลัง", ITEM.title, "อีก ๗ วัน")
    assert details(say(ITEM)) == {
        "มาตรการ": "ข้อ ๓ การเปิดเผยแผนการใช้จ่ายงบประมาณ",
        "กำหนด": "วันพุธที่ ๓๑ มีนาคม ๒๕๖๔",
        "ที่มา": "“รายงานต่อปลัดเทศบาล รอบ ๖ เดือน” (แผนฯ บรรทัดที่ ๗๔)",
        "เลขที่งาน": "12",
    }


@pytest.mark.parametrize(
    ("due", "badge"),
    [
        (date(2021, 3, 31), "อีก ๗ วัน"),
        (TODAY, "ครบกำหนดวันนี้"),
        (date(2021, 3, 21), "เกินกำหนดมาแล้ว ๓ วัน"),
    ],
)
def test_days_left_and_past_are_said_in_thai_digits(due: date, badge: str) -> None:
    assert say(replace(ITEM, due=due)).sections[0].entries[0].badge == badge


def test_a_notice_sent_early_because_of_a_day_off_does_not_say_today() -> None:
    early = replace(ITEM, tone="today", rung="due", due=TODAY + timedelta(days=2))
    digest = say(early)
    assert digest.sections[0].severity == "coming"
    assert "วันนี้" not in digest.subject


def test_a_measure_number_is_said_in_the_readers_digits() -> None:
    numbered = replace(ITEM, measure_number="10.")
    assert details(say(numbered))["มาตรการ"] == "ข้อ ๑๐ การเปิดเผยแผนการใช้จ่ายงบประมาณ"
    assert details(say(ITEM, to=replace(OFFICER, lang="en")))["Measure"].startswith("no. 3 ")


def test_a_follow_up_refers_to_the_first_notice_and_the_last_follow_up() -> None:
    assert details(say(SECOND))["อ้างถึง"] == (
        "การแจ้งครั้งแรกเมื่อวันจันทร์ที่ ๑๕ กุมภาพันธ์ ๒๕๖๔, การติดตามครั้งก่อนเมื่อวันพฤหัสบดีที่ ๑๘ มีนาคม ๒๕๖๔"
    )
    assert "อ้างถึง" not in details(say(replace(FOLLOWED, first_notified_on=None)))


def test_a_policy_date_is_not_said_to_stand_in_the_plan() -> None:
    assert details(say(replace(ITEM, basis="policy")))["ที่มา"] == "ตามนโยบายการรายงานของหน่วยงาน"


def test_an_inferred_date_says_that_it_was_inferred() -> None:
    assert "การตีความ" in details(say(replace(ITEM, basis="inferred")))["ที่มา"]


def test_a_source_in_a_pdf_is_a_page_and_a_source_without_a_place_is_only_quoted() -> None:
    assert "แผนฯ หน้า ๗๔" in details(say(replace(ITEM, place="page")))["ที่มา"]
    assert details(say(replace(ITEM, line=None)))["ที่มา"] == "“รายงานต่อปลัดเทศบาล รอบ ๖ เดือน”"


def test_a_reader_told_instead_of_somebody_else_is_told_why() -> None:
    moved = replace(SECOND, moved_up_because="ยังไม่มีหัวหน้าส่วนของหน่วยงานนี้ที่ติดต่อได้")
    assert details(say(moved))["หมายเหตุ"] == ("เสนอเรื่องนี้ต่อท่านโดยตรง เนื่องจากยังไม่มีหัวหน้าส่วนของหน่วยงานนี้ที่ติดต่อได้")


def test_at_most_thirty_tasks_are_spelled_out_and_the_most_urgent_are_kept() -> None:
    coming = [replace(ITEM, task_id=100 + n) for n in range(40)]
    digest = say(*coming, FOLLOWED)
    assert sum(len(section.entries) for section in digest.sections) == SPELLED_OUT
    assert [section.hidden for section in digest.sections] == [0, 11]
    assert digest.sections[1].title == "ใกล้ครบกำหนด (๔๐ เรื่อง)"


def test_the_greeting_gives_the_position_once() -> None:
    assert say(ITEM).greeting == "เรียน นายตัวอย่าง กองคลัง (นักวิชาการเงินและบัญชี)"
    head = Addressee("หัวหน้า สำนักปลัด", "หัวหน้าสำนักปลัด")
    assert say(ITEM, to=head).greeting == "เรียน หัวหน้า สำนักปลัด"


def test_a_message_says_why_what_next_whom_to_ask_and_its_reference() -> None:
    notes = {note.heading: " ".join(note.lines) for note in say(ITEM).notes}
    assert notes["เหตุที่ท่านได้รับข้อความนี้"] == "ท่านเป็นผู้รับผิดชอบของหน่วยงานที่ระบุไว้ในแผน"
    assert "ita@example.org" in notes["การดำเนินการต่อไป"]
    assert "0 2000 0000" in notes["สอบถามเพิ่มเติม"]
    assert notes["เลขอ้างอิง"] == "ITA-0001"
    assert say(ITEM).closing == "จึงเรียนมาเพื่อโปรดดำเนินการ"


def test_an_agency_without_a_known_contact_still_says_whom_to_ask() -> None:
    notes = {note.heading: note.lines for note in say(ITEM, agency=Agency("เทศบาล")).notes}
    assert notes["สอบถามเพิ่มเติม"] == ("ผู้ประสานงาน ITA",)


def test_the_reason_follows_the_role_and_a_reader_in_two_roles_gets_both() -> None:
    why = say(SECOND, ITEM).notes[0].lines
    assert len(why) == 2
    assert "ผู้บริหาร" in why[0]
    assert "ผู้รับผิดชอบ" in why[1]
    assert say(SECOND).closing == "จึงเรียนมาเพื่อโปรดพิจารณา"


def test_officers_and_executives_never_see_a_command() -> None:
    assert "tracker" not in everything(say(ITEM, LATE, FOLLOWED, SECOND))


def test_nobody_but_the_reader_and_the_contact_is_named() -> None:
    named = everything(say(FOLLOWED, SECOND, to=Addressee("นายปลัด สมมุติธรรม", "ปลัดเทศบาล")))
    without = named.replace("นายปลัด สมมุติธรรม", "").replace("นางสาวประสาน สมมุติงาน", "")
    assert not any(title in without for title in ("นางสาว", "นาย ", "นายต"))


@pytest.mark.parametrize("word", ["ล่าช้า", "ละเลย", "เพิกเฉย", "ไม่ยอม", "ฝ่าฝืน", "บกพร่อง", "ลงโทษ"])
def test_a_message_accuses_nobody(word: str) -> None:
    assert word not in everything(say(ITEM, LATE, FOLLOWED, SECOND))


@pytest.mark.parametrize(
    ("items", "subject"),
    [
        ((ITEM,), "กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน กำหนด ๓๑ มี.ค. ๒๕๖๔"),
        ((LATE,), "กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน เกินกำหนดมาแล้ว ๓ วัน"),
        ((FOLLOWED,), "ติดตามครั้งที่ ๑ กองคลัง: รายงานผลการดำเนินงาน รอบ ๖… (เกิน ๙ วัน)"),
        ((ITEM, replace(ITEM, task_id=9)), "กองคลัง: งาน ITA ๒ เรื่อง เรื่องแรกกำหนด ๓๑ มี.ค. ๒๕๖๔"),
        ((FOLLOWED, ITEM), "ติดตามครั้งที่ ๑ งาน ITA ๑ เรื่อง เกินกำหนด ๙ วัน และอีก ๑ เรื่อง"),
    ],
)
def test_a_subject_says_what_and_when(items: tuple[Item, ...], subject: str) -> None:
    assert say(*items).subject == subject


TEXTS = st.text(max_size=120) | st.sampled_from(["เรื่อง\r\nBcc: x@example.org", "ก" * 200, "น้ำ" * 90, "\u2028a\x85b"])


@given(
    title=TEXTS, unit=TEXTS, copies=st.integers(1, 3), late=st.integers(-40, 400), lang=st.sampled_from(["th", "en"])
)
def test_a_subject_is_one_short_line_whatever_stands_in_the_plan(
    title: str, unit: str, copies: int, late: int, lang: str
) -> None:
    item = replace(FOLLOWED, title=title, unit=unit, due=TODAY - timedelta(days=late))
    digest = say(*[item] * copies, to=Addressee("ก", None, lang))  # type: ignore[arg-type]
    assert len(digest.subject.splitlines()) == 1
    assert cells(digest.subject) <= SUBJECT_CELLS
    assert digest.subject.isprintable()


@given(st.text(alphabet="กขคน้ำเแโ ุิ่ab", max_size=80), st.integers(2, 40))
def test_a_shortened_line_keeps_within_its_room_and_never_loses_a_mark(text: str, room: int) -> None:
    short = shorten(text, room)
    assert cells(short) <= room
    if short.endswith("…"):
        kept = short[:-1]
        assert one_line(text).startswith(kept)
        following = one_line(text)[len(kept) : len(kept) + 1]
        assert not kept or following not in ("้", "ุ", "ิ", "่")


def test_a_message_about_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one task"):
        say()


def test_english_readers_get_the_same_structure_with_titles_in_thai() -> None:
    thai, english = say(ITEM, FOLLOWED), say(ITEM, FOLLOWED, to=replace(OFFICER, lang="en"))
    assert [(len(s.entries), s.severity) for s in english.sections] == [
        (len(s.entries), s.severity) for s in thai.sections
    ]
    entry = english.sections[1].entries[0]
    assert (entry.title, entry.badge) == (ITEM.title, "7 days left")
    assert "Wednesday 31 March 2021 (B.E. 2564)" in [detail.text for detail in entry.details]
    assert english.sections[0].title == "Follow-up no. 1 (1 task)"
    assert english.greeting.startswith("Dear ")


DAY = CoordinatorDay(
    since=date(2021, 3, 23),
    sent=(("email", 12), ("line", 3)),
    failed=(FailedDelivery(31, "email", "n***@example.org", "550 5.1.1 User unknown"),),
    unowned=(UnownedTask(44, "กองการศึกษา", "รายงาน", date(2021, 9, 30)),),
    submitted=(SubmittedTask(7, "กองคลัง", "รายงาน", date(2021, 3, 31), date(2021, 3, 23)),),
    overdue=(OverdueTask(12, "กองช่าง", "รายงาน", date(2021, 3, 10), "supervisor", 1),),
    incidents=("โควตาข้อความ LINE ประจำเดือนหมดแล้ว",),
)


def tell(day: CoordinatorDay, lang: str = "th") -> Digest:
    to = Addressee("นางสาวประสาน สมมุติงาน", None, lang)  # type: ignore[arg-type]
    return compose_coordinator_day(to, day, today=TODAY, agency=AGENCY, reference="ITA-0002")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_each_section_of_the_coordinators_day_says_the_next_command(lang: str) -> None:
    commands = [section.commands for section in tell(DAY, lang).sections]
    assert commands == [
        ("tracker status", "tracker message list"),
        ("tracker message show 31", "tracker message retry 31"),
        ("tracker people import people.csv", "tracker task assign 44 --to NAME"),
        (
            "tracker task show 7",
            "tracker task done 7 --evidence URL --result TEXT --problems TEXT --suggestions TEXT",
            "tracker task reopen 7 --reason TEXT",
        ),
        ("tracker task list --status overdue", "tracker task extend 12 --to DATE --reason TEXT"),
        ("tracker message list",),
    ]


def test_the_coordinators_day_counts_what_was_sent_and_says_how_far_a_task_escalated() -> None:
    *_, overdue, sent = tell(DAY).sections
    assert sent.title == "จัดส่งสำเร็จ ๑๕ ฉบับ ตั้งแต่ ๒๓ มี.ค. ๒๕๖๔ (อีเมล ๑๒ LINE ๓)"
    assert "ติดตามครั้งที่ ๑ เรียนหัวหน้าหน่วยงานแล้ว" in [detail.text for detail in overdue.entries[0].details]


def test_the_coordinators_day_spells_out_at_most_thirty_tasks_and_no_kind_crowds_out_another() -> None:
    digest = tell(replace(DAY, overdue=DAY.overdue * 50, unowned=DAY.unowned * 50, submitted=DAY.submitted * 50))
    tasks = [section for section in digest.sections if section.hidden]
    assert [len(section.entries) for section in tasks] == [10, 10, 10]
    assert [section.hidden for section in tasks] == [40, 40, 40]


def test_a_quiet_day_says_so() -> None:
    digest = tell(CoordinatorDay())
    assert digest.subject == "สรุปงาน ITA ๒๔ มี.ค. ๒๕๖๔: ไม่มีเรื่องค้างดำเนินการ"
    assert [section.title for section in digest.sections] == ["ไม่มีการจัดส่งในรอบนี้"]


def test_an_incident_is_told_in_the_subject_on_one_line() -> None:
    to = Addressee("นางสาวประสาน สมมุติงาน")
    digest = compose_incidents(to, ["อีเมลขัดข้อง\nX: y"], today=TODAY, agency=AGENCY, reference="ITA-0003")
    assert digest.subject == "แจ้งเหตุด่วน: อีเมลขัดข้อง X: y"
    with pytest.raises(ValueError, match="at least one"):
        compose_incidents(to, [], today=TODAY, agency=AGENCY, reference="ITA-0003")
