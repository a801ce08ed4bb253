from datetime import date
from importlib import resources

import pytest

from schedules.calendars import WorkCalendar
from schedules.ladders import (
    Ladder,
    LadderPolicy,
    Rung,
    ladder_from_json,
    parse_ladder,
    parse_ladders,
    shipped_ladder,
)
from schedules.reporting import parse_reporting, shipped_reporting

RUNG = '[[rung]]\nname = "due"\nbefore = 0\naudience = ["owner"]\ntone = "today"\n'
HEAD = "promises = 2\npromise_days = 14\n"


def test_the_shipped_ladder_has_the_rungs_of_the_contract() -> None:
    names = [rung.name for rung in shipped_ladder().rungs]
    weekly = [f"overdue-weekly-{n}" for n in range(1, 9)]
    before = ["before-30", "before-14", "before-7", "before-3", "before-1", "due"]
    assert names == [*before, "overdue-1", "overdue-3", "overdue-7", *weekly]


def test_escalation_reaches_supervisors_after_three_and_executives_after_seven_working_days() -> None:
    rungs = {rung.name: rung for rung in shipped_ladder().rungs}
    calendar = WorkCalendar()
    assert rungs["overdue-3"].day(date(2022, 10, 31), calendar) == date(2022, 11, 3)
    assert "supervisor" in rungs["overdue-3"].audience
    assert rungs["overdue-7"].day(date(2022, 10, 31), calendar) == date(2022, 11, 9)
    assert "executive" in rungs["overdue-7"].audience


def test_a_rung_before_the_due_date_moves_back_to_a_working_day() -> None:
    due_rung = next(rung for rung in shipped_ladder().rungs if rung.name == "due")
    assert due_rung.day(date(2023, 4, 30), WorkCalendar()) == date(2023, 4, 28)  # a Sunday


def test_a_ladder_comes_back_from_json_as_it_was() -> None:
    ladder = shipped_ladder()
    again = ladder_from_json(ladder.to_json())
    assert again == ladder
    assert again.fingerprint() == ladder.fingerprint()


def test_a_ladder_stored_before_there_was_a_limit_to_catching_up_is_read_with_the_default() -> None:
    body = shipped_ladder().to_json()
    del body["catch_up_days"]
    assert ladder_from_json(body) == shipped_ladder()


def test_a_ladder_file_that_names_no_limit_to_catching_up_has_30_days() -> None:
    assert parse_ladder(HEAD + RUNG).catch_up_days == 30
    assert parse_ladder("catch_up_days = 7\n" + HEAD + RUNG).catch_up_days == 7


def test_a_ladder_with_another_word_has_another_fingerprint() -> None:
    assert parse_ladder(HEAD + RUNG).fingerprint() != parse_ladder(HEAD + RUNG.replace("today", "coming")).fingerprint()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no \\[\\[rung\\]\\]"),
        (HEAD + "x = 1\n" + RUNG, "unknown key x"),
        (HEAD + RUNG.replace("owner", "boss"), "rung due: audience"),
        (HEAD + RUNG.replace("before = 0", ""), "either before or after"),
        (HEAD + RUNG.replace("before = 0", "before = -1"), "whole number"),
        (HEAD + RUNG + RUNG, "two rungs are named due"),
        (HEAD + RUNG + RUNG.replace('"due"', '"again"'), "does not come after"),
        (HEAD + RUNG.replace("today", "shouting"), "tone is one of"),
        ("rung = 5", "no \\[\\[rung\\]\\]"),
        ("not toml", "not valid TOML"),
    ],
)
def test_a_wrong_ladder_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_ladder(text)


KINDS = ("report", "publish")
OF_A_KIND = RUNG.replace("[[rung]]", "[[publish.rung]]")


def test_a_kind_without_a_table_has_the_default_ladder() -> None:
    policy = parse_ladders(HEAD + RUNG, KINDS)
    assert policy == LadderPolicy(parse_ladder(HEAD + RUNG))
    assert policy.of("publish") == policy.of("report") == policy.default


def test_a_kind_has_the_rungs_of_its_own_table_and_the_rest_from_the_default() -> None:
    own = OF_A_KIND.replace("before = 0", "before = 5")
    policy = parse_ladders(f"catch_up_days = 9\n{HEAD}{RUNG}[publish]\npromises = 1\n{own}", KINDS)
    publish = policy.of("publish")
    assert [rung.offset for rung in publish.rungs] == [-5]
    assert (publish.promises, publish.promise_days, publish.catch_up_days) == (1, 14, 9)
    assert policy.of("report") == policy.default


def test_a_kind_that_names_numbers_only_keeps_the_rungs_of_the_default() -> None:
    policy = parse_ladders(HEAD + RUNG + "[publish]\ncatch_up_days = 3\n", KINDS)
    assert policy.of("publish").rungs == policy.default.rungs
    assert policy.of("publish").catch_up_days == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[publsh]\npromises = 1\n", r"unknown kind \[publsh\]: write one of report, publish"),
        ("[publish]\npromise = 1\n", r"\[publish\] unknown key promise"),
        ("[publish]\npromises = -1\n", r"\[publish\] the ladder: promises is a whole number"),
        ("[publish]\nrung = 3\n", r"\[publish\] no \[\[rung\]\]"),
        ("[[publish]]\n", r"publish is a table"),
        (OF_A_KIND.replace("owner", "boss"), r"\[publish\] rung due: audience"),
        (OF_A_KIND + OF_A_KIND, r"\[publish\] two rungs are named due"),
    ],
)
def test_a_wrong_table_of_a_kind_says_which_and_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_ladders(HEAD + RUNG + text, KINDS)


def test_the_table_that_the_shipped_file_shows_in_its_comment_can_be_used() -> None:
    text = resources.files("schedules").joinpath("ladder.toml").read_text(encoding="utf-8")
    shown = "\n".join(line.removeprefix("#") for line in text.splitlines() if line.startswith("#   "))
    policy = parse_ladders(f"{text}\n{shown}", KINDS)
    assert (policy.of("publish").catch_up_days, len(policy.of("publish").rungs)) == (10, 1)


def rung(name: str, offset: int) -> Rung:
    return Rung(name, offset, ("owner",), "coming")


@pytest.mark.parametrize(
    ("said", "stands_for"),
    [
        (rung("b", -7), 1),  # the same name at the same time
        (rung("b", -30), 1),  # the same name, moved later
        (rung("a", 0), 2),  # the same name, moved earlier: never back in time
        (rung("gone", -8), 0),  # no such name: the last that is not after it
        (rung("gone", 99), 3),
        (rung("gone", -15), -1),  # before all of these
    ],
)
def test_a_rung_of_another_ladder_stands_for_its_namesake_or_the_last_before_it(said: Rung, stands_for: int) -> None:
    ladder = Ladder((rung("a", -14), rung("b", -7), rung("c", 0), rung("d", 3)))
    assert ladder.place_of(said) == stands_for


def test_an_empty_ladder_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="at least one rung"):
        Ladder(())


def test_the_shipped_report_dates_are_the_ends_of_the_halves() -> None:
    policy = shipped_reporting()
    assert policy.due("6-month", 2566) == date(2023, 3, 31)
    assert policy.due("12-month", 2566) == date(2023, 9, 30)
    assert policy.due("3-month", 2566) == date(2022, 12, 31)


def test_a_fiscal_year_of_its_own_wins_over_the_default() -> None:
    lines = '"3-month"="12-31"\n"6-month"="03-31"\n"9-month"="06-30"\n"12-month"="09-30"\n'
    policy = parse_reporting(f'[default]\n{lines}[2567]\n"6-month"="03-15"\n')
    assert policy.due("6-month", 2567) == date(2024, 3, 15)
    assert policy.due("6-month", 2568) == date(2025, 3, 31)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[default]\n"6-month"="03-31"', "lacks 3-month"),
        ('[someday]\n"6-month"="03-31"', "neither default nor a fiscal year"),
        ('[default]\n"6-month"="31 March"', "write a month and a day"),
        ('[default]\n"6-month"="02-31"', "not a day of the year"),
        ('[default]\n"7-month"="02-28"', "not one of"),
    ],
)
def test_wrong_report_dates_say_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_reporting(text)
