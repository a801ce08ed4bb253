"""One message of every kind and language, of an agency that does not exist: what templates are tried on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from tracker.domain.messages import (
    SPELLED_OUT,
    Addressee,
    Agency,
    CoordinatorDay,
    Digest,
    ExecutiveWeek,
    FailedDelivery,
    Item,
    OverdueTask,
    SubmittedTask,
    UnitWeek,
    UnownedTask,
    compose,
    compose_coordinator_day,
    compose_incidents,
    compose_week,
    merged,
)
from tracker.domain.messages.values import Lang

_TODAY = date(2026, 3, 24)
_AGENCY = Agency("เทศบาลตำบลธารแก้วไพร", "นางสาวประสาน สมมุติงาน", "ita@example.org", "0 2000 0000")
_REFERENCE = "ITA-0001"

_COMING = Item(
    task_id=12,
    rung="before-7",
    audience="owner",
    tone="coming",
    follow_up=0,
    title="รายงานผลการดำเนินงาน รอบ ๖ เดือน",
    measure_number="๓",
    measure_title="การเปิดเผยแผนการใช้จ่ายงบประมาณ",
    unit="กองคลัง",
    due=date(2026, 3, 31),
    phrase="รายงานต่อปลัดเทศบาล รอบ ๖ เดือน",
    line=74,
    basis="stated",
)
_DUE_TODAY = replace(_COMING, task_id=13, rung="due", tone="today", due=_TODAY)
_OVERDUE = replace(
    _COMING,
    task_id=14,
    rung="overdue-1",
    tone="overdue",
    due=date(2026, 3, 21),
    acting_for="นายตัวอย่าง ใจดี",
    basis="policy",
)
_FOLLOWED = replace(
    _COMING,
    task_id=15,
    rung="overdue-3",
    audience="supervisor",
    tone="follow-up",
    follow_up=1,
    due=date(2026, 3, 15),
    first_notified_on=date(2026, 2, 13),
    moved_up_because="ยังไม่มีเจ้าหน้าที่ผู้รับผิดชอบของหน่วยงานนี้ที่ติดต่อได้",
)
_FOLLOWED_AGAIN = replace(
    _FOLLOWED,
    task_id=16,
    rung="overdue-7",
    audience="executive",
    follow_up=2,
    unit="กองช่าง",
    moved_up_because=None,
    last_follow_up_on=date(2026, 3, 18),
)
_MANY = tuple(
    replace(_FOLLOWED_AGAIN, task_id=100 + nth, due=_FOLLOWED.due - timedelta(days=nth))
    for nth in range(SPELLED_OUT + 5)
)

_DAY = CoordinatorDay(
    since=date(2026, 3, 23),
    sent=(("email", 12), ("line", 3)),
    failed=(FailedDelivery(31, "email", "n***@example.org", "550 5.1.1 User unknown", "กองการศึกษา"),),
    unowned=(UnownedTask(44, "กองการศึกษา", _COMING.title, date(2026, 9, 30)),),
    submitted=(SubmittedTask(7, "กองคลัง", _COMING.title, date(2026, 3, 31), date(2026, 3, 23)),),
    overdue=(OverdueTask(16, "กองช่าง", _COMING.title, date(2026, 3, 10), "supervisor", 1),) * 12,
    incidents=("โควตาข้อความ LINE ประจำเดือนหมดแล้ว ข้อความต่อจากนี้จัดส่งทางอีเมล",),
    unconfirmed_years=(2569,),
)
_WEEK = ExecutiveWeek(
    (
        UnitWeek("กองคลัง", 3, date(2026, 3, 15), 1, ("รายงานผลการดำเนินงาน รอบ ๖ เดือน", "เผยแพร่แผนการใช้จ่ายงบประมาณ")),
        UnitWeek(
            "กองช่าง", 8, date(2026, 1, 31), 3, ("เผยแพร่คู่มือการให้บริการประชาชน", "รายงานผลการจัดซื้อจัดจ้าง", "ประชุมทบทวนขั้นตอน")
        ),
        UnitWeek("สำนักปลัด", 1, date(2026, 3, 23), 0, ("ประกาศเจตนารมณ์ No Gift Policy",)),
    )
)


def sample_digests() -> tuple[Digest, ...]:
    """Return a message of every kind in every language, and one merged of several."""
    return tuple(digest for lang in get_args(Lang) for digest in _in_language(lang))


def _in_language(lang: Lang) -> Iterator[Digest]:
    officer = Addressee("นายตัวอย่าง กองคลัง", "นักวิชาการเงินและบัญชี", lang)
    executive, coordinator = (
        Addressee("นายปลัด สมมุติธรรม", "ปลัดเทศบาล", lang),
        Addressee("นางสาวประสาน สมมุติงาน", None, lang),
    )
    told: tuple[tuple[Addressee, tuple[Item, ...]], ...] = (
        (officer, (_COMING,)),
        (officer, (_DUE_TODAY, _COMING)),
        (officer, (_OVERDUE, _DUE_TODAY, _COMING)),
        (officer, (_FOLLOWED,)),
        (executive, _MANY),
    )
    notices = [compose(to, items, today=_TODAY, agency=_AGENCY, reference=_REFERENCE) for to, items in told]
    day = compose_coordinator_day(coordinator, _DAY, today=_TODAY, agency=_AGENCY, reference=_REFERENCE)
    week = compose_week(executive, _WEEK, today=_TODAY, agency=_AGENCY, reference=_REFERENCE)
    incidents = compose_incidents(coordinator, _DAY.incidents, today=_TODAY, agency=_AGENCY, reference=_REFERENCE)
    yield from (*notices, day, week, incidents, merged(notices[0], day), merged(notices[4], week))
