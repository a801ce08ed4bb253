"""Stores a people file: units, their classes, people and posts; and opens the tasks of new class members."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.near_names import near
from tracker.domain.thai.numerals import squeeze
from tracker.errors import Refused
from tracker.intake.limits import Progress, quiet
from tracker.intake.people_file import PersonLine
from tracker.store import audit, people
from tracker.store.tables import PersonRow, PostRow
from tracker.usecases.give_back_tasks import give_back_tasks
from tracker.usecases.open_tasks import open_for_all_plans
from tracker.usecases.people_register import Difference, Register, Somebody
from tracker.usecases.services import Services

_EVERY = 200


@dataclass(frozen=True, slots=True)
class Doubt:
    """A unit's name that is not known but close to another, which is one of the file's own when `line` names it."""

    name: str
    line: int
    other: str
    other_line: int | None

    def __str__(self) -> str:
        """Return it in a sentence, with what to do."""
        if self.other_line is None:
            return (
                f"“{self.name}” is no unit yet, but close to “{self.other}”: if it is that one, say "
                f'`tracker unit alias "{self.name}" "{self.other}"` and repeat; if it is another, '
                "repeat with --new-units"
            )
        return (
            f"“{self.name}” and “{self.other}” (line {self.other_line}) may be one unit: write one name on both lines, "
            "or repeat with --new-units if they are two"
        )


@dataclass(slots=True)
class LineDone:
    """What a line changed: of a person or a post that is new nothing is listed. `person_id` is 0 until it is stored."""

    line: PersonLine
    unit_id: int
    added: bool
    new_post: bool
    changed: list[Difference] = field(default_factory=list)
    person_id: int = 0

    @property
    def same(self) -> bool:
        """Say whether everything was so before."""
        return not (self.added or self.new_post or self.changed)


@dataclass(slots=True)
class PeopleImported:
    """What an import of people changed, or would change; `given_back` are tasks that named somebody who moves.

    `one_line_id` names those who have a LINE id of the file in common.
    """

    lines: list[LineDone] = field(default_factory=list)
    new_units: list[str] = field(default_factory=list)
    tasks_opened: int = 0
    given_back: list[int] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    one_line_id: list[list[str]] = field(default_factory=list)

    @property
    def added(self) -> int:
        """How many people are new."""
        return sum(each.added for each in self.lines)

    @property
    def changed(self) -> int:
        """How many lines say of somebody known what was not so before."""
        return sum(not each.added and not each.same for each in self.lines)

    @property
    def same(self) -> int:
        """How many lines change nothing."""
        return sum(each.same for each in self.lines)

    @property
    def units(self) -> int:
        """How many units are new."""
        return len(self.new_units)


class _DryRun(Exception):  # not an error: it rolls the rehearsal back
    pass


def import_people(
    services: Services,
    lines: Sequence[PersonLine],
    *,
    file: str,
    actor: str,
    dry_run: bool = False,
    new_units: bool = False,
    progress: Progress = quiet,
) -> PeopleImported:
    """Store people and their posts; the same file twice changes nothing, and a dry run stores nothing.

    Somebody is the same person when the name is the same and the e-mail address or the unit is too, or when the
    address alone is and it is nobody else's. Raises Refused, and stores nothing, when a supervisor is nobody or more
    than one, or when a unit's name is close to another and `new_units` does not say that it is one of its own.
    """
    now = services.clock.now()
    result = PeopleImported()
    try:
        with services.store.writing() as session:
            audit.hold(session)
            take_in(session, lines, result, file=file, new_units=new_units or dry_run, progress=progress)
            result.tasks_opened = open_for_all_plans(session, services.settings, now)
            give_back_ended(session, result, actor=actor, now=now)
            _keep(session, result, file, now, actor)
            if new_units:
                result.doubts.clear()
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return result


def take_in(
    session: Session,
    lines: Sequence[PersonLine],
    result: PeopleImported,
    *,
    file: str = "",
    new_units: bool = False,
    progress: Progress = quiet,
) -> None:
    """Store lines in the caller's transaction and tell `result` what they changed; `file` is named in a refusal."""
    register = Register(session, lines)
    result.doubts.extend(_doubts(register, lines))
    if result.doubts and not new_units:
        raise Refused(_where(file, result.doubts[0].line) + "; ".join(map(str, result.doubts)) + ".")
    result.new_units.extend(register.open_units(line.unit for line in lines))
    taken: list[tuple[Somebody, PostRow, LineDone]] = []
    for n, line in enumerate(lines, start=1):
        taken.append(_take(register, line))
        if n % _EVERY == 0:
            progress(n, 2 * len(lines))
    register.store_people()
    for n, (somebody, post, done) in enumerate(taken, start=1):  # only now: a supervisor may stand on a later line
        done.person_id = somebody.row.id or 0
        _supervise(register, post, done, file)
        result.lines.append(done)
        if n % _EVERY == 0:
            progress(len(lines) + n, 2 * len(lines))
    register.store_posts()
    session.flush()
    result.one_line_id.extend(register.sharing({line.line_id for line in lines if line.line_id}))


def give_back_ended(session: Session, result: PeopleImported, *, actor: str, now: datetime) -> None:
    """Give back the tasks of the units in which a line ends somebody's last post, when they go on in another."""
    ended = {
        (each.person_id, each.unit_id): None
        for each in result.lines
        if any(name == "until" and day for name, _, day in each.changed)
    }
    for person_id, unit_id in ended:
        going_on = {post.unit_id for post in people.posts_of(session, person_id) if post.until is None}
        if going_on and unit_id not in going_on:
            given_back = give_back_tasks(session, person_id, unit_id, actor=actor, now=now)
            result.given_back.extend(task.id or 0 for task in given_back)


def _doubts(register: Register, lines: Sequence[PersonLine]) -> Iterator[Doubt]:
    """Yield the names of units that are new and resemble another; no guess is made."""
    named = {line.unit: line for line in reversed(lines) if register.unit(line.unit) is None}
    known, new = register.unit_names(), dict[str, PersonLine]()
    for line in {squeeze(name): line for name, line in reversed(named.items())}.values():
        if other := near(line.unit, known):
            yield Doubt(line.unit, line.line, other, None)
        elif other := near(line.unit, new):
            yield Doubt(line.unit, line.line, other, new[other].line)
        new[line.unit] = line


def _take(register: Register, line: PersonLine) -> tuple[Somebody, PostRow, LineDone]:
    """Let a line say what it says of a person and a post."""
    unit = register.unit(line.unit)
    assert unit is not None  # noqa: S101 - units were made before
    assert unit.id is not None  # noqa: S101 - and flushed
    if line.unit_group:
        register.join_group(line.unit_group, unit.id)
    found = register.same_person(line, unit.id)
    somebody = found or register.add(line.name)
    done = LineDone(line, unit.id, found is None, (unit.id, line.role) not in somebody.posts)
    differences = _set(somebody.row, **_told(line, further=somebody.named))
    register.changed(somebody, differences)
    somebody.named = True
    if done.new_post:
        somebody.posts[unit.id, line.role] = PostRow(person_id=0, unit_id=unit.id, role=line.role)
    post = somebody.posts[unit.id, line.role]
    of_post = _set(post, **_of_post(line))
    if found:
        done.changed += [*differences, *(of_post if not done.new_post else ())]
    return somebody, post, done


def _told(line: PersonLine, *, further: bool) -> dict[str, Any]:
    """Return what a line says of the person; blanks on a further line of one file leave what an earlier one said."""
    told = {"email": line.email, "line": line.line_id, "channels": list(line.channels), "lang": line.lang}
    told = {name: value for name, value in told.items() if name in line.says and (value or not further)}
    if "lang" in told:
        told["lang"] = told["lang"] or "th"
    return {"name": line.name, "key": squeeze(line.name), **told}


def _of_post(line: PersonLine) -> dict[str, Any]:
    told = {"position": ("position", line.position), "from": ("since", line.since), "until": ("until", line.until)}
    return dict(value for name, value in told.items() if name in line.says)


def _set(row: PersonRow | PostRow, **values: Any) -> list[Difference]:
    """Set columns, and return those that were different before."""
    different = [(name, getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value]
    for name, _, value in different:
        setattr(row, name, value)
    return [each for each in different if each[0] != "key"]


def _supervise(register: Register, post: PostRow, done: LineDone, file: str) -> None:
    line = done.line
    if "supervisor" not in line.says:
        return
    where = _where(file, line.line)
    before, after = post.supervisor_id, register.supervisor(line.supervisor, where) if line.supervisor else None
    if before != after:
        post.supervisor_id = after
        if not (done.added or done.new_post):
            done.changed.append(("supervisor", register.name_of(before), line.supervisor))


def _where(file: str, line: int) -> str:
    return f"{file} line {line}: " if line else ""


def _keep(session: Session, result: PeopleImported, file: str, now: datetime, actor: str) -> None:
    counts = {"added": result.added, "changed": result.changed, "tasks": result.tasks_opened}
    audit.append(session, at=now, actor=actor, action="people import", detail={"file": file, **counts})
