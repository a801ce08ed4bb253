"""How many examples property tests try: few on a developer's machine, ten times as many when CAMPAIGN is set."""

import os

FACTOR = 10 if os.environ.get("CAMPAIGN") else 1


def examples(count: int) -> int:
    return count * FACTOR
