"""Where a run of Thai, which has no blanks between its words, is best broken without a dictionary."""

import re

BEGINS = r"""(?<=[ก-๏])(?=
    (?<![ดต]ำ)(?<!แก้)(?<!สัง)[เแโใไ]                   # a vowel that is written first begins a syllable,
    | (?<!ราช)(?<!บริ)(?<!มาตร)(?<!โครง)(?<!วิชา)การ    # words that begin so many others,
    | (?<!ข้อ)ความ | (?<!หน้า)(?<!พื้น)ที่                # but not where they end one: ดำเนิน, มาตรการ
)"""
"""A place before a syllable, as a pattern for `re.VERBOSE`: it takes no letter."""

_BEGINS = re.compile(BEGINS, re.VERBOSE)


def begins_at(text: str, at: int) -> bool:
    """Return whether a syllable surely begins there, so that a line may end before it."""
    return _BEGINS.match(text, at) is not None
