"""`python -m docs` writes what is made from the program: the reference and the picture of the ladder.

`python -m docs --check` writes nothing, and ends with 1 when one of them is not what the program would write.
"""

import sys
from pathlib import Path

from docs.ladder_picture import ladder_picture
from docs.reference import reference
from schedules.ladders import shipped_ladder
from tracker.cli.language import words_in

HERE = Path(__file__).parent


def made() -> dict[Path, str]:
    """Return the text of every file that is made from the program."""
    ladder = shipped_ladder()
    return {
        HERE / "reference.md": reference(),
        HERE / "th" / "reference.md": reference("th", words_in("th")),
        HERE / "th" / "ladder.svg": ladder_picture(ladder, "th"),
        HERE / "en" / "ladder.svg": ladder_picture(ladder, "en"),
    }


def stale() -> list[Path]:
    """Return the files that are not what the program would write."""
    return [path for path, text in made().items() if not path.exists() or path.read_text(encoding="utf-8") != text]


if __name__ == "__main__":
    found = stale()
    if "--check" in sys.argv[1:]:
        for path in found:
            print(f"{path.relative_to(HERE.parent)} is stale: python -m docs")
        sys.exit(1 if found else 0)
    for path in found:
        path.write_text(made()[path], encoding="utf-8")
        print(f"Wrote {path.relative_to(HERE.parent)}")
