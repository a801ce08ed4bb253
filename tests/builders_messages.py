"""Tasks, people and digests of an agency that does not exist, for tests of what messages say and look like."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from tracker.domain.messages import (
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

TODAY = date(2021, 3, 24)
AGENCY = Agency("เทศบาลตำบลธารแก้วไพร", "นางสาวประสาน สมมุติงาน", "ita@example.org", "0 2000 0000")
OFFICER = Addressee("นายตัวอย่าง กองคลัง", "นักวิชาการเงินและบัญชี")
EXECUTIVE = Addressee("นายปลัด สมมุติธรรม", "ปลัดเทศบาล")
COORDINATOR = Addressee("นางสาวประสาน สมมุติงาน")
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
NOW_DUE = replace(ITEM, task_id=16, due=TODAY)

DAY = CoordinatorDay(
    since=date(2021, 3, 23),
    sent=(("email", 12), ("line", 3)),
    failed=(FailedDelivery(31, "email", "n***@example.org", "550 5.1.1 User unknown"),),
    unowned=(UnownedTask(44, "กองการศึกษา", "รายงาน", date(2021, 9, 30)),),
    submitted=(SubmittedTask(7, "กองคลัง", "รายงาน", date(2021, 3, 31), date(2021, 3, 23)),),
    overdue=(OverdueTask(12, "กองช่าง", "รายงาน", date(2021, 3, 10), "supervisor", 1),),
    incidents=("โควตาข้อความ LINE ประจำเดือนหมดแล้ว",),
)
WORKS = UnitWeek("กองช่าง", 8, date(2021, 1, 31), 3, ("คู่มือการให้บริการ", "ผลการจัดซื้อจัดจ้าง", "ทบทวนขั้นตอน"))
TREASURY = UnitWeek("กองคลัง", 3, date(2021, 3, 15), 1, ("รายงานรอบ ๖ เดือน",))
OFFICE = UnitWeek("สำนักปลัด", 1, date(2021, 3, 23), 0, ("ประกาศ No Gift Policy",))
WEEK = ExecutiveWeek((TREASURY, OFFICE, WORKS))


def say(*items: Item, to: Addressee = OFFICER, agency: Agency = AGENCY, lang: str | None = None) -> Digest:
    return compose(speaking(to, lang), items, today=TODAY, agency=agency, reference="ITA-0001")


def tell(day: CoordinatorDay = DAY, *, lang: str | None = None, reference: str = "ITA-0001") -> Digest:
    return compose_coordinator_day(speaking(COORDINATOR, lang), day, today=TODAY, agency=AGENCY, reference=reference)


def sum_up(week: ExecutiveWeek = WEEK, *, lang: str | None = None, agency: Agency = AGENCY) -> Digest:
    return compose_week(speaking(EXECUTIVE, lang), week, today=TODAY, agency=agency, reference="ITA-0001")


def alert(*incidents: str, lang: str | None = None) -> Digest:
    to = speaking(COORDINATOR, lang)
    return compose_incidents(to, incidents, today=TODAY, agency=AGENCY, reference="ITA-0001")


def speaking(to: Addressee, lang: str | None) -> Addressee:
    return replace(to, lang=lang) if lang else to


def tasks_of(digest: Digest) -> int:
    """Return of how many things the sections speak, spelled out or counted."""
    return sum(len(section.entries) + section.hidden for section in digest.sections)


TEXTS = st.text(max_size=120) | st.sampled_from(
    [
        "เรื่อง\r\nBcc: x@example.org",
        "ก" * 200,
        "น้ำ" * 90,
        "\u2028a\x85b",
        "🎉" * 300,
        "ก" + "่" * 5000,
        "<b>&amp;</b>",
        "",
    ]
)
NAMES = TEXTS.filter(str.strip)
LANGS = st.sampled_from(["th", "en"])
_DUES = st.integers(-400, 400).map(lambda days: TODAY - timedelta(days=days))
_MAYBE = st.none() | TEXTS
ITEMS = st.builds(
    Item,
    task_id=st.integers(1, 10**6),
    rung=st.just("overdue-3"),
    audience=st.sampled_from(["owner", "supervisor", "executive", "coordinator"]),
    tone=st.sampled_from(["coming", "today", "overdue", "follow-up"]),
    follow_up=st.integers(0, 12),
    title=TEXTS,
    measure_number=_MAYBE,
    measure_title=_MAYBE,
    unit=TEXTS,
    due=_DUES,
    phrase=TEXTS,
    line=st.none() | st.integers(1, 9999),
    basis=st.sampled_from(["stated", "inferred", "policy"]),
    first_notified_on=st.none() | _DUES,
    last_follow_up_on=st.none() | _DUES,
    moved_up_because=_MAYBE,
    acting_for=_MAYBE,
)
_NUMBERS = st.integers(1, 10**6)
DAYS = st.builds(
    CoordinatorDay,
    since=st.none() | _DUES,
    sent=st.lists(st.tuples(st.sampled_from(["email", "line", "slack"]), st.integers(0, 10**6)), max_size=3).map(tuple),
    failed=st.lists(st.builds(FailedDelivery, _NUMBERS, TEXTS, TEXTS, TEXTS, _MAYBE), max_size=12).map(tuple),
    unowned=st.lists(st.builds(UnownedTask, _NUMBERS, TEXTS, TEXTS, _DUES), max_size=12).map(tuple),
    submitted=st.lists(st.builds(SubmittedTask, _NUMBERS, TEXTS, TEXTS, _DUES, _DUES), max_size=3).map(tuple),
    overdue=st.lists(
        st.builds(OverdueTask, _NUMBERS, TEXTS, TEXTS, _DUES, st.none(), st.integers(0, 12)), max_size=3
    ).map(tuple),
    incidents=st.lists(TEXTS, max_size=3).map(tuple),
    unconfirmed_years=st.lists(st.integers(2560, 2580), max_size=3).map(tuple),
)
_UNITS = st.builds(
    UnitWeek, TEXTS, st.integers(1, 10**5), _DUES, st.integers(0, 12), st.lists(TEXTS, max_size=5).map(tuple)
)
WEEKS = st.lists(_UNITS, min_size=1, max_size=35).map(lambda units: ExecutiveWeek(tuple(units)))
AGENCIES = st.builds(Agency, NAMES, _MAYBE, _MAYBE, _MAYBE)
READERS = st.builds(Addressee, TEXTS, _MAYBE)


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    """Any message, of one kind or merged of several."""
    lang, agency = draw(LANGS), draw(AGENCIES)
    to = replace(draw(READERS), lang=lang)
    frame = {"today": TODAY, "agency": agency, "reference": "ITA-0001"}
    kinds = st.one_of(
        st.lists(ITEMS, min_size=1, max_size=40).map(lambda items: compose(to, items, **frame)),
        DAYS.map(lambda day: compose_coordinator_day(to, day, **frame)),
        WEEKS.map(lambda week: compose_week(to, week, **frame)),
        st.lists(TEXTS, min_size=1, max_size=3).map(lambda told: compose_incidents(to, told, **frame)),
    )
    return merged(*draw(st.lists(kinds, min_size=1, max_size=3)))
