"""Counts as English sentences have them."""

from tracker.domain.counting import counted


def test_one_is_one_and_none_is_several() -> None:
    assert [counted(n, "task") for n in (0, 1, 2)] == ["0 tasks", "1 task", "2 tasks"]
    assert [counted(n, "person", "people") for n in (0, 1, 2)] == ["0 people", "1 person", "2 people"]
