"""Phrases of our own, as Thai officials write them, each with its meaning in `phrases.txt`."""

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
    words: list[str] = [reading.rule]
    if reading.rule in ("due", "annual"):
        days = [one.due for one in (reading, *reading.alternatives) if one.rule == reading.rule and one.due]
        words.append(", ".join(map(str, days)))
    if reading.rule == "window":
        words += [str(reading.start), str(reading.end)]
    if reading.rule in ("due", "periodic"):
        words.append(",".join(period.split("-")[0] for period in reading.periods))
    if reading.rule in ("monthly", "quarterly") and reading.day:
        words.append(str(reading.day))
    if reading.rule == "relative" and reading.offset:
        words.append(f"{reading.offset.days}{'w' if reading.offset.working else ''}")
        words.append(reading.offset.since or "")
    return " ".join(word for word in words if word)


@pytest.mark.parametrize(("phrase", "expected"), LINES, ids=[phrase for phrase, _ in LINES])
def test_a_phrase_means_what_an_official_meant(phrase, expected):
    found = meaning(read_phrase(phrase, FY))
    if expected.startswith("due") and expected.count(" ") == 1 and found.startswith(f"{expected} "):
        found = expected  # a quarter's number is told as a period too
    assert found == expected
