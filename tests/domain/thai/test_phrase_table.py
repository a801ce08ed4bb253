"""Phrases of our own, as Thai officials write them, each with its meaning in `phrases.txt`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.domain.thai.phrases import Reading, read_phrase

FY = 2569
LINES = [
    tuple(part.strip() for part in line.rsplit("|", 1))
    for line in (Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def meaning(reading: Reading) -> str:
    """Write a reading in the words of the table."""
    same = [one for one in (reading, *reading.alternatives) if one.rule == reading.rule]
    words = [reading.rule, *WORDS.get(reading.rule, lambda _, __: [])(reading, same)]
    return " ".join(word for word in words if word)


def periods(reading: Reading) -> str:
    return ",".join(period.split("-")[0] for period in reading.periods)


def span(reading: Reading) -> str:
    return f"{reading.start or 'now'} {reading.end or 'open'}"


def told(reading: Reading, same: list[Reading], tell: Callable[[Reading], str]) -> str:
    """Write all times of a reading, or those that a person must choose from when it has taken none."""
    if reading.due or reading.start or reading.end or len(same) == 1:
        return ", ".join(map(tell, same))
    return "either " + ", ".join(sorted(map(tell, same[1:])))


def due(reading: Reading, same: list[Reading]) -> list[str]:
    return [told(reading, same, lambda one: str(one.due or "")), periods(reading)]


def annual(reading: Reading, same: list[Reading]) -> list[str]:
    return [told(reading, same, lambda one: span(one) if one.start else str(one.due or ""))]


def recurring(reading: Reading, same: list[Reading]) -> list[str]:
    next_month = reading.offset and reading.offset.days == 30 and not reading.offset.since
    return [", ".join(str(one.day) for one in same if one.day), "of the next month" if next_month else ""]


def relative(reading: Reading, _same: list[Reading]) -> list[str]:
    assert reading.offset
    counted = f"{reading.offset.days}{'w' if reading.offset.working else ''}"
    return [counted, reading.offset.since or "", f"by {reading.due}" if reading.due else ""]


WORDS: dict[str, Callable[[Reading, list[Reading]], list[str]]] = {
    "due": due,
    "annual": annual,
    "window": lambda reading, same: [told(reading, same, span)],
    "periodic": lambda reading, _: [periods(reading), f"by {reading.due}" if reading.due else ""],
    "monthly": recurring,
    "quarterly": recurring,
    "relative": relative,
    "undated": lambda reading, _: [f"perhaps {one.due}" for one in reading.alternatives if one.due],
}


@pytest.mark.parametrize(("phrase", "expected"), LINES, ids=[phrase for phrase, _ in LINES])
def test_a_phrase_means_what_an_official_meant(phrase, expected):
    found = meaning(read_phrase(phrase, FY))
    if expected.startswith("due") and expected.count(" ") == 1 and found.startswith(f"{expected} "):
        found = expected  # a quarter's number is told as a period too
    assert found == expected
