from datetime import date, datetime

import pytest
from hypothesis import given

from tests.builders import measure, obligation, plan
from tests.strategies import plans
from tracker.domain.plan_sheets import (
    FACTS,
    MEASURES,
    OBLIGATIONS,
    SheetError,
    are_plan_sheets,
    from_sheets,
    to_sheets,
)
from tracker.domain.plans import Plan, plan_from_json, plan_to_json

PLAN = plan(measure(1, "กองคลัง"), obligations=(obligation(date(2022, 10, 31)),))


@given(plans())
def test_a_plan_comes_back_from_its_sheets_as_it_was(one: Plan) -> None:
    assert from_sheets(to_sheets(one)) == one


@given(plans())
def test_a_plan_comes_back_from_its_json_as_it_was(one: Plan) -> None:
    assert plan_from_json(plan_to_json(one)) == one


def test_other_sheets_are_not_taken_for_a_plan() -> None:
    assert not are_plan_sheets({FACTS: [["something", "else"]]})
    assert not are_plan_sheets({"Sheet1": [["มาตรการ"]]})
    assert are_plan_sheets(to_sheets(PLAN))


def test_a_corrected_date_wins_in_every_way_of_writing_it() -> None:
    for written in ("30 พ.ย. 2565", "๓๐/๑๑/๒๕๖๕", "2022-11-30", date(2022, 11, 30), datetime(2022, 11, 30)):
        sheets = to_sheets(PLAN)
        sheets[OBLIGATIONS][1][3] = written
        assert from_sheets(sheets).obligations[0].due == date(2022, 11, 30)


def test_columns_may_stand_in_another_order() -> None:
    sheets = to_sheets(PLAN)
    sheets[MEASURES] = [list(reversed(row)) for row in sheets[MEASURES]]
    assert from_sheets(sheets) == PLAN


def test_blank_rows_between_are_passed_over() -> None:
    sheets = to_sheets(PLAN)
    sheets[MEASURES].insert(1, [None, "  "])
    assert from_sheets(sheets) == PLAN


@pytest.mark.parametrize(
    ("sheet", "column", "written", "said"),
    [
        (OBLIGATIONS, 3, "31 พฤศจิกายน 2565", "row 2, กำหนด: “31 พฤศจิกายน 2565” is not a date"),
        (OBLIGATIONS, 3, None, "row 2, กำหนด: is empty"),
        (OBLIGATIONS, 1, "ส่งการบ้าน", "ประเภท: “ส่งการบ้าน” is unknown: write one of รายงาน"),
        (OBLIGATIONS, 0, "7", "names measure 7"),
        (MEASURES, 2, "", "row 2, มาตรการ: is empty"),
        (MEASURES, 0, "หนึ่ง", "row 2, ลำดับ: “หนึ่ง” is not a number"),
        (MEASURES, 3, 1.5, "is not a whole number"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_what_to_write(
    sheet: str, column: int, written: object, said: str
) -> None:
    sheets = to_sheets(PLAN)
    sheets[sheet][1][column] = written  # type: ignore[call-overload]
    with pytest.raises(SheetError, match=said):
        from_sheets(sheets)


def test_a_column_that_was_removed_is_named() -> None:
    sheets = to_sheets(PLAN)
    sheets[MEASURES] = [row[1:] for row in sheets[MEASURES]]
    with pytest.raises(SheetError, match="has no column “ลำดับ”"):
        from_sheets(sheets)
