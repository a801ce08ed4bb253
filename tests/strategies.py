"""Plans for property tests."""

from datetime import date
from typing import get_args

from hypothesis import strategies as st

from tracker.domain.plans import (
    Assessment,
    Basis,
    Document,
    IndicatorScore,
    Measure,
    Obligation,
    ObligationKind,
    ObligationRule,
    Plan,
    PlanWarning,
    Responsible,
    Source,
    Timeframe,
)

_LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters="กขคงำ่๑๒=+-'\"(). ")
WORDS = st.text(_LETTERS, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
UNITS = WORDS.filter(lambda text: not text.startswith("(กลุ่ม)"))
DAYS = st.dates(date(2018, 1, 1), date(2035, 12, 31))
LINES = st.integers(1, 5000)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


TIMEFRAMES = st.builds(Timeframe, text=WORDS, start=DAYS, end=DAYS)
OWNERS = st.builds(Responsible, unit=UNITS, kind=st.sampled_from(["unit", "class"]))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    count = draw(st.integers(0, 4))
    measures = tuple(
        Measure(
            seq,
            draw(maybe(WORDS)),
            draw(WORDS),
            draw(maybe(st.integers(1, 10))),
            tuple(draw(st.lists(WORDS, max_size=3))),
            tuple(draw(st.lists(OWNERS, max_size=3))),
            draw(maybe(TIMEFRAMES)),
            draw(maybe(WORDS)),
            draw(LINES),
        )
        for seq in range(1, count + 1)
    )
    seqs = st.lists(st.integers(1, count), unique=True, max_size=count) if count else st.just([])
    obligations = tuple(draw(st.lists(_obligations(seqs), max_size=4)))
    scores = st.builds(
        IndicatorScore,
        id=st.integers(1, 10),
        name=WORDS,
        instrument=st.sampled_from(["IIT", "EIT", "OIT"]),
        score=st.integers(0, 10000).map(lambda n: n / 100),
        line=LINES,
    )
    return Plan(
        Source(draw(WORDS), draw(st.text("0123456789abcdef", min_size=64, max_size=64)), "txt"),
        draw(maybe(WORDS)),
        Document(draw(maybe(WORDS)), draw(maybe(DAYS)), draw(maybe(WORDS))),
        draw(maybe(st.integers(2560, 2580))),
        Assessment(
            draw(maybe(st.integers(2560, 2580))),
            draw(maybe(st.integers(0, 10000).map(lambda n: n / 100))),
            draw(maybe(st.sampled_from(["AA", "A", "B"]))),
            tuple(draw(st.lists(scores, max_size=3))),
        ),
        measures,
        obligations,
        tuple(draw(st.lists(st.builds(PlanWarning, code=WORDS, message=WORDS, line=maybe(LINES)), max_size=2))),
    )


def _obligations(seqs: st.SearchStrategy) -> st.SearchStrategy:
    built = st.builds(
        Obligation,
        measures=seqs.map(tuple),
        kind=st.sampled_from(get_args(ObligationKind)),
        rule=st.sampled_from(get_args(ObligationRule)),
        due=maybe(DAYS),
        periods=st.lists(st.sampled_from(["6-month", "12-month"]), unique=True).map(tuple),
        start=maybe(DAYS),
        end=maybe(DAYS),
        actor=maybe(WORDS),
        phrase=WORDS,
        line=LINES,
        basis=st.sampled_from(get_args(Basis)),
    )
    return built.filter(lambda obligation: obligation.rule != "due" or obligation.due is not None)
