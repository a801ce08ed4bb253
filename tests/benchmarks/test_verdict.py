"""The campaign's judgement itself: a promise that is broken must be called so."""

from benchmarks.campaign.agency import readers
from benchmarks.campaign.arrivals import Arrival, Arrivals
from benchmarks.campaign.processes import Kill
from benchmarks.campaign.verdict import (
    all_sent,
    line_never_doubled,
    mails_doubled_by_kills_only,
    mails_keep_their_id,
    nobody_lost,
    told_by_one_channel,
)

EVEN, ODD = readers(2)
IN_HAND = {"worker 1": 1}


def mail(at, key="m@x", to=EVEN.email):
    return Arrival(at, to, key)


def push(at, key="k", to=ODD.line):
    return Arrival(at, to, key)


def kept(claims):
    return [claim.kept for claim in claims]


def test_who_was_told_by_no_channel_is_lost():
    assert nobody_lost([EVEN, ODD], [mail(1)], [push(1)]).kept
    assert not nobody_lost([EVEN, ODD], [mail(1)], []).kept


def test_two_pushes_to_one_reader_are_a_duplicate_and_a_dropped_repeat_is_none():
    assert line_never_doubled([push(1)], [Arrival(2, "409", "k")]).kept
    assert not line_never_doubled([push(1), push(2, key="l")], []).kept


def test_mail_and_push_to_one_reader_are_one_too_many():
    assert not told_by_one_channel([ODD], [mail(1, to=ODD.email)], [push(1)]).kept


def test_a_second_mail_must_bear_the_first_ones_id():
    assert mails_keep_their_id([mail(1), mail(2)]).kept
    assert not mails_keep_their_id([mail(1), mail(2, key="n@x")]).kept


def test_a_kill_just_after_the_first_copy_explains_the_second():
    assert kept(mails_doubled_by_kills_only([mail(10), mail(130)], [Kill(10.2, "worker 1")], IN_HAND)) == [True, True]


def test_a_disk_that_was_full_explains_what_was_accepted_meanwhile():
    full = [Kill(1, "disk", lasts=15)]
    assert kept(mails_doubled_by_kills_only([mail(14), mail(130)], full, {"disk": 1})) == [True, True]
    assert kept(mails_doubled_by_kills_only([mail(18), mail(130)], full, {"disk": 1})) == [False, False]


def test_a_duplicate_without_a_kill_is_not_explained():
    assert kept(mails_doubled_by_kills_only([mail(10), mail(130)], [], IN_HAND)) == [False, False]
    late = Kill(131, "worker 1")
    assert kept(mails_doubled_by_kills_only([mail(10), mail(130)], [late], IN_HAND)) == [True, False]
    assert kept(mails_doubled_by_kills_only([mail(10), mail(130)], [Kill(10.2, "beat")], IN_HAND)) == [False, False]


def test_one_kill_explains_no_more_than_was_in_hand():
    copies = [mail(10), mail(10, to="b@x"), mail(130), mail(130, to="b@x")]
    assert kept(mails_doubled_by_kills_only(copies, [Kill(10.2, "worker 1")], IN_HAND)) == [False, True]


def test_the_ledger_must_say_sent_of_one_message_for_each():
    sent = {"status": "sent", "recipient": EVEN.name}
    assert kept(all_sent([sent], [EVEN])) == [True, True]
    assert kept(all_sent([sent, sent], [EVEN])) == [True, False]
    assert kept(all_sent([{**sent, "status": "dead"}], [EVEN])) == [False, True]
    assert kept(all_sent([], [EVEN])) == [False, False]


def test_a_book_is_read_while_it_is_written(tmp_path):
    book = Arrivals(tmp_path / "book")
    assert book.read().accepted == []
    book.path.write_text('{"at": 1, "to": "a", "key": "k"}\n{"at": 2, "to": "40')
    assert [each.to for each in book.read().accepted] == ["a"]
    with book.path.open("a") as file:
        file.write('9", "key": "k"}\n')
    assert [each.key for each in book.read().dropped] == ["k"]
    assert book.readers == {"a"}
