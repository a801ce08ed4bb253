"""What the coordinator's day and an incident say, as facts of the composed digest."""

from dataclasses import replace

import pytest

from tests.builders_messages import DAY, alert, tell
from tracker.domain.messages import CoordinatorDay


@pytest.mark.parametrize("lang", ["th", "en"])
def test_each_section_of_the_coordinators_day_says_the_next_command(lang: str) -> None:
    commands = [section.commands for section in tell(DAY, lang=lang).sections]
    assert commands == [
        ("tracker doctor", "tracker message list"),
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


@pytest.mark.parametrize(
    ("lang", "subject"),
    [
        ("th", "สรุปงาน ITA ๒๔ มี.ค.: เกินกำหนด ๑ ส่งไม่สำเร็จ ๑ รอตรวจ ๑…"),
        ("en", "ITA 24 Mar: 1 past due, 1 failed, 1 to check, 1 unowned…"),
    ],
)
def test_a_subject_without_room_gives_up_the_year_and_then_whole_counts(lang: str, subject: str) -> None:
    assert tell(lang=lang).subject == subject
    assert (
        tell(replace(DAY, unowned=(), incidents=())).subject
        == "สรุปงาน ITA ๒๔ มี.ค. ๒๕๖๔: เกินกำหนด ๑ ส่งไม่สำเร็จ ๑ รอตรวจ ๑"
    )


def test_a_quiet_day_says_so() -> None:
    digest = tell(CoordinatorDay())
    assert digest.subject == "สรุปงาน ITA ๒๔ มี.ค. ๒๕๖๔: ไม่มีเรื่องค้างดำเนินการ"
    assert [section.title for section in digest.sections] == ["ไม่มีการจัดส่งในรอบนี้"]


def test_an_incident_is_told_in_the_subject_on_one_line() -> None:
    assert alert("อีเมลขัดข้อง\nX: y").subject == "แจ้งเหตุด่วน: อีเมลขัดข้อง X: y"
    with pytest.raises(ValueError, match="at least one"):
        alert()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_years_whose_days_off_nobody_confirmed_stand_in_the_day_with_their_commands(lang: str) -> None:
    section = tell(CoordinatorDay(unconfirmed_years=(2570, 2569)), lang=lang).sections[0]
    assert section.commands == (
        "tracker holiday list 2569",
        "tracker holiday confirm 2569",
        "tracker holiday list 2570",
        "tracker holiday confirm 2570",
    )
    assert section.severity == "notice"
    assert len(section.entries) == 2


def test_a_day_with_only_unconfirmed_years_does_not_say_that_nothing_waits() -> None:
    digest = tell(CoordinatorDay(unconfirmed_years=(2569,)))
    assert digest.subject == "สรุปงาน ITA ๒๔ มี.ค. ๒๕๖๔: โปรดยืนยันวันหยุดปี ๒๕๖๙"
    assert "ไม่มีเรื่องค้าง" not in digest.opening


def test_a_subject_leaves_out_days_off_when_something_more_urgent_waits() -> None:
    assert tell(replace(DAY, unconfirmed_years=(2569,))).subject == tell(DAY).subject


def test_each_kind_of_message_to_the_coordinator_says_its_tone() -> None:
    assert (tell().tone, alert("อีเมลขัดข้อง").tone) == ("day", "incidents")
