import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.near_numbers import nearest_numbers


@pytest.mark.parametrize(
    ("typed", "known", "nearest"),
    [
        pytest.param(112, [11, 12, 13, 121], [12, 11, 121], id="a digit too many goes before two that changed places"),
        pytest.param(12, [1, 112, 7], [1, 112], id="a digit too many goes before one too few"),
        pytest.param(21, [12, 20, 99], [12, 20], id="two that changed places go before a wrong one"),
        pytest.param(47, [41, 57, 74, 11], [74, 41, 57], id="of two slips of a kind the nearer number goes first"),
        pytest.param(99, [3, 11, 40, 42], [42, 40, 11], id="without a slip the numbers that lie nearest"),
        pytest.param(1321, [1123, 5000], [1123, 5000], id="digits that changed places over another are no slip"),
        pytest.param(12, [], [], id="nothing is near where nothing is"),
    ],
)
def test_the_likeliest_slip_is_suggested_first(typed: int, known: list[int], nearest: list[int]) -> None:
    assert nearest_numbers(typed, known) == nearest


@given(st.integers(1, 99_999), st.sets(st.integers(1, 99_999), min_size=1, max_size=50))
def test_something_that_exists_is_suggested_whenever_anything_exists(typed: int, known: set[int]) -> None:
    near = nearest_numbers(typed, known)
    assert near
    assert set(near) <= known
    assert len(near) == len(set(near)) <= 3


@given(st.integers(10, 9_999), st.data())
def test_a_single_slip_always_finds_the_number_back(meant: int, data: st.DataObject) -> None:
    digits = str(meant)
    place = data.draw(st.integers(0, len(digits)))
    typed = int(digits[:place] + data.draw(st.sampled_from("123456789")) + digits[place:])
    assert meant in nearest_numbers(typed, [meant, 100_000, 200_000])
