import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.indicators import (
    INDICATORS,
    grade_of,
    indicator,
    indicator_of,
    named_indicators,
    score_value,
    total_of,
)


def test_the_ten_indicators_belong_to_their_tools():
    assert [one.id for one in INDICATORS] == list(range(1, 11))
    assert [one.instrument for one in INDICATORS] == ["IIT"] * 5 + ["EIT"] * 3 + ["OIT"] * 2


@pytest.mark.parametrize("one", INDICATORS)
def test_an_indicator_is_known_by_its_name_and_never_by_the_number_before_it(one):
    for name in one.names:
        (found,) = named_indicators(f"๓. {name} เป็นการประเมิน")
        assert found.id == one.id


def test_a_blank_that_ocr_left_inside_a_name_does_not_hide_it():
    assert [one.id for one in named_indicators("การป้องกันการ ทุจริต")] == [10]


def test_the_name_of_the_tool_is_not_that_of_indicator_nine():
    assert named_indicators("แบบวัดการเปิดเผยข้อมูลสาธารณะ (OIT)") == ()


@given(st.floats(0, 100))
def test_equal_scores_give_that_score_as_total(score):
    total = total_of(dict.fromkeys(range(1, 11), score))
    assert total == pytest.approx(score)


def test_a_missing_score_gives_no_total():
    assert total_of(dict.fromkeys(range(1, 10), 90.0)) is None


@pytest.mark.parametrize(
    ("score", "grade"), [(95.0, "AA"), (94.99, "A"), (85.0, "A"), (84.99, "B"), (55.0, "D"), (54.9, None)]
)
def test_a_total_has_its_band_where_the_years_agree(score, grade):
    assert grade_of(score) == grade


@pytest.mark.parametrize(
    ("text", "value"), [("๘๕.๔๖", 85.46), ("ร้อยละ 90.1", 90.1), ("๑๐๐", 100.0), ("ดี", None), ("101", None)]
)
def test_a_cell_is_a_score_only_when_it_holds_one_alone(text, value):
    assert score_value(text) == value


def test_a_title_is_linked_by_what_it_speaks_of_and_not_when_it_speaks_of_several():
    assert indicator_of("การยืมทรัพย์สินของหน่วยงาน") == 4
    assert indicator_of("ช่องทางร้องเรียนและการสื่อสาร") is None
    assert indicator_of("รักษาคะแนนประจำปีงบประมาณ พ.ศ. ๒๕๖๙") is None
    assert indicator(4).name == "การใช้ทรัพย์สินของทางราชการ"
