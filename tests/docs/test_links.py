"""Every link between our pages leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "examples" / "README.md"]
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)|<img src=\"([^\"]+)\"")
_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_NO_LETTER = re.compile(r"[!-,./:-@\[-^`{-~“”–—…]")


def links_of(page: Path) -> Iterator[str]:
    for found in _LINK.finditer(_CODE.sub("", page.read_text(encoding="utf-8"))):
        yield found[1] or found[2]


def anchors_of(page: Path) -> set[str]:
    """Return what GitHub makes of the headings: small letters, no punctuation, blanks as hyphens."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {_NO_LETTER.sub("", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_leads_to_a_page_and_a_heading(page: Path) -> None:
    for link in links_of(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} leads to {link}"
        assert not anchor or anchor in anchors_of(target), f"{page.name} leads to {link}: {sorted(anchors_of(target))}"
