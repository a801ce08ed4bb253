"""Numbers that somebody may have meant who typed one that stands for nothing."""

from collections.abc import Iterable
from heapq import nsmallest

_MOST = 3
_NO_SLIP = 4


def nearest_numbers(typed: int, known: Iterable[int]) -> list[int]:
    """Return the three known numbers that were meant most likely, the likeliest first; none when none is known.

    Those that one slip of the finger turns into what was typed, if there are any: a digit too many, one too few, two
    that changed places, one that is wrong, in this order. Otherwise those that lie nearest.
    """
    ranked = nsmallest(_MOST, known, key=lambda each: (_slip(str(typed), str(each)), abs(each - typed), each))
    return [each for each in ranked if _slip(str(typed), str(each)) != _NO_SLIP] or ranked


def _slip(typed: str, meant: str) -> int:
    """Return which slip makes one number of the other, the likeliest is 0; `_NO_SLIP` when none does."""
    if len(typed) == len(meant) + 1:
        return 0 if meant in _without_one(typed) else _NO_SLIP
    if len(typed) == len(meant) - 1:
        return 1 if typed in _without_one(meant) else _NO_SLIP
    other = [place for place, (one, two) in enumerate(zip(typed, meant, strict=False)) if one != two]
    if len(typed) != len(meant) or len(other) not in {1, 2}:
        return _NO_SLIP
    if len(other) == 1:
        return 3
    first, second = other
    swapped = second == first + 1 and typed[first] == meant[second] and typed[second] == meant[first]
    return 2 if swapped else _NO_SLIP


def _without_one(digits: str) -> set[str]:
    return {digits[:place] + digits[place + 1 :] for place in range(len(digits))}
