"""`tracker doctor`: proves each part of an installation with a real exchange, one after the other."""

from collections.abc import Callable, Iterator, Mapping
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from tracker.domain.watch import Facts
from tracker.errors import TrackerError, Unavailable
from tracker.usecases import examine_agency as agency
from tracker.usecases import examine_channels as channels
from tracker.usecases import examine_machine as machine
from tracker.usecases import examine_service as service
from tracker.usecases.bench import Bench, Look, Proof, Tools, broken, told
from tracker.usecases.send_trial import channel_of

T = TypeVar("T")

WITHIN = 60.0
"""Seconds that one part may take. Each exchange has a shorter limit of its own, but name servers keep to none."""

PARTS: Mapping[str, Look] = {
    "home": machine.home,
    "database": machine.database,
    "migrations": machine.migrations,
    "writing": machine.writing,
    "disk": machine.disk,
    "clock": machine.clock,
    "evidence": machine.evidence,
    "Redis": service.redis,
    "worker": service.worker,
    "queues": service.queues,
    "sweep": service.sweep,
    "e-mail": channels.email,
    "LINE": channels.line,
    "other channels": channels.others,
    "returned mail": channels.bounces,
    "days off": agency.days_off,
    "units": agency.units,
    "coordinator": agency.coordinator,
    "watch": service.watch,
    "test message": channels.message,
}
"""In the order in which they rest on each other."""


def examine(tools: Tools, send_to: str | None = None, *, within: float = WITHIN) -> Iterator[Proof]:
    """Yield the proof of each part as soon as it is seen; the first that is broken is the last.

    With an address one trial message goes there at the end. Raises Refused, before anything is looked at, when that
    is no address or its channel is off.
    """
    try:
        settings = tools.load()
        services = tools.build(settings)
    except TrackerError as fault:
        yield told("home", broken(str(fault)))
        return
    try:
        if send_to is not None:
            channel_of(send_to, settings.channel_names)
        bench = Bench(tools, settings, services, Facts(services.clock.now()), send_to)
        for part, look in PARTS.items():
            found = _look(look, bench, within)
            if found is None:
                continue
            yield told(part, found)
            if found.state == "broken":
                return
    finally:
        services.close()


def _look(look: Look, bench: Bench, within: float) -> Proof | None:
    try:
        return _bounded(lambda: look(bench), within)
    except TrackerError as fault:
        return broken(str(fault))


def _bounded(work: Callable[[], T], within: float) -> T:
    """Return what the work returns, or raise what it raises; Unavailable when it takes too long.

    What took too long goes on in a thread that ends with the program.
    """
    answers: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            answers.put((work(), None))
        except BaseException as fault:  # noqa: BLE001 (raised below, in the thread that asked)
            answers.put((None, fault))

    Thread(target=run, daemon=True).start()
    try:
        result, fault = answers.get(timeout=within)
    except Empty:
        raise Unavailable(f"There was no answer in {within:.0f} s: see that it runs and can be reached.") from None
    if fault is not None:
        raise fault
    answer: Any = result
    return answer  # type: ignore[no-any-return]
