"""The doctor's own rules: who is the last, how long it waits, and what it leaves alone."""

import os
import socket
from collections.abc import Iterator

import pytest

from tests.builders import World
from tracker.bootstrap import build, open_bounces, open_channel
from tracker.settings import load_settings
from tracker.usecases.bench import Tools
from tracker.usecases.examine import PARTS, examine


@pytest.fixture
def silent() -> Iterator[str]:
    """A relay that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"mailto://127.0.0.1:{server.getsockname()[1]}?from=ita@example.org&mode=insecure"


def tools() -> Tools:
    return Tools(
        load=lambda: load_settings(os.environ),
        build=lambda settings: build(settings, sending=False, checked=False),
        open_channel=open_channel,
        open_bounces=open_bounces,
        broker_of=lambda _: None,
        ask_workers=lambda _url, _needed: {},
    )


def test_a_part_that_does_not_answer_in_time_is_broken_and_the_last(
    world: World, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.home.mkdir()
    monkeypatch.setenv("TRACKER_HOME", str(world.home))
    monkeypatch.setenv("TRACKER_DATABASE_URL", str(world.store.engine.url))
    monkeypatch.setenv("TRACKER_EMAIL_URL", silent)
    *before, last = examine(tools(), within=2)
    assert (last.part, last.state) == ("e-mail", "broken")
    assert "no answer in 2 s" in last.said
    assert [proof.part for proof in before] == [part for part in PARTS if part in {each.part for each in before}]
    assert {proof.state for proof in before} == {"ok", "remark"}
