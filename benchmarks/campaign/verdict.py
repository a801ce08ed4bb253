"""What the product promises, held against what arrived. Pure: everything is given."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from benchmarks.campaign.agency import COORDINATOR, Reader
from benchmarks.campaign.arrivals import Arrival
from benchmarks.campaign.processes import Kill

LEAVING_WITHIN = 1.0
"""Seconds before a kill in which a mail was accepted, for the kill to have fallen into sending."""
BEHIND = 0.5
"""Seconds that a stand-in on a busy machine may take to see what a killed sender had sent it."""
UNRECORDED_FOR = 10.0
"""Seconds for which an accepted mail may wait to be recorded: a kill in them makes it leave again."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One promise: what it says, with its figures, and whether it was kept."""

    kept: bool
    words: str

    def __str__(self) -> str:
        return f"{'ok    ' if self.kept else 'BROKEN'}  {self.words}"


def nobody_lost(officers: Sequence[Reader], mails: Sequence[Arrival], pushes: Sequence[Arrival]) -> Claim:
    """Every officer was told, by whichever channel."""
    told = {each.to for each in (*mails, *pushes)}
    lost = [each.name for each in officers if told.isdisjoint(each.addresses())]
    return Claim(not lost, f"{len(lost)} of {len(officers)} lost{_some(lost)}")


def line_never_doubled(pushes: Sequence[Arrival], dropped: Sequence[Arrival]) -> Claim:
    """Nobody saw a push twice; repeats that LINE dropped by their key are as they should be."""
    doubled = [to for to, count in Counter(each.to for each in pushes).items() if count > 1]
    words = f"{len(doubled)} LINE duplicates in {len(pushes)} pushes{_some(doubled)}"
    return Claim(not doubled, f"{words}; {len(dropped)} repeats dropped by their key")


def told_by_one_channel(officers: Sequence[Reader], mails: Sequence[Arrival], pushes: Sequence[Arrival]) -> Claim:
    """Nobody was told by mail and by LINE."""
    mailed, pushed = {each.to for each in mails}, {each.to for each in pushes}
    both = [each.name for each in officers if each.email in mailed and each.line in pushed]
    return Claim(not both, f"{len(both)} told on both channels{_some(both)}")


def mails_keep_their_id(mails: Sequence[Arrival]) -> Claim:
    """A mail that came twice bears the Message-ID of its first copy."""
    first: dict[str, str] = {}
    repeats = [each for each in _of_officers(mails) if first.setdefault(each.to, each.key) != each.key or not each.key]
    return Claim(not repeats, f"{len(repeats)} mails to one reader under a second Message-ID{_some(repeats)}")


def mails_doubled_by_kills_only(
    mails: Sequence[Arrival], kills: Iterable[Kill], in_hand: dict[str, int]
) -> list[Claim]:
    """Mail cannot be sent exactly once: what a killed sender had in hand may leave again, and no more than that.

    `in_hand` says for each kind of program how many mails a kill of it may leave unrecorded.
    """
    risky = [kill for kill in kills if kill.name in in_hand and _were_leaving(mails, kill)]
    pairs = _doubled(mails)
    blamed = Counter(kill for first, second in pairs if (kill := _between(first, second, risky)))
    unexplained = [second.to for first, second in pairs if not _between(first, second, risky)]
    bound = sum(in_hand[kill.name] for kill in risky)
    over = [kill for kill, count in blamed.items() if count > in_hand[kill.name]]
    fell = Counter(kill.name for kill in risky)
    told = ", ".join(f"{count} of {name}" for name, count in sorted(fell.items())) or "none"
    return [
        Claim(len(pairs) <= bound and not over,
              f"{len(pairs)} mail duplicates in {len(mails)} mails (bound {bound}; kills in mid-send: {told}; "
              f"most after one kill: {max(blamed.values(), default=0)})"),
        Claim(not unexplained, f"{len(unexplained)} mail duplicates that no kill explains{_some(unexplained)}"),
    ]  # fmt: skip


def all_sent(messages: Sequence[dict[str, Any]], officers: Sequence[Reader]) -> list[Claim]:
    """The ledger says of everything that it was sent, one message for each officer."""
    statuses = Counter(each["status"] for each in messages)
    names = {each.name for each in officers}
    to_officers = Counter(each["recipient"] for each in messages if each["recipient"] in names)
    several = [name for name, count in to_officers.items() if count > 1]
    listed = ", ".join(f"{count} {status}" for status, count in statuses.most_common()) or "no messages"
    return [
        Claim(set(statuses) == {"sent"}, f"`tracker message list`: {listed}"),
        Claim(len(to_officers) == len(names) and not several,
              f"{len(to_officers)} of {len(names)} officers have one message in the ledger{_some(several)}"),
    ]  # fmt: skip


def _of_officers(mails: Sequence[Arrival]) -> list[Arrival]:
    return [each for each in mails if each.to != COORDINATOR]


def _doubled(mails: Sequence[Arrival]) -> list[tuple[Arrival, Arrival]]:
    """Return each repeat with the copy before it."""
    copies: dict[tuple[str, str], list[Arrival]] = defaultdict(list)
    for each in mails:
        copies[each.to, each.key].append(each)
    return [pair for same in copies.values() for pair in pairwise(same)]


def _were_leaving(mails: Sequence[Arrival], kill: Kill) -> bool:
    return any(kill.at - LEAVING_WITHIN <= each.at <= kill.at + kill.lasts + BEHIND for each in mails)


def _between(first: Arrival, second: Arrival, kills: Sequence[Kill]) -> Kill | None:
    """Return the first kill that lies between two copies, soon after the first."""
    for kill in kills:
        begins_in_time = kill.at <= min(second.at, first.at + UNRECORDED_FOR)
        if begins_in_time and first.at - BEHIND <= kill.at + kill.lasts:
            return kill
    return None


def _some(things: Sequence[object]) -> str:
    return f" ({', '.join(map(str, things[:3]))}{', …' if len(things) > 3 else ''})" if things else ""
