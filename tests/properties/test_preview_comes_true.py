"""What is foretold for a span is exactly what then leaves, whatever the agency, its leaves, days off and acts."""

import dataclasses
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schedules.calendars import bangkok_day
from tests.builders import World, measure, obligation, person, plan
from tests.fakes import bangkok
from tests.properties.studio import Studio, whole_life
from tracker.domain.people import ROLES
from tracker.domain.plans import Plan
from tracker.errors import Refused
from tracker.intake.people_file import PersonLine
from tracker.store import notices
from tracker.store.tables import MessageRow, PersonRow, TaskRow
from tracker.usecases.arrange import set_day_off
from tracker.usecases.import_plan import import_plan
from tracker.usecases.preview import preview
from tracker.usecases.take_leave import add_leave

FIRST = date(2022, 10, 3)
SPAN = timedelta(days=12)
UNITS = ("กองคลัง", "กองช่าง", "สำนักปลัด")
NAMES = tuple(f"บุคคลที่ {letter}" for letter in "กขคงจฉชซ")

Left = tuple[datetime, str, str, str, tuple[tuple[int, str, str], ...]]
days = st.dates(FIRST - timedelta(days=60), FIRST + SPAN)


@st.composite
def staffs(draw: st.DrawFn) -> list[PersonLine]:
    """Some people in some posts, with or without an address, a superior, a beginning and an end."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=6, unique=True))
    return [draw(posts(name, names)) for name in names]


@st.composite
def posts(draw: st.DrawFn, name: str, names: list[str]) -> PersonLine:
    since = draw(st.none() | days)
    until = draw(st.none() | days)
    return person(
        name,
        draw(st.sampled_from(UNITS)),
        draw(st.sampled_from(ROLES)),
        email=draw(st.sampled_from([f"p{NAMES.index(name)}@example.org"] * 3 + [None])),
        supervisor=draw(st.none() | st.sampled_from(names)),
        unit_group=draw(st.sampled_from([None, "ทุกกอง"])),
        since=since,
        until=until if since is None or until is None or since < until else None,
        lang=draw(st.sampled_from(["th", "th", "en"])),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    dues = draw(st.lists(days, min_size=1, max_size=4, unique=True))
    owners = draw(st.lists(st.sampled_from([*UNITS, "ทุกกอง"]), min_size=1, max_size=2, unique=True))
    demands = tuple(obligation(due, phrase=f"จัดทำแผนที่ {n} ให้แล้วเสร็จ") for n, due in enumerate(dues, start=1))
    return plan(measure(1, *owners), obligations=demands)


acts = st.tuples(st.sampled_from(["done", "submit", "waive", "ack", "extend", "assign"]), st.integers(0, 9), days)
starts = st.sampled_from([-20, -3, 0, 0, 0, 1, 4, 9]).map(lambda n: FIRST + timedelta(days=n))
leaves = st.tuples(st.integers(0, 9), st.integers(1, 5), starts, st.integers(1, 30))
clocks = st.sampled_from(["2022-10-03 08:30", "2022-10-03 11:07", "2022-10-03 20:00", "2022-10-08 10:00"])


def arrange(
    world: World,
    staff: list[PersonLine],
    wanted: Plan,
    away: list[tuple[int, int, date, int]],
    off: list[date],
    done: list[tuple[str, int, date]],
    *,
    checked: bool,
) -> None:
    """Set the agency up; whatever the product refuses is left out."""
    attempt(lambda: world.people(staff))
    import_plan(world.services, wanted, actor="test")
    for day in off:
        set_day_off(world.services, day, "วันหยุดพิเศษ", off=True, actor="test")
    names = [person.name for person in staff]
    absences = [(names[n % len(names)], names[(n + further) % len(names)], *span) for n, further, *span in away]
    if checked:  # then messages wait, some of them to people who go on leave or own the task no more
        world.sweep()
        world.clock.advance(seconds=1)  # no two checks are at one instant
    take_leaves(world, absences)
    for act, number, day in done:
        attempt(lambda: do(world, act, number, day))  # noqa: B023


def take_leaves(world: World, absences: list[tuple[str, str, date, int]]) -> None:
    for name, substitute, since, length in absences:
        until = since + timedelta(days=length)
        attempt(lambda: add_leave(world.services, name, substitute, since=since, until=until, actor="test"))  # noqa: B023


def do(world: World, act: str, number: int, day: date) -> None:
    ids = [row.id or 0 for row in world.rows(TaskRow)]
    people = [row.id for row in world.rows(PersonRow)]
    said = {"day": day, "reason": "ทดสอบ", "owner_id": people[number % len(people)] if people else None}
    world.act(act, ids[number % len(ids)], **said)  # type: ignore[arg-type]


def attempt(doing: Callable[[], object]) -> None:
    with suppress(Refused):
        doing()


def lived(world: World, end: date) -> list[Left]:
    """Live through the span, with a check and a delivery at each opening and now and then again; return what left."""
    for _ in range(2):  # the next minute's check passes on what could not be said to its reader
        check(world)
    day = bangkok_day(world.clock.now())
    while day <= end:
        for hour in ("08:30", "13:00") if day.weekday() == 2 else ("08:30",):
            if bangkok(moment := f"{day} {hour}") > world.clock.now():
                check(world, moment)
        day += timedelta(days=1)
    names = {row.id: row.name for row in world.rows(PersonRow)}
    return [left(world, row, names[row.person_id]) for row in world.rows(MessageRow) if row.status == "sent"]


def check(world: World, at: str | None = None) -> None:
    """Check, and send when the check says that there is something to send: as the workers do."""
    if world.sweep(at).queued:
        world.deliver()


def left(world: World, row: MessageRow, name: str) -> Left:
    with world.store.reading() as session:
        carried = [each for each in notices.notices_of(session, row.id or 0) if each.withdrawn_at is None]
    said = tuple(sorted((each.task_id, each.rung, each.audience) for each in carried))
    assert row.sent_at is not None
    return row.sent_at, name, row.channel, world.wording(row).subject, said


def by_day(messages: list[Left]) -> list[tuple[date, str, str, str, tuple[tuple[int, str, str], ...]]]:
    return sorted((bangkok_day(at), *rest) for at, *rest in messages)


@whole_life
@given(
    at=clocks,
    staff=staffs(),
    wanted=plans(),
    away=st.lists(leaves, max_size=3),
    off=st.lists(st.dates(FIRST, FIRST + SPAN), max_size=3, unique=True),
    done=st.lists(acts, max_size=4),
    checked=st.sampled_from([True, True, False]),
)
def test_what_is_foretold_is_what_leaves(
    studio: Studio,
    at: str,
    staff: list[PersonLine],
    wanted: Plan,
    away: list[tuple[int, int, date, int]],
    off: list[date],
    done: list[tuple[str, int, date]],
    checked: bool,
) -> None:
    world = studio.world(at)
    arrange(world, staff, wanted, away, off, done, checked=checked)
    assert_it_comes_true(world)


def assert_it_comes_true(world: World) -> None:
    start, end = bangkok_day(world.clock.now()), FIRST + SPAN
    found = preview(world.services, now=world.clock.now(), start=start, end=end)
    foretold = [dataclasses.astuple(each) for each in found.messages]
    foretold = [(*rest, tuple(sorted(said))) for *rest, said in foretold]
    assert by_day(lived(world, end)) == by_day(foretold)  # type: ignore[arg-type]


def test_what_a_coordinator_who_goes_on_leave_was_to_hear_is_foretold_to_the_substitute(studio: Studio) -> None:
    world = studio.world("2022-10-03 08:30")
    posts = {"บุคคลที่ ก": "coordinator", "บุคคลที่ ข": "officer", "บุคคลที่ ค": "executive"}
    world.people(
        [person(name, UNITS[0], role, email=f"p{n}@example.org") for n, (name, role) in enumerate(posts.items())]
    )
    world.imports(date(2022, 8, 4), owner=UNITS[0])
    world.sweep()  # nobody is the supervisor, which the coordinator is told
    take_leaves(world, [("บุคคลที่ ก", "บุคคลที่ ข", FIRST, 9)])
    assert_it_comes_true(world)


def test_what_one_of_two_coordinators_was_to_hear_is_told_once_by_the_other(studio: Studio) -> None:
    world = studio.world("2022-10-03 08:30")
    posts = {"บุคคลที่ ก": "coordinator", "บุคคลที่ ข": "officer", "บุคคลที่ ค": "executive", "บุคคลที่ ง": "coordinator"}
    world.people(
        [person(name, UNITS[0], role, email=f"p{n}@example.org") for n, (name, role) in enumerate(posts.items())]
    )
    world.imports(date(2022, 8, 4), owner=UNITS[0])
    world.sweep()  # nobody is the supervisor, which both coordinators are to be told
    take_leaves(world, [("บุคคลที่ ก", "บุคคลที่ ข", FIRST, 1)])
    assert_it_comes_true(world)
    heard = [mail for mail in world.mail.accepted if world.incidents()[0] in mail.text]
    assert [mail.address for mail in heard if bangkok_day(mail.date) == FIRST] == ["p3@example.org"]


def test_who_takes_over_from_two_at_once_is_told_once(studio: Studio) -> None:
    world = studio.world("2022-10-03 08:30")
    posts = {"บุคคลที่ ก": UNITS[0], "บุคคลที่ ข": UNITS[1], "บุคคลที่ ค": UNITS[1]}
    world.people(
        [person(name, unit, "officer", email=f"{n}@example.org") for n, (name, unit) in enumerate(posts.items())]
    )
    world.imports(date(2022, 8, 4), owner=UNITS[1])
    world.sweep()  # both officers of the unit are to be told
    heir = next(row.id for row in world.rows(PersonRow) if row.name == "บุคคลที่ ก")
    world.act("assign", 1, owner_id=heir, reason="มอบหมาย")
    world.clock.advance(seconds=1)
    assert_it_comes_true(world)
