"""The sessions that the documentation shows are lived through, in order, with the real program."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import steps_of
from tests.docs.reader import ROOT, Reader
from workers.standins import LineStandin, SmtpStandin

THAI = sorted((ROOT / "docs" / "th").glob("*.md"))


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    with SmtpStandin() as relay, LineStandin() as line:
        yield Reader(tmp_path, relay, line, monkeypatch)


@pytest.mark.parametrize("page", THAI, ids=lambda page: page.stem)
def test_what_a_page_shows_happens(page: Path, reader: Reader) -> None:
    text = page.read_text(encoding="utf-8")
    reader.lives(text)
    assert reader.ran == len(re.findall(r"^\$ ", text, re.MULTILINE))


@pytest.mark.parametrize("page", THAI, ids=lambda page: page.stem)
def test_the_english_page_shows_the_same_sessions(page: Path) -> None:
    english = ROOT / "docs" / "en" / page.name
    assert list(steps_of(english.read_text(encoding="utf-8"))) == list(steps_of(page.read_text(encoding="utf-8")))
