"""Which refusals are the fault of an address, and will be the same for every message to it."""

import re

STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)", re.ASCII)
"""A status code of RFC 3463 (class, subject, detail) in a server's words, but not a part of an IP address."""

_OF_THE_ADDRESS = {
    0: None,  # any detail: the server says no more than that it failed for good
    1: {1, 2, 3, 4, 5, 6, 9, 10},  # not 0, 7 and 8, with which servers refuse a sender
    2: {0, 1, 4},  # not 2, a full mailbox, and 3, a mail too long
    4: {1, 4, 6},  # no such recipient (Exchange Online), no such host, a forward in a circle
}
"""The details of RFC 3463 by subject.

System (3), protocol (5), content (6) and policy (7) are left out: a blacklist or a wrong sender would otherwise turn
every address of the agency off in one morning.
"""
_UNKNOWN_TO_LINE = ("failed to send messages", "the property, 'to'")
"""What LINE answers to an id that does not exist or is not one; somebody who blocked the account gets no error."""


def blames_address(channel: str, words: str) -> bool:
    """Say whether a server's words refuse an address for good, whatever is sent there."""
    if channel == "line":
        return any(known in words.lower() for known in _UNKNOWN_TO_LINE)
    found = STATUS.search(words) if channel == "email" else None
    if not found or found[1] != "5" or int(found[2]) not in _OF_THE_ADDRESS:
        return False
    details = _OF_THE_ADDRESS[int(found[2])]
    return details is None or int(found[3]) in details
