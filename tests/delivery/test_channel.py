from datetime import datetime

import pytest

from tracker.delivery.channel import Channel, Outcome, OutcomeKind
from tracker.delivery.line import LineChannel
from tracker.delivery.mail import EmailChannel
from tracker.delivery.other import AppriseChannel


@pytest.mark.parametrize(
    "wrong",
    [
        {"retry_key": "not-a-uuid"},
        {"retry_key": "{12345678-1234-1234-1234-123456789abc}"},
        {"message_id": "<a@b>"},
        {"message_id": "a@b\r\nBcc: c@d"},
        {"message_id": "nohost"},
        {"date": datetime(2026, 3, 2)},
        {"text": " \n"},
    ],
)
def test_a_message_that_could_not_be_repeated_exactly_cannot_be_built(outgoing, wrong):
    with pytest.raises(ValueError, match=r"."):
        outgoing(**wrong)


def test_only_accepted_is_ok():
    assert [kind for kind in OutcomeKind if Outcome(kind).ok] == [OutcomeKind.ACCEPTED]


def test_each_channel_has_its_name():
    channels: list[Channel] = [
        EmailChannel("mailto://127.0.0.1?from=a@b.co"),
        LineChannel("token", "https://api.line.me"),
        AppriseChannel("TGRAM"),
    ]
    assert [channel.name for channel in channels] == ["email", "line", "tgram"]
    for channel in channels:
        channel.close()
