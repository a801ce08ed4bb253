"""A plan's reading as short text, so that the expected readings of the layouts can be read and compared by eye."""

from collections.abc import Iterator

from tracker.domain.plans import Measure, Obligation, Plan


def written(plan: Plan) -> str:
    """Return what was read: agency and year, then each measure with steps (-), owners (@, @@ for a class),
    times (~), follow-up (>) and what it owes by its own words (!); last, what all measures owe, and what one unit."""
    return "\n".join(_lines(plan)) + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    yield f"{plan.agency} {plan.fiscal_year}"
    stated = [one for one in plan.obligations if one.basis == "stated"]
    for measure in plan.measures:
        yield from _measure(measure)
        yield from (f"  ! {_owed(one)}" for one in stated if one.measures == (measure.seq,))
    yield from (f"! {_owed(one)}" for one in stated if len(one.measures) > 1)
    yield from (f"{one.actor} ! {_owed(one)}" for one in stated if not one.measures)


def _measure(measure: Measure) -> Iterator[str]:
    yield f"{measure.number or '?'} {measure.title}"
    yield from (f"  - {step}" for step in measure.steps)
    yield from (f"  {'@@' if one.kind == 'class' else '@'} {one.unit}" for one in measure.responsible)
    if measure.timeframe:
        yield f"  ~ {measure.timeframe.start} {measure.timeframe.end}"
    if measure.monitoring:
        yield f"  > {measure.monitoring}"


def _owed(one: Obligation) -> str:
    words = [one.kind, one.rule, str(one.due or one.end or ""), ",".join(one.periods)]
    return " ".join(word for word in words if word)
