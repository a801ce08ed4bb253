"""The languages that messages are written in."""

from collections.abc import Mapping

from tracker.domain.messages.english import ENGLISH
from tracker.domain.messages.thai import THAI
from tracker.domain.messages.values import Lang
from tracker.domain.messages.words import Words

WORDS: Mapping[Lang, Words] = {"th": THAI, "en": ENGLISH}


def numeral(count: int, lang: Lang) -> str:
    """Return a count in the digits of a language."""
    return WORDS[lang].number(count)


def and_more(count: int, lang: Lang) -> str:
    """Return `และอีก ๕ รายการ`."""
    words = WORDS[lang]
    return words.and_more.format(count=words.number(count))
