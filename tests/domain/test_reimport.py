from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.reimport import Demand, pair

OLD = Demand("old", 1, "report", "6-month", date(2023, 3, 31), "มาตรการหนึ่ง", 1)
NEW = replace(OLD, key="new")


def test_a_demand_whose_date_was_corrected_is_the_same_task() -> None:
    assert pair([OLD], [replace(NEW, due=date(2023, 4, 30))]) == {"new": "old"}


def test_a_demand_whose_title_was_corrected_is_the_same_task() -> None:
    assert pair([OLD], [replace(NEW, measure="มาตรการที่หนึ่ง")]) == {"new": "old"}


def test_a_demand_of_another_unit_kind_or_period_is_another_task() -> None:
    for other in (replace(NEW, unit_id=2), replace(NEW, kind="produce"), replace(NEW, period="12-month")):
        assert pair([OLD], [other]) == {}


def test_two_demands_that_are_alike_pair_with_nothing() -> None:
    twin = replace(OLD, key="twin", due=date(2023, 2, 1))
    assert pair([OLD, twin], [replace(NEW, due=date(2023, 4, 30), seq=9)]) == {}


DEMANDS = st.builds(
    Demand,
    key=st.text("abcdef", min_size=3, max_size=3),
    unit_id=st.integers(1, 2),
    kind=st.sampled_from(["report", "produce"]),
    period=st.sampled_from([None, "6-month"]),
    due=st.dates(date(2023, 3, 1), date(2023, 3, 4)),
    measure=st.sampled_from(["ก", "ข"]),
    seq=st.sampled_from([None, 1, 2]),
)
LISTS = st.lists(DEMANDS, max_size=8, unique_by=lambda demand: demand.key)


@given(LISTS, LISTS)
def test_no_task_is_continued_twice(before: list[Demand], after: list[Demand]) -> None:
    continued = pair(before, [demand for demand in after if demand.key not in {each.key for each in before}])
    assert len(set(continued.values())) == len(continued)
    assert set(continued.values()) <= {demand.key for demand in before}
