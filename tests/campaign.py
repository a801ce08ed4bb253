"""How many examples each property test tries: 200, or as many as CAMPAIGN says (`CAMPAIGN=20000 make test`)."""

import os

LEAST = 200
EXAMPLES = int(os.environ.get("CAMPAIGN") or LEAST)

if EXAMPLES < LEAST:
    raise SystemExit(
        f"CAMPAIGN={EXAMPLES} is fewer than the {LEAST} examples that every property test tries: say more."
    )


def examples(count: int) -> int:
    """Return how many to try where each is slow and `count` stand for the usual 200."""
    return count * EXAMPLES // LEAST
