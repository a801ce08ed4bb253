"""What `tracker doctor` looks at of the agency: its days off, its units, its coordinator."""

from schedules.calendars import ERA, bangkok_day
from tracker.domain.counting import counted
from tracker.store import holidays, people, tasks
from tracker.usecases.bench import Bench, Proof, broken, proved, remark
from tracker.usecases.nobody_home import ANY_CHANNEL, nobody_home

_NAMED = 5


def days_off(bench: Bench) -> Proof:
    """See that somebody has confirmed the days off of every year in which something is due."""
    with bench.services.store.reading() as session:
        years = tasks.years_of_open(session)
        unconfirmed = holidays.unconfirmed(session, years)
    if not unconfirmed:
        return proved("confirmed for every year in which a task is due" if years else "no task is due yet")
    named = ", ".join(str(year + ERA) for year in unconfirmed)
    first = unconfirmed[0] + ERA
    return remark(
        f"Nobody has confirmed the days off of {named}; the suggested ones count.",
        f"Say: tracker holiday list {first}, then tracker holiday confirm {first}",
    )


def units(bench: Bench) -> Proof:
    """See that each unit with open tasks has somebody who can be told."""
    with bench.services.store.reading() as session:
        directory = people.directory(session, bangkok_day(bench.facts.now))
        alone = nobody_home(session, directory, bench.settings.channel_names)
        count = len({unit for unit, _, _ in tasks.open_by_owner(session)})
    if not alone:
        return proved(f"somebody can be told in each unit with open tasks ({count})" if count else "no open task")
    named = ", ".join(each.unit for each in alone[:_NAMED]) + (" …" if len(alone) > _NAMED else "")
    return remark(
        f"Nobody can be told in {len(alone)} of {counted(count, 'unit')} with open tasks: {named}.",
        f"Their reminders go to the next one up. Say: {alone[0].mend}",
    )


def coordinator(bench: Bench) -> Proof:
    """See that a coordinator can be told of what fails; broken once tasks are open, for then something can fail."""
    usable = frozenset(bench.settings.channel_names) or ANY_CHANNEL
    with bench.services.store.reading() as session:
        found = people.directory(session, bangkok_day(bench.facts.now)).coordinators()
        has_work = bool(tasks.open_by_owner(session))
    if any(person.routes(usable) for person in found):
        return proved(f"{len(found)} can be told of what fails" if len(found) > 1 else "can be told of what fails")
    said = "No coordinator can be told, so nobody learns of what fails."
    if found:
        mend = "Give the coordinator an address on a channel that is on: tracker people import people.csv"
    else:
        mend = "Add a line with the role coordinator: tracker people import people.csv"
    return broken(said, mend) if has_work else remark(said, mend)
