"""Which tasks a plan opens, and under which keys."""

import dataclasses
from datetime import date

import pytest

from schedules.reporting import shipped_reporting
from tests.builders import OFFICE, TREASURY, measure, obligation, plan
from tracker.domain.openings import Opening, openings
from tracker.domain.plans import Obligation, Timeframe

POLICY = shipped_reporting()
DUE = date(2022, 10, 31)
END_OF_MONTHS = [
    date(2022, 10, 31), date(2022, 11, 30), date(2022, 12, 31), date(2023, 1, 31), date(2023, 2, 28),
    date(2023, 3, 31), date(2023, 4, 30), date(2023, 5, 31), date(2023, 6, 30), date(2023, 7, 31), date(2023, 8, 31),
    date(2023, 9, 30),
]  # fmt: skip


def opened(*demands: Obligation, owners: tuple[str, ...] = (TREASURY,), measures: int = 1) -> list[Opening]:
    rows = [measure(n, *owners) for n in range(1, measures + 1)]
    return openings(plan(*rows, obligations=demands), 2566, POLICY)


def test_a_dated_demand_is_one_task() -> None:
    (task,) = opened(obligation(DUE))
    assert (task.due, task.owner.unit, task.period, task.basis) == (DUE, TREASURY, None, "stated")
    assert task.measure is not None
    assert task.measure.seq == 1


def test_each_owner_of_a_measure_has_a_task_under_one_key() -> None:
    first, second = opened(obligation(DUE), owners=(TREASURY, OFFICE))
    assert {first.owner.unit, second.owner.unit} == {TREASURY, OFFICE}
    assert first.key == second.key


def test_a_window_is_due_at_its_end() -> None:
    (task,) = opened(obligation(rule="window", kind="activity", start=date(2023, 1, 1), end=date(2023, 2, 28)))
    assert task.due == date(2023, 2, 28)


def test_undated_periods_take_the_policys_days_and_a_stated_day_wins() -> None:
    periods = ("3-month", "6-month", "9-month", "12-month")
    assert [task.due for task in opened(obligation(rule="periodic", kind="report", periods=periods))] == [
        date(2022, 12, 31), date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30),
    ]  # fmt: skip
    (stated,) = opened(obligation(date(2023, 4, 5), rule="periodic", kind="report", periods=("6-month",)))
    assert (stated.due, stated.period) == (date(2023, 4, 5), "6-month")


def test_a_yearly_demand_without_a_day_is_due_with_the_12_month_report() -> None:
    (task,) = opened(obligation(rule="annual", kind="report"))
    assert (task.due, task.period) == (date(2023, 9, 30), "12-month")


def test_a_report_that_is_owed_twice_a_year_is_one_task_for_each_half() -> None:
    tasks = opened(obligation(rule="annual", kind="report", periods=("6-month", "12-month"), phrase="รายงานปีละ ๒ ครั้ง"))
    assert [(task.period, task.due) for task in tasks] == [
        ("6-month", date(2023, 3, 31)), ("12-month", date(2023, 9, 30)),
    ]  # fmt: skip


def test_a_monthly_demand_is_due_at_the_end_of_each_month_of_the_fiscal_year() -> None:
    tasks = opened(obligation(rule="monthly", kind="report", phrase="รายงานทุกเดือน"))
    assert [task.due for task in tasks] == END_OF_MONTHS
    assert len({task.key for task in tasks}) == 12


def test_a_monthly_demand_with_a_day_is_due_on_it() -> None:
    tasks = opened(obligation(rule="monthly", kind="report", phrase="รายงานภายในวันที่ ๕ ของทุกเดือน"))
    assert {task.due.day for task in tasks} == {5}


@pytest.mark.parametrize(
    ("phrase", "october", "last"),
    [
        ("ภายในวันที่ ๕ ของเดือนถัดไป", date(2022, 11, 5), date(2023, 10, 5)),
        ("ภายใน ๕ วันทำการของเดือนถัดไป", date(2022, 11, 7), date(2023, 10, 6)),
        ("ภายใน ๕ วันแรกของเดือน", date(2022, 10, 5), date(2023, 9, 5)),
        ("ทุกวันศุกร์สุดท้ายของเดือน", date(2022, 10, 28), date(2023, 9, 29)),
        ("ทุกวันจันทร์แรกของเดือน", date(2022, 10, 3), date(2023, 9, 4)),
        ("สัปดาห์ที่ ๒ ของทุกเดือน", date(2022, 10, 14), date(2023, 9, 14)),
        ("ภายในสิ้นเดือนถัดไป", date(2022, 11, 30), date(2023, 10, 31)),
    ],
)
def test_a_month_is_owed_on_the_day_that_its_words_count_to(phrase: str, october: date, last: date) -> None:
    tasks = opened(obligation(rule="monthly", kind="report", phrase=f"รายงาน{phrase}"))
    assert len(tasks) == 12
    assert (tasks[0].period, tasks[0].due, tasks[-1].due) == ("2022-10", october, last)


def test_a_quarter_may_be_owed_in_the_month_after_it() -> None:
    tasks = opened(obligation(rule="quarterly", kind="report", phrase="รายงานทุกไตรมาส ภายในวันที่ ๑๐ ของเดือนถัดไป"))
    assert [task.due for task in tasks] == [date(2023, 1, 10), date(2023, 4, 10), date(2023, 7, 10), date(2023, 10, 10)]


def test_a_quarterly_demand_is_due_at_the_end_of_each_quarter() -> None:
    tasks = opened(obligation(rule="quarterly", kind="report", phrase="รายงานทุกไตรมาส"))
    assert [task.due for task in tasks] == [END_OF_MONTHS[n] for n in (2, 5, 8, 11)]


def test_a_repeated_demand_keeps_inside_its_own_span() -> None:
    span = {"start": date(2023, 1, 1), "end": date(2023, 3, 31)}
    tasks = opened(obligation(rule="monthly", kind="report", phrase="รายงานทุกเดือน", **span))
    assert [task.due for task in tasks] == END_OF_MONTHS[3:6]


@pytest.mark.parametrize("rule", ["event", "continuous", "undated"])
def test_what_has_no_time_of_its_own_opens_no_task(rule: str) -> None:
    assert opened(obligation(rule=rule)) == []


def test_supervising_opens_no_task() -> None:
    assert opened(obligation(DUE, kind="supervise")) == []


def test_a_publication_asked_of_all_is_one_for_each_owner() -> None:
    tasks = opened(obligation(DUE, kind="publish", measures=(1, 2, 3)), owners=(TREASURY, OFFICE), measures=3)
    assert sorted(task.owner.unit for task in tasks) == sorted([TREASURY, OFFICE])
    assert all(task.measure is None for task in tasks)


def test_a_report_asked_of_all_is_one_for_each_measure() -> None:
    assert len(opened(obligation(DUE, kind="report", measures=(1, 2, 3)), measures=3)) == 3


def test_the_same_demand_printed_twice_is_one_task() -> None:
    assert len(opened(obligation(DUE), dataclasses.replace(obligation(DUE), line=40))) == 1


def test_two_demands_of_one_measure_and_day_are_two_tasks() -> None:
    demands = obligation(DUE, phrase="จัดทำแผน ก"), obligation(DUE, phrase="จัดทำแผน ข")
    assert len({task.key for task in opened(*demands)}) == 2


def test_the_key_stays_when_the_document_is_set_anew() -> None:
    (before,) = opened(obligation(DUE))
    (after,) = opened(dataclasses.replace(obligation(DUE), line=99))
    assert before.key == after.key


def test_a_measure_without_an_owner_opens_nothing() -> None:
    assert opened(obligation(DUE), owners=()) == []


def test_titles_say_the_period_in_thai() -> None:
    report = obligation(rule="periodic", kind="report", periods=("6-month",), basis="policy")
    assert opened(report)[0].title == "รายงานผลการดำเนินงาน รอบ ๖ เดือน"
    monthly = obligation(rule="monthly", kind="report", phrase="ทุกเดือน", basis="policy")
    assert opened(monthly)[0].title.endswith("เดือนตุลาคม")
    quarterly = obligation(rule="quarterly", kind="report", phrase="ทุกไตรมาส", basis="policy")
    assert opened(quarterly)[-1].title.endswith("ไตรมาสที่ ๔")


def test_titles_are_never_longer_than_a_line_of_a_mail_can_hold() -> None:
    (task,) = opened(obligation(DUE, phrase="จัดทำ" + "แผนงาน " * 60))
    assert len(task.title) <= 121


def test_what_is_asked_of_one_unit_beside_the_measures_is_that_units_task_alone() -> None:
    (task,) = opened(obligation(DUE, measures=(), kind="report", actor=OFFICE), owners=(TREASURY,))
    assert (task.owner.unit, task.owner.kind, task.measure) == (OFFICE, "unit", None)


def test_what_is_asked_of_nobody_named_beside_the_measures_opens_no_task() -> None:
    assert opened(obligation(DUE, measures=(), kind="report")) == []


def test_what_a_measure_asks_of_one_of_its_owners_is_that_owners_alone() -> None:
    named = dataclasses.replace(obligation(DUE), actor=OFFICE)
    assert [task.owner.unit for task in opened(named, owners=(TREASURY, OFFICE))] == [OFFICE]


def test_a_doer_who_is_no_owner_leaves_the_duty_with_the_owners() -> None:
    named = dataclasses.replace(obligation(DUE), actor="กองแผน", phrase="กองแผนรายงานผลสุ่มตรวจ")
    tasks = opened(named, owners=(TREASURY, OFFICE))
    assert [task.owner.unit for task in tasks] == [TREASURY, OFFICE]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2023, 1, 1), date(2023, 3, 31), [1, 2, 3]),
        (date(2023, 1, 16), date(2023, 3, 15), [1, 2, 3]),
        (date(2021, 1, 1), date(2021, 3, 31), [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ],
)
def test_a_monthly_demand_is_owed_while_its_measure_runs(start: date, end: date, months: list[int]) -> None:
    runs = dataclasses.replace(measure(1, TREASURY), timeframe=Timeframe("", start, end))
    monthly = obligation(rule="monthly", kind="report", phrase="รายงานทุกเดือน")
    assert [task.due.month for task in openings(plan(runs, obligations=(monthly,)), 2566, POLICY)] == months
