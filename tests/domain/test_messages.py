"""What messages promise to their readers, as facts of the composed digest."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders_messages import EXECUTIVE, FOLLOWED, ITEM, LATE, NOW_DUE, OFFICER, SECOND, TEXTS, TODAY, say
from tracker.domain.messages import SPELLED_OUT, SUBJECT_CELLS, Addressee, Agency, Digest, Item
from tracker.domain.messages.lines import cells, fold, one_line, shorten, unbroken


def everything(digest: Digest) -> str:
    return repr(digest)


def details(digest: Digest) -> dict[str, str]:
    return {detail.label: detail.text for detail in digest.sections[0].entries[0].details}


def test_sections_come_in_order_escalations_first() -> None:
    digest = say(ITEM, NOW_DUE, LATE, FOLLOWED, SECOND)
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
        "การแจ้งครั้งแรกเมื่อวันจันทร์ที่ ๑๕ กุมภาพันธ์ ๒๕๖๔ และการติดตามครั้งก่อนเมื่อวันพฤหัสบดีที่ ๑๘ มีนาคม ๒๕๖๔"
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
    named = everything(say(FOLLOWED, SECOND, to=EXECUTIVE))
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
        ((FOLLOWED,), "ติดตามครั้งที่ ๑ กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน เกิน ๙ วัน"),
        ((NOW_DUE,), "กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน ครบกำหนดวันนี้ ๒๔ มี.ค."),
        (
            (SECOND, replace(SECOND, task_id=9, due=date(2021, 3, 1))),
            ("ติดตามครั้งที่ ๒ กองคลัง: งาน ITA ๒ เรื่อง เกินกำหนด นานสุด ๒๓ วัน"),
        ),
        ((ITEM, replace(ITEM, task_id=9)), "กองคลัง: งาน ITA ๒ เรื่อง เรื่องแรกกำหนด ๓๑ มี.ค. ๒๕๖๔"),
        ((FOLLOWED, ITEM), "ติดตามครั้งที่ ๑ งาน ITA ๑ เรื่อง เกินกำหนด ๙ วัน และอีก ๑ เรื่อง"),
    ],
)
def test_a_subject_says_what_and_when(items: tuple[Item, ...], subject: str) -> None:
    assert say(*items).subject == subject


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


@pytest.mark.parametrize(
    ("title", "room", "short"),
    [
        ("รายงานผลการดำเนินงานตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส", 40, "รายงานผลการดำเนินงานตามมาตรการส่ง…"),
        ("กกกกกกกกกกกน้ำกก", 13, "กกกกกกกกกกก…"),
        ("กกกกกกกกกกกนานกก", 13, "กกกกกกกกกกก…"),
    ],
)
def test_a_title_without_blanks_is_cut_where_a_syllable_begins_and_tears_no_vowel_off(
    title: str, room: int, short: str
) -> None:
    assert shorten(title, room) == short


def test_a_long_unit_and_a_long_title_share_a_subject_and_the_unit_stands_first() -> None:
    long = replace(
        ITEM, unit="กองสวัสดิการสังคมและส่งเสริมคุณภาพชีวิตผู้สูงอายุ", title="รายงานผลการดำเนินงานตามมาตรการส่งเสริมคุณธรรม"
    )
    unit, _, rest = say(long).subject.partition(": ")
    assert unit.startswith("กองสวัสดิการสังคม")
    assert rest.startswith("รายงานผลการ")
    assert rest.endswith("… กำหนด ๓๑ มี.ค.")


def test_a_shortened_title_leaves_no_number_without_its_word_but_keeps_a_year_with_its_month() -> None:
    assert shorten("รายงานผลการดำเนินงาน รอบ ๖ เดือนแรก", 25) == "รายงานผลการดำเนินงาน รอบ…"
    assert shorten("ภายในวันที่ ๓๑ มีนาคม ๒๕๖๔ และรายงานต่อเนื่อง", 30) == "ภายในวันที่ ๓๑ มีนาคม ๒๕๖๔…"


def test_who_is_told_in_several_roles_is_not_told_that_all_of_it_is_their_own_units() -> None:
    opening = say(SECOND, ITEM).opening
    assert "สถานะการดำเนินงานของหน่วยงานที่เกี่ยวข้อง จำนวน ๒ เรื่อง" in opening
    assert "หน่วยงานของท่าน" not in opening
    assert "จำนวน ๑ เรื่อง" in say(LATE).opening
    assert "หน่วยงานของท่าน" in say(LATE).opening


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_opening_claims_no_earlier_notice_that_a_late_import_never_sent(lang: str) -> None:
    for items in ((ITEM,), (LATE,), (FOLLOWED,), (SECOND,)):
        assert not any(word in say(*items, lang=lang).opening for word in ("ได้แจ้ง", "notified", "announced"))


def test_english_counts_of_several_kinds_are_told_apart() -> None:
    assert "(1 task past due, 1 task due soon)" in say(LATE, ITEM, lang="en").opening


@pytest.mark.parametrize("lang", ["th", "en"])
def test_line_is_told_why_it_comes_what_next_and_whom_to_call(lang: str) -> None:
    digest = say(ITEM, lang=lang)
    why, step, call, _ = digest.brief
    assert why == digest.notes[0].lines[0]
    assert step == digest.notes[1].lines[0]
    assert call.endswith("0 2000 0000")


def test_a_follow_up_says_on_line_which_it_is_and_when_it_was_first_told() -> None:
    assert say(SECOND).sections[0].entries[0].short.endswith("(ติดตามครั้งที่ ๒ เกินกำหนดมาแล้ว ๙ วัน แจ้งครั้งแรก ๑๕ ก.พ. ๒๕๖๔)")


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


@pytest.mark.parametrize(
    ("items", "tone"),
    [
        ((ITEM,), "coming"),
        ((ITEM, NOW_DUE), "today"),
        ((ITEM, NOW_DUE, LATE), "overdue"),
        ((ITEM, FOLLOWED, LATE), "follow-up"),
        ((SECOND,), "follow-up"),
    ],
)
def test_the_most_severe_task_gives_a_message_its_tone(items: tuple[Item, ...], tone: str) -> None:
    assert say(*items).tone == tone


def test_a_reader_who_acts_for_somebody_is_told_for_whom_with_the_task_and_with_the_reason() -> None:
    acting = replace(ITEM, acting_for="นายลาพัก สมมุติ")
    assert details(say(acting))["ปฏิบัติราชการแทน"] == "นายลาพัก สมมุติ"
    assert say(acting).notes[0].lines == ("ท่านปฏิบัติราชการแทน นายลาพัก สมมุติ ผู้รับผิดชอบของหน่วยงานที่ระบุไว้ในแผน",)
    assert say(acting).brief[0] == "ปฏิบัติราชการแทน นายลาพัก สมมุติ"


def test_acting_for_somebody_does_not_hide_what_the_reader_answers_for() -> None:
    acting = replace(FOLLOWED, audience="supervisor", acting_for="นายลาพัก สมมุติ")
    lines = say(acting, replace(acting, task_id=99), ITEM, replace(ITEM, acting_for="นายอื่น")).notes[0].lines
    assert [line.partition(" ")[0] for line in lines] == [
        "ท่านปฏิบัติราชการแทน",
        "ท่านเป็นผู้รับผิดชอบของหน่วยงานที่ระบุไว้ในแผน",
        "ท่านปฏิบัติราชการแทน",
    ]


def test_english_says_for_whom_the_reader_acts() -> None:
    digest = say(replace(ITEM, acting_for="นายลาพัก สมมุติ"), lang="en")
    assert details(digest)["Acting for"] == "นายลาพัก สมมุติ"
    assert digest.notes[0].lines == ("You are acting for นายลาพัก สมมุติ, who answers for the unit that the plan names.",)


def test_the_reference_closes_the_notes_and_the_brief() -> None:
    digest = say(ITEM)
    assert digest.notes[-1].lines == (digest.reference,)
    assert digest.brief[-1].endswith(digest.reference)


def test_folded_rows_keep_numbers_with_their_words_and_titles_with_their_number() -> None:
    text = f"(๑) {'ก' * 40} (๒) {'ข' * 40} และอีก ๓ เรื่อง"
    assert fold(text, 3) == f"(๑) {'ก' * 40}\n   (๒) {'ข' * 40} และอีก ๓ เรื่อง"
    assert unbroken("จำนวน ๓ เรื่อง ดังนี้") == "จำนวน\u00a0๓\u00a0เรื่อง ดังนี้"
