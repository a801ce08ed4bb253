"""Names that may mean the same although they are not written alike. They are shown to a person, never joined."""

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from tracker.domain.thai.numerals import arabic, squeeze

_DIGITS = re.compile(r"\d+")
_MARKS = re.compile(r"[ฯ.,()\[\]\"'“”\-–_/]")
_SHORTEST_BEGINNING = 6
"""Letters that two names must begin with alike: สำนักปลัด and สำนักปลัดเทศบาล do, สำนัก alone says nothing."""
_MOST = 3
_LONG = 10
"""From this many letters on two of them may be mistyped, below only one: กองกลาง is not กองช่าง."""


def near(name: str, known: Iterable[str]) -> str | None:
    """Return the first of some known names that another may be a way of writing, None when it resembles none.

    Names with other numbers in them are other names, however alike they are.
    """
    bare = _bare(name)
    digits = _digits(bare)
    return next((each for each in known if _digits(each) == digits and _alike(bare, _bare(each))), None)


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return the three names at most that resemble one, the nearest first; none when none does."""
    by_key = {squeeze(each): each for each in known}
    return [by_key[key] for key in get_close_matches(squeeze(name), by_key, n=_MOST)]


def _bare(name: str) -> str:
    return _MARKS.sub("", squeeze(name))


def _digits(name: str) -> list[str]:
    return _DIGITS.findall(arabic(name))


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long or (len(short) >= _SHORTEST_BEGINNING and long.startswith(short)):
        return True
    return _mistyped(short, long, 2 if len(short) >= _LONG else 1)


def _mistyped(short: str, long: str, most: int) -> bool:
    """Say whether at most so many letters are left out, added or changed, or all are there in another order."""
    other = (Counter(long) - Counter(short)).total()
    if len(long) - len(short) > most or other > most:
        return False
    if len(long) == len(short) and not other:
        return True
    blocks = SequenceMatcher(None, short, long, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in blocks if kind != "equal") <= most
