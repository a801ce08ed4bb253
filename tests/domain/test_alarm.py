"""The administrator is told once when trouble begins, once a day while it lasts, once when it is over."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.alarm import AGAIN_AFTER, PATIENCE, Memory, alarm

START = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def told(*looks: set[str], every: timedelta = MINUTE) -> list[tuple[int, str]]:
    """Look once for each set of troubles; return at which look what was told."""
    memory, words = Memory(), []
    for n, keys in enumerate(looks):
        found = alarm(memory, keys, START + n * every)
        memory = found.memory
        if found.word:
            words.append((n, found.word))
    return words


def test_trouble_that_is_over_within_two_minutes_is_not_told() -> None:
    assert told({"sweep"}, {"sweep"}, set(), {"sweep"}, set()) == []


def test_trouble_that_lasts_is_told_once_and_so_is_its_end() -> None:
    assert told(*[{"sweep"}] * 30, set(), set()) == [(2, "begins"), (30, "over")]


def test_trouble_is_told_again_once_a_day() -> None:
    looks = told(*[{"disk"}] * 50, every=timedelta(hours=1))
    assert looks == [(1, "begins"), (25, "lasts"), (49, "lasts")]


def test_another_trouble_is_told_though_one_lasts() -> None:
    assert told(*[{"disk"}] * 5, *[{"disk", "broker"}] * 9) == [(2, "begins"), (7, "begins")]


def test_what_the_last_message_named_is_not_told_as_new() -> None:
    assert told({"disk"}, {"disk", "sweep"}, *[{"disk", "sweep"}] * 9) == [(2, "begins")]


def test_one_of_two_troubles_that_ends_is_not_the_end() -> None:
    assert told(*[{"disk", "sweep"}] * 4, *[{"disk"}] * 4, set()) == [(2, "begins"), (8, "over")]


def test_what_is_new_is_said_once() -> None:
    first = alarm(Memory(), {"disk"}, START)
    second = alarm(first.memory, {"disk", "broker"}, START + MINUTE)
    assert (first.new, second.new) == ({"disk"}, {"broker"})


def test_two_memories_are_joined_to_the_earlier_sight_and_the_later_telling() -> None:
    one = Memory({"a": START, "b": START + MINUTE}, START)
    other = Memory({"b": START, "c": START}, START + MINUTE)
    assert one.joined(other) == Memory({"a": START, "b": START, "c": START}, START + MINUTE)
    assert Memory().joined(Memory()) == Memory()


looks = st.lists(st.sets(st.sampled_from("abc")), max_size=60)


@given(looks, st.sampled_from([MINUTE, timedelta(hours=5)]))
def test_whatever_comes_the_end_follows_a_beginning_and_nothing_is_told_twice(sets: list, every: timedelta) -> None:
    words = told(*sets, every=every)
    open_ = False
    for n, (at, word) in enumerate(words):
        assert (word == "over") == (not sets[at])
        assert word == "begins" or open_
        open_ = word != "over"
        if word == "lasts":
            assert (at - words[n - 1][0]) * every >= AGAIN_AFTER
    enough = PATIENCE // every + 2
    if not open_ and len(sets) >= enough:
        assert not set.intersection(*sets[-enough:]), "it lasted, and was not told"
