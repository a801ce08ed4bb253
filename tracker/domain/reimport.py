"""Which task of before is which demand of a corrected plan. Pure, and never a guess: one to one, or not at all."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Demand:
    """What a task is about: `measure` is the squeezed title of its measure, "" for the whole plan."""

    key: str
    unit_id: int
    kind: str
    period: str | None
    due: date
    measure: str
    seq: int | None


def pair(before: Sequence[Demand], after: Sequence[Demand]) -> dict[str, str]:
    """Return, for keys of `after`, the keys of `before` that they continue under a corrected date or title.

    Neither side holds a demand whose key the other has. Two that are alike pair with nothing.
    """
    continued: dict[str, str] = {}
    for alike in (_but_for_the_date, _but_for_the_title):
        taken = set(continued.values())
        old = _unique((each for each in before if each.key not in taken), alike)
        new = _unique((each for each in after if each.key not in continued), alike)
        continued |= {new[trait]: old[trait] for trait in new.keys() & old.keys()}
    return continued


def _but_for_the_date(demand: Demand) -> Hashable:
    return demand.unit_id, demand.kind, demand.period, demand.measure


def _but_for_the_title(demand: Demand) -> Hashable:
    return demand.unit_id, demand.kind, demand.period, demand.due, demand.seq


def _unique(demands: Iterable[Demand], trait: Callable[[Demand], Hashable]) -> dict[Hashable, str]:
    """Return the key of each demand whose trait no other one shares."""
    found: dict[Hashable, list[str]] = {}
    for demand in demands:
        found.setdefault(trait(demand), []).append(demand.key)
    return {value: keys[0] for value, keys in found.items() if len(keys) == 1}
