"""A phrase's text as the grammar reads it: Arabic digits, also for letters typed as digits, and no invisible marks."""

import re

from tracker.domain.thai.numerals import arabic
from tracker.domain.thai.phrases_grammar import MONTH

_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_LETTERS = re.compile("[OoIl]")
_ZERO = re.compile(rf"(?<=\d)[Oo](?![A-Za-z])|(?<![A-Za-z])[Oo](?=\d\s?(?:{MONTH}|/))")
_ONE = re.compile(rf"(?<![A-Za-z])[Il](?=\d?\s?(?:{MONTH}|/\d))|(?<=\d)[Il](?=\s?(?:{MONTH}|/\d))")


def plain_text(text: str) -> tuple[str, list[int]]:
    """Return the text to read, and for each of its places the place in the given text."""
    places = [place for place, letter in enumerate(text) if letter not in _INVISIBLE]
    plain = arabic(text if len(places) == len(text) else "".join(text[place] for place in places))
    if _LETTERS.search(plain):
        plain = _ONE.sub("1", _ZERO.sub("0", plain))
    return plain, places
