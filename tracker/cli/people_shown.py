"""What `tracker people ...` prints of changes to people, and what it asks."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from tracker.cli.output import print_table, remark, say, thai_day
from tracker.domain.counting import counted
from tracker.domain.masking import mask_address
from tracker.domain.people import ROLES, Role
from tracker.errors import Refused

if TYPE_CHECKING:
    from tracker.usecases.erase_person import Erased
    from tracker.usecases.import_people import LineDone, PeopleImported
    from tracker.usecases.transfer_person import Transferred

_FIELDS = {"since": "from"}
_KEPT = {
    "audit": "entries {} of the audit trail, typed or kept by an earlier version: without them the chain breaks",
    "person": "people {}, who have the same name",
}


def show_difference(done: "PeopleImported") -> None:
    """Print what each line changed, addresses masked; lines that change nothing are left out."""
    print_table(
        ["line", "what", "person", "difference"],
        [[each.line.line or "", *_in_words(each)] for each in done.lines if not each.same],
        empty="Everything is as before.",
        whole=2,
    )


def show_counts(done: "PeopleImported", *, dry_run: bool = False) -> None:
    """Print how much changed, or would change, and what a person should look at."""
    would = "would be " if dry_run else ""
    added, units = counted(done.added, "person", "people"), counted(done.units, "new unit")
    say(f"{added} {would}added, {done.changed} changed, {done.same} as before; {units}.")
    if done.tasks_opened:
        say(f"{counted(done.tasks_opened, 'task')} {would}opened for units that are members of a class now.")
    if done.given_back:
        ids = " ".join(map(str, done.given_back))
        remark(
            f"Tasks {ids} named who leaves the unit; its officers are told, or: tracker task assign {ids} --to PERSON"
        )
    for each in done.lines:
        for _, before, after in (one for one in each.changed if one[0] == "name"):
            remark(
                f"“{before}” is called “{after}” now, by the same e-mail address: if it is somebody else, write theirs."
            )
    for names in done.one_line_id:
        who = " and ".join(names)
        remark(f"! {who} have one LINE id, which reaches one of them: tracker people link NAME --line ID")
    for doubt in done.doubts:
        remark(f"{f'line {doubt.line}: ' if doubt.line else ''}{doubt}.")


def difference(name: str, before: Any, after: Any) -> str:
    """Return a field with what it was and what it is."""
    return f"{_FIELDS.get(name, name)} {_value(before)} → {_value(after)}"


def moved(done: "Transferred") -> Iterator[str]:
    """Yield in sentences what a transfer changed."""
    day = thai_day(done.since)
    ended = f"{', '.join(done.ended)} of {done.left} until {day}"
    yield f"{done.name} ({done.id}): {ended}, {done.role} of {done.unit} from then on."
    if done.given_back:
        ids = " ".join(map(str, done.given_back))
        yield (
            f"Tasks {ids} of {done.left} do not move along: its officers are told of them. To name somebody: "
            f"tracker task assign {ids} --to PERSON"
        )
    if done.kept:
        yield f"Tasks {' '.join(map(str, done.kept))} of other units go on to name {done.name}."
    if done.let_go:
        yield f"{counted(done.let_go, 'post')} named {done.name} as supervisor: whoever heads the unit is told instead."
    if done.tasks_opened:
        yield f"{counted(done.tasks_opened, 'task')} opened for units that are members of a class now."


def remains(done: "Erased") -> Iterator[str]:
    """Yield in sentences where the name of somebody who was erased still stands, and why."""
    for table, keys in done.remains.items():
        kept = _KEPT.get(table, f"the agency's own words in {table} {{}}: change it there if it is to go too")
        yield f"The name still stands in {kept.format(', '.join(map(str, keys)))}."
    if not done.compacted:
        yield f"The database was in use, its file may hold old pages: stop the service and erase {done.id} once more."
    yield (
        "Backups (also before-restore-….zip in the home), mailboxes and files of evidence are not the program's to "
        "change: see to them."
    )


def role_given(role: str | None) -> Role | None:
    """Return the role that an option names; raises Refused when there is none such."""
    found: Iterable[Role] = (each for each in ROLES if each == role)
    if role is None:
        return None
    for each in found:
        return each
    raise Refused(f"--role “{role}” is unknown: write one of {', '.join(ROLES)}.")


def confirmed(question: str) -> None:
    """Ask at a terminal and end the program unless the answer is yes; where nobody can answer, refuse."""
    if not sys.stdin.isatty():
        raise Refused("Nobody is there to confirm it: add --yes.")
    typer.confirm(question, abort=True)


def _in_words(done: "LineDone") -> tuple[str, str, str]:
    line = done.line
    post = f"{line.role}, {line.unit}"
    told = [difference(*each) for each in done.changed]
    if done.added:
        reach = " ".join(mask_address(each) for each in (line.email, line.line_id) if each)
        return "added", line.name, "\n".join(filter(None, (post, reach)))
    return (
        "changed",
        f"{line.name} ({done.person_id})",
        "\n".join([*([f"new post: {post}"] if done.new_post else []), *told]),
    )


def _value(value: Any) -> str:
    if value is None or value == []:
        return "(none)"
    if isinstance(value, date):
        return thai_day(value)
    return mask_address(", ".join(value) if isinstance(value, list) else str(value))
