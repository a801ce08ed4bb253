"""Last year's result as printed: every score of every indicator, the total with its grade, the year scored."""

from dataclasses import dataclass

from tracker.domain.indicators import TOLERANCE, indicator, total_of
from tracker.domain.plans import Assessment, IndicatorScore
from tracker.intake.layout import Layout
from tracker.intake.score_tables import Printed, printed_scores
from tracker.intake.score_totals import Total, chosen_total, heading_year, table_totals, told_totals

_SAME = 0.005


@dataclass(frozen=True, slots=True)
class Scores:
    """All that a document prints about last year's result, and the assessment chosen from it."""

    assessment: Assessment
    printed: tuple[Printed, ...]
    total: Total | None


def read_scores(layout: Layout, skip: frozenset[int] = frozenset()) -> Scores:
    """Return the scores of a document; rows on lines in `skip` (measure tables) hold none.

    The table that names most indicators is taken, the one that gives the printed total when several do; what
    it lacks is filled in from elsewhere. Nothing is corrected.
    """
    told = told_totals(layout)
    known = chosen_total(told)
    scored = (known.year if known else None) or heading_year(layout)
    printed = tuple(printed_scores(layout, skip, scored))
    total = chosen_total((*table_totals(layout, scored), *told))
    chosen = _chosen(printed, total)
    rows = tuple(
        IndicatorScore(one.id, indicator(one.id).name, indicator(one.id).instrument, one.score, one.line)
        for one in sorted(chosen, key=lambda one: one.id)
    )
    year = (total.year if total else None) or (heading_year(layout) if total or rows else None)
    score, grade = (total.score, total.grade) if total else (None, None)
    return Scores(Assessment(year, score, grade, rows), printed, total)


def _chosen(printed: tuple[Printed, ...], total: Total | None) -> list[Printed]:
    blocks: dict[int, dict[int, Printed]] = {}
    for one in printed:
        if one.table:
            blocks.setdefault(one.block, {}).setdefault(one.id, one)
    ranked = sorted(blocks.values(), key=lambda group: (-len(group), not _gives(group, total)))
    chosen: dict[int, Printed] = {}
    for group in ranked:
        chosen = {**group, **chosen}
    for one in printed:
        chosen.setdefault(one.id, one)
    return list(chosen.values())


def _gives(group: dict[int, Printed], total: Total | None) -> bool:
    found = total_of({one.id: one.score for one in group.values()})
    return bool(total and found is not None and abs(found - total.score) <= TOLERANCE)


def differ(one: float, other: float) -> bool:
    """Say whether two printed scores of one indicator contradict each other."""
    return abs(one - other) >= _SAME
