"""`tracker watch`: for cron, and for whoever wants to know now."""

import json

from tests.cli.conftest import Program
from tests.fakes_http import WebListener


def test_it_says_what_is_wrong_and_what_to_do_and_ends_with_1(bare: Program) -> None:
    bare.done("init")
    ran = bare("watch")
    assert ran.code == 1
    assert "No sweep has ended yet." in ran.out
    assert "tracker sweep" in ran.out
    assert ran.complaint == "tracker: The heartbeat was not sent, for something is wrong: mend it as shown."


def test_all_is_well_after_a_sweep_and_the_heartbeat_is_sent(bare: Program) -> None:
    bare.done("init")
    bare.setting("TRACKER_EMAIL_URL", "mailto://127.0.0.1?from=ita@example.org")
    bare.done("sweep")
    with WebListener() as server:
        bare.setting("TRACKER_HEARTBEAT_URL", server.url)
        assert bare.done("watch") == "All is well.\n"
        assert len(server.asked) == 1
        server.status = 500
        ran = bare("watch", "--json")
    assert (ran.code, json.loads(ran.out)) == (0, [])
    assert "The heartbeat was not taken" in ran.complaint


def test_a_sweep_by_hand_or_by_cron_sends_the_heartbeat_too(bare: Program) -> None:
    bare.done("init")
    bare.setting("TRACKER_EMAIL_URL", "mailto://127.0.0.1?from=ita@example.org")
    with WebListener() as server:
        bare.setting("TRACKER_HEARTBEAT_URL", server.url)
        bare.done("sweep", "--deliver")
        assert len(server.asked) == 1
        bare.done("sweep", "--dry-run")
        assert len(server.asked) == 1
        server.status = 500
        assert "The heartbeat was not taken" in bare("sweep").complaint


def test_an_administrators_address_that_cannot_be_used_is_one_clear_line(bare: Program) -> None:
    bare.done("init")
    bare.setting("TRACKER_ADMIN_URL", "admin@example.org")
    assert "TRACKER_ADMIN_URL is not an Apprise URL" in bare("watch").complaint


def test_it_works_while_the_database_is_away(bare: Program) -> None:
    bare.done("init")
    bare.setting("TRACKER_DATABASE_URL", "postgresql+psycopg://tracker@127.0.0.1:1/tracker")
    ran = bare("watch", "--json")
    assert ran.code == 1
    assert [each["code"] for each in json.loads(ran.out)] == ["database"]


def test_health_asks_the_same_questions_but_fewer(bare: Program) -> None:
    bare.done("init")
    assert bare.done("health") == "healthy\n"
    assert "No sweep has ended yet" in bare("health", "--sweep-within", 60).complaint
    bare.setting("TRACKER_REDIS_URL", "redis://127.0.0.1:1/0")
    assert "The broker does not answer" in bare("health", "--broker").complaint
