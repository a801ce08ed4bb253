"""Proves that all is well and then pings the heartbeat; otherwise tells the administrator."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.delivery.broker import Broker
from tracker.domain.alarm import Alarm, Memory, alarm
from tracker.domain.watch import Finding, findings
from tracker.domain.watch_words import letter, subject
from tracker.errors import Unavailable
from tracker.store import watch_memory
from tracker.usecases.gather_facts import gather
from tracker.usecases.services import Services

if TYPE_CHECKING:
    from tracker.delivery.administrator import Administrator


@dataclass(frozen=True, slots=True)
class Watched:
    """What one look found, which of it is `new`, and whether trouble that was seen before is `over`.

    `no_ping` and `not_told` say why the heartbeat, or the administrator, could not be reached; None when they could
    or need not be.
    """

    findings: tuple[Finding, ...]
    new: tuple[Finding, ...] = ()
    over: bool = False
    no_ping: str | None = None
    not_told: str | None = None

    @property
    def unheard(self) -> tuple[str, ...]:
        """Return a sentence for each of heartbeat and administrator that could not be reached."""
        said = (
            self.no_ping and f"The heartbeat was not taken: {self.no_ping}. See TRACKER_HEARTBEAT_URL.",
            self.not_told and f"The administrator could not be told ({self.not_told}): see TRACKER_ADMIN_URL.",
        )
        return tuple(each for each in said if each)


def watch(services: Services, broker: Broker | None) -> Watched:
    """Look at everything once; safe to run from many places at once.

    The heartbeat is pinged only when nothing was found. The administrator is told once when trouble begins, once a day
    while it lasts, and once when it is over; whoever looks first tells. Without a broker (None) its queues are not
    looked at. Raises Misconfigured when TRACKER_ADMIN_URL cannot be used.
    """
    administrator = open_administrator(services)
    found = findings(gather(services, broker))
    before, decided = _decide(services, found)
    no_ping = None if found else _ping(services)
    not_told = _tell(services, administrator, before, decided, found) if administrator else None
    new = tuple(finding for finding in found if finding.key in decided.new)
    return Watched(found, new, bool(before.seen) and not found, no_ping, not_told)


def open_administrator(services: Services) -> "Administrator | None":
    """Return the administrator's channel, None when none is set; raises Misconfigured when it cannot be used."""
    url = services.settings.admin_url
    if not url:
        return None
    from tracker.delivery.administrator import Administrator

    return Administrator(url)


def _decide(services: Services, found: Sequence[Finding]) -> tuple[Memory, Alarm]:
    """Return what was remembered and what follows, which is remembered at once: two watches must not both tell."""
    now, keys = services.clock.now(), [finding.key for finding in found]
    home = services.settings.home
    filed = watch_memory.recall_from_file(home)
    if not _unusable(found):
        try:
            with services.store.writing() as session:
                before = watch_memory.recall(session).joined(filed)
                decided = alarm(before, keys, now)
                watch_memory.remember(session, decided.memory)
            watch_memory.forget_file(home)
        except Unavailable:
            pass
        else:
            return before, decided
    decided = alarm(filed, keys, now)
    try:
        watch_memory.remember_in_file(home, decided.memory)
    except OSError:  # what cannot be remembered would be told again each minute
        decided = replace(decided, word=None)
    return filed, decided


def _unusable(found: Sequence[Finding]) -> bool:
    return any(finding.code in ("database", "schema") for finding in found)


def _ping(services: Services) -> str | None:
    from tracker.delivery.heartbeat import ping

    url = services.settings.heartbeat_url
    return ping(url) if url else None


def _tell(
    services: Services, administrator: "Administrator", before: Memory, decided: Alarm, found: Sequence[Finding]
) -> str | None:
    """Tell the administrator what is to be told; what did not get out is tried again at the next look."""
    word, agency = decided.word, services.settings.agency
    if not word:
        return None
    fault = administrator.tell(subject(word, agency), letter(word, found, agency))
    if fault:
        _untell(services, Memory(decided.memory.seen, before.told_at), found)
    return fault


def _untell(services: Services, memory: Memory, found: Sequence[Finding]) -> None:
    try:
        if _unusable(found):
            watch_memory.remember_in_file(services.settings.home, memory)
            return
        with services.store.writing() as session:
            watch_memory.recall(session)  # which lets no other watch come between
            watch_memory.remember(session, memory)
    except (Unavailable, OSError):
        return  # then it is told in a day
