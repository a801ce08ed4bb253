"""What `tracker doctor` examines an installation with, and what it says of each part."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tracker.delivery.broker import Broker
from tracker.delivery.channel import Channel
from tracker.delivery.mailbox import Mailbox
from tracker.delivery.redaction import without_secrets
from tracker.domain.watch import Code, Facts, findings
from tracker.domain.watch_words import on_screen
from tracker.settings import Settings
from tracker.usecases.services import Services

State = Literal["ok", "remark", "broken"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of one part: `said` is what was seen, `mend` what to do about it (empty when nothing)."""

    state: State
    said: str
    mend: str = ""
    part: str = ""

    def to_json(self) -> dict[str, str | None]:
        """Return the proof as JSON values."""
        return {"part": self.part, "state": self.state, "said": self.said, "mend": self.mend or None}


def proved(said: str) -> Proof:
    """Return that a part works."""
    return Proof("ok", said)


def remark(said: str, mend: str) -> Proof:
    """Return that a part is off, or not as it should be, while the service does its work without it."""
    return Proof("remark", said, mend)


def broken(said: str, mend: str = "") -> Proof:
    """Return that a part does not work."""
    return Proof("broken", said, mend)


@dataclass(frozen=True, slots=True)
class Tools:
    """What lies above the use cases: how settings, services and channels are made, and what knows the workers.

    `broker_of` gives the broker of a home with the queues that somebody must serve, None when none is set and no
    private one runs; `ask_workers` the queues of each worker that answers.
    """

    load: Callable[[], Settings]
    build: Callable[[Settings], Services]
    open_channel: Callable[[Settings, str], Channel]
    open_bounces: Callable[[Settings], Mailbox | None]
    broker_of: Callable[[Settings], Broker | None]
    ask_workers: Callable[[str, Collection[str]], Mapping[str, Collection[str]]]


@dataclass(slots=True)
class Bench:
    """An installation that is being examined: what one look has found, the next ones use."""

    tools: Tools
    settings: Settings
    services: Services
    facts: Facts
    send_to: str | None = None
    broker: Broker | None = None
    served: Mapping[str, Collection[str]] = field(default_factory=dict)

    def found(self, *codes: Code) -> Proof | None:
        """Return the first of some findings of the watch as what is broken, None when there is none of them."""
        for finding in findings(self.facts):
            if finding.code in codes:
                said = on_screen(finding)
                return broken(said.what, said.mend)
        return None


Look = Callable[[Bench], Proof | None]
"""Looks at one part; None when the installation does without it."""


def told(part: str, proof: Proof) -> Proof:
    """Return a proof under the name of its part, with nothing secret in it."""
    return Proof(proof.state, without_secrets(proof.said), without_secrets(proof.mend), part)
