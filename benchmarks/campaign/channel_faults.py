"""Mail relays and LINE at their worst: each fault falls on a few readers, at their first message, all in one run."""

import dataclasses
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.campaign.agency import COORDINATOR, Reader, fill, readers
from benchmarks.campaign.campaign import no_tracebacks, trail_is_whole
from benchmarks.campaign.service import Service, Shape, installation, until
from benchmarks.campaign.verdict import Claim, line_never_doubled, mails_keep_their_id

EACH = 3
"""Readers for each fault."""
PATIENCE = 420.0
"""Seconds: a relay that says nothing is waited for 45 s, a first repeat comes within a minute."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with the first message, and how it must end: on which channel, in at most how many copies.

    None as the channel: nowhere, the message is dead and the coordinator is told.
    """

    name: str
    ends_on: str | None
    copies: int = 1
    only: bool = False  # the reader has no other channel
    told: bool = False  # the coordinator must hear of it

    @property
    def says(self) -> str:
        how = f"accepted {'once' if self.copies == 1 else 'once or twice, under one Message-ID'}"
        ends = f"{how} on {self.ends_on}" if self.ends_on else "dead"
        return f"{self.name}: {ends}{', the coordinator told' if self.told else ''}"


MAIL_FAULTS = (
    Fault("none", "email"),
    Fault("stall", "email"),
    Fault("421", "email"),
    Fault("451", "email"),
    Fault("552 full", "email"),
    Fault("552 large", "line", told=True),
    Fault("close", "email"),
    Fault("lost", "email", copies=2),
    Fault("550", "line", told=True),
    Fault("550", None, only=True, told=True),
)
LINE_FAULTS = (
    Fault("none", "line"),
    Fault("500", "line"),
    Fault("429 rate", "line"),
    Fault("lost", "line"),
    Fault("400", "email", told=True),
    Fault("400", None, only=True, told=True),
)


def smtp(keep: Path | None) -> list[Claim]:
    """A relay that stalls, answers 421, 451, 552 and 550, closes in the middle of a mail, and loses its answer."""
    return _channel("email", MAIL_FAULTS, keep)


def line(keep: Path | None) -> list[Claim]:
    """LINE that answers 500, 429 and 400, and loses its answer after it has accepted."""
    return _channel("line", LINE_FAULTS, keep)


def line_month(keep: Path | None) -> list[Claim]:
    """LINE says that the month's messages are used up: from then on everything goes by mail, and it is told once."""
    officers = _of("line", Fault("429 month", "email"), 0, count=20)
    with installation(Shape(), keep) as service:
        service.line.tell(json.dumps({each.line: "429 month" for each in officers}))
        fill(service, officers)
        service.start()
        settled = until(lambda: _settled(service, len(officers) * 2), PATIENCE, every=2)
        mails = Counter(each.to for each in service.mails.read().accepted)
        texts = _told_to_coordinator(service)
        return [
            Claim(settled, "everything ended"),
            Claim(all(mails[each.email] == 1 for each in officers) and not service.pushes.read().accepted,
                  f"429 monthly: {sum(mails[each.email] == 1 for each in officers)} of {len(officers)} told by mail, "
                  f"{len(service.pushes.accepted)} by LINE"),
            Claim(sum("โควตา" in text for text in texts) == 1, "the coordinator told of the quota, in one message"),
            trail_is_whole(service), no_tracebacks(service),
        ]  # fmt: skip


def _channel(channel: str, faults: Sequence[Fault], keep: Path | None) -> list[Claim]:
    groups = [(fault, _of(channel, fault, n * EACH)) for n, fault in enumerate(faults)]
    officers = [each for _, group in groups for each in group]
    with installation(Shape(), keep) as service:
        for fault, group in groups:
            _order(service, channel, fault, group)
        fill(service, officers)
        service.start()
        expected = len(officers) + sum(len(group) for fault, group in groups if fault.ends_on not in (channel, None))
        settled = until(lambda: _settled(service, expected), PATIENCE, every=2)
        until(lambda: _incidents_told(service, groups), within=60, every=2)
        messages = _by_recipient(service)
        texts = "\n".join(_told_to_coordinator(service))
        return [
            Claim(settled, "everything ended"),
            *(_ended(service, fault, group, messages, texts) for fault, group in groups),
            line_never_doubled(service.pushes.read().accepted, service.pushes.dropped),
            mails_keep_their_id(service.mails.read().accepted),
            trail_is_whole(service),
            no_tracebacks(service),
        ]


def _of(channel: str, fault: Fault, start: int, count: int = EACH) -> list[Reader]:
    order = ("email", "line") if channel == "email" else ("line", "email")
    found = [dataclasses.replace(each, channels=order) for each in readers(count, start)]
    if fault.only:
        blank = {"line": ""} if channel == "email" else {"email": ""}
        found = [dataclasses.replace(each, channels=(channel,), **blank) for each in found]  # type: ignore[arg-type]
    return found


def _order(service: Service, channel: str, fault: Fault, group: Sequence[Reader]) -> None:
    if fault.name != "none":
        standin = service.smtp if channel == "email" else service.line
        standin.tell(json.dumps({each.first: fault.name for each in group}))


def _settled(service: Service, expected: int) -> bool:
    """Say whether the messages to officers, replacements too, have all ended."""
    found = [each for each in service.listed("message", "list") if each["notices"]]
    return len(found) >= expected and not any(each["status"] in ("queued", "sending", "retrying") for each in found)


def _by_recipient(service: Service) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for each in service.listed("message", "list", "--reveal"):
        found[each["recipient"]].append(each)
    return found


def _ended(
    service: Service, fault: Fault, group: Sequence[Reader], messages: dict[str, list[dict[str, Any]]], texts: str
) -> Claim:
    mails = Counter(each.to for each in service.mails.read().accepted)
    pushes = Counter(each.to for each in service.pushes.read().accepted)

    def well(reader: Reader) -> bool:
        got = {"email": mails[reader.email], "line": pushes[reader.line]}
        copies = got.pop(fault.ends_on) if fault.ends_on else 0
        in_copies = 1 <= copies <= fault.copies if fault.ends_on else True
        last = messages[reader.name][-1]["status"] if messages[reader.name] else "nothing"
        is_told = not fault.told or reader.name in texts
        return in_copies and not any(got.values()) and last == ("sent" if fault.ends_on else "dead") and is_told

    good = [each for each in group if well(each)]
    bad = [each for each in group if each not in good]
    shown = "".join(
        f"\n            {each.name}: {mails[each.email]} mails, {pushes[each.line]} pushes, told {each.name in texts}, "
        f"{[(one['channel'], one['status'], one['attempts'], one['error']) for one in messages[each.name]]}"
        for each in bad
    )
    return Claim(not bad, f"{len(good)} of {len(group)}  {fault.says}{shown}")


def _told_to_coordinator(service: Service) -> list[str]:
    """Return the texts of all that the coordinator was sent."""
    return [
        json.loads(service.tracker("message", "show", str(each["id"]), "--json").stdout)["text"]
        for each in service.listed("message", "list", "--reveal")
        if each["address"] == COORDINATOR and each["status"] == "sent"
    ]


def _incidents_told(service: Service, groups: Sequence[tuple[Fault, Sequence[Reader]]]) -> bool:
    texts = "\n".join(_told_to_coordinator(service))
    return all(each.name in texts for fault, group in groups if fault.told for each in group)
