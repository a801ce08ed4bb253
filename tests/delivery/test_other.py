import pytest

from tests.delivery.test_line import Answering
from tests.fakes_network import closed_port
from tracker.delivery.channel import OutcomeKind
from tracker.delivery.other import AppriseChannel
from tracker.errors import Misconfigured


def test_an_allowed_schema_delivers_to_the_url_of_the_person(outgoing):
    with Answering(200) as server:
        assert AppriseChannel("json").send(outgoing(f"json://127.0.0.1:{server.server_port}/x")).ok
        assert server.paths == ["/x"]


def test_a_service_that_refuses_or_is_away_is_temporary(outgoing):
    with Answering(500) as server:
        outcome = AppriseChannel("json").send(outgoing(f"json://127.0.0.1:{server.server_port}/"))
        assert outcome.kind is OutcomeKind.TEMPORARY
    outcome = AppriseChannel("json").send(outgoing(f"json://127.0.0.1:{closed_port()}/"))
    assert outcome.kind is OutcomeKind.TEMPORARY


@pytest.mark.parametrize("address", ["jsons://h/", "xml://127.0.0.1/", "http://h/", "json", "", "json://"])
def test_another_schema_or_a_broken_url_is_permanent(outgoing, address):
    assert AppriseChannel("json").send(outgoing(address)).kind is OutcomeKind.PERMANENT


def test_a_schema_that_apprise_does_not_know_is_refused_at_the_start():
    with pytest.raises(Misconfigured, match="nosuch"):
        AppriseChannel("nosuch")
