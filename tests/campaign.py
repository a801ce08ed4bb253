"""How many examples property tests try: few on a developer's machine, ten times as many when CAMPAIGN is set."""

import os

FACTOR = 10 if os.environ.get("CAMPAIGN") else 1


def examples(count: int) -> int:
    return count * FACTOR


def whole_lives(count: int) -> int:
    """Of tests that live through weeks on a real database, where ten times as many would take an hour."""
    return count * min(FACTOR, 2)
