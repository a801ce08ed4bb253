"""What a shell offers at TAB for a value: numbers, names and states of this home; nothing where there is no home."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tracker.usecases.services import Services

_MOST = 200
"""Nobody reads on among more, and the ledger of messages has no end."""

Offer = tuple[str, str]
"""What would be typed, and what the shell shows beside it."""


def tasks(incomplete: str) -> list[Offer]:
    """Offer every task, with its unit and title."""
    return _offered(lambda services: _tasks(services, "open", "submitted", "done", "waived"), incomplete)


def open_tasks(incomplete: str) -> list[Offer]:
    """Offer the tasks that somebody may act on."""
    return _offered(lambda services: _tasks(services, "open", "submitted"), incomplete)


def ended_tasks(incomplete: str) -> list[Offer]:
    """Offer the tasks that can be reopened."""
    return _offered(lambda services: _tasks(services, "submitted", "done", "waived"), incomplete)


def plans(incomplete: str) -> list[Offer]:
    """Offer the plans that were imported."""
    return _offered(_plans, incomplete)


def messages(incomplete: str) -> list[Offer]:
    """Offer the newest messages."""
    return _offered(lambda services: _messages(services, None), incomplete)


def dead_messages(incomplete: str) -> list[Offer]:
    """Offer the newest of the messages that were given up."""
    return _offered(lambda services: _messages(services, "dead"), incomplete)


def people(incomplete: str) -> list[Offer]:
    """Offer people by name."""
    return _offered(_people, incomplete)


def units(incomplete: str) -> list[Offer]:
    """Offer units by name."""
    return _offered(_units, incomplete)


def task_states(incomplete: str) -> list[Offer]:
    """Offer what `task list --status` takes."""
    from tracker.usecases.list_tasks import FILTERS

    return [(state, "") for state in FILTERS if state.startswith(incomplete)]


def message_states(incomplete: str) -> list[Offer]:
    """Offer what `message list --status` takes."""
    from tracker.usecases.list_messages import STATES

    return [(state, "") for state in STATES if state.startswith(incomplete)]


def _offered(ask: Callable[["Services"], Iterator[Offer]], incomplete: str) -> list[Offer]:
    """Return what begins as was typed; a home that is missing or does not answer has nothing to offer."""
    from tracker.cli.session import opened

    with suppress(TrackerError), opened() as services:
        return [(_typed(value), told) for value, told in ask(services) if value.startswith(incomplete)]
    return []


def _typed(value: str) -> str:
    """Return a value as a shell takes it for one word."""
    return value.replace(" ", "\\ ")


def _tasks(services: "Services", *states: str) -> Iterator[Offer]:
    from tracker.usecases.list_tasks import list_tasks

    views = list_tasks(services, now=services.clock.now())
    return ((str(v.row.id), f"{v.unit}: {v.row.title}") for v in views if v.row.status in states)


def _plans(services: "Services") -> Iterator[Offer]:
    from tracker.usecases.list_plans import list_plans

    return ((str(row.id), f"{row.agency} {row.fiscal_year}") for row in list_plans(services))


def _messages(services: "Services", status: str | None) -> Iterator[Offer]:
    from tracker.usecases.list_messages import list_messages

    views = list_messages(services, status=status, newest=_MOST)
    return ((str(view.row.id), f"{view.recipient}, {view.row.status}") for view in views)


def _people(services: "Services") -> Iterator[Offer]:
    from tracker.usecases.list_people import list_people

    return ((view.name, str(view.id)) for view in list_people(services))


def _units(services: "Services") -> Iterator[Offer]:
    from tracker.usecases.arrange import list_units

    return ((view.name, "") for view in list_units(services))
