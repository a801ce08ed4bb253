"""The JSON that other programs read has exactly the documented keys."""

import dataclasses
import json
from datetime import datetime
from typing import Any

import pytest

from tests.cli.conftest import PLAN, Program
from tests.fakes import FakeChannel, FakeClock
from tracker.bootstrap import build
from tracker.usecases.deliver import deliver
from tracker.usecases.sweep import sweep

TASK = {
    "id", "plan", "measure", "kind", "period", "title", "unit", "owner", "due", "status", "overdue_days", "next_rung",
    "next_notice_at", "basis", "phrase",
}  # fmt: skip
MESSAGE = {
    "id", "recipient", "channel", "address", "status", "attempts", "created_at", "sent_at", "error", "notices",
}  # fmt: skip
NOTICE = {"task", "rung", "audience"}
EXPLAINED = {
    "rule", "due", "start", "end", "precision", "periods", "day", "offset", "fiscal_year", "alternatives",
}  # fmt: skip


def read(program: Program, *args: str) -> Any:
    return json.loads(program.done(*args, "--json"))


def swept(program: Program, *, sent: bool = True) -> Program:
    """Sweep and send once, at an open hour, on channels that record."""
    services = build(clock=FakeClock("2025-11-26 09:00"), sending=False)
    services = dataclasses.replace(services, channels={"email": FakeChannel("email"), "line": FakeChannel("line")})
    sweep(services)
    for channel in services.channels if sent else ():
        deliver(services, channel)
    services.close()
    return program


def test_task_list(filled: Program) -> None:
    rows = read(filled, "task", "list")
    assert rows
    for row in rows:
        assert set(row) == TASK
        assert row["measure"] is None or set(row["measure"]) == {"seq", "number", "title"}
        assert row["next_notice_at"] is None or datetime.fromisoformat(row["next_notice_at"]).tzinfo


def test_message_list(filled: Program) -> None:
    rows = read(swept(filled), "message", "list")
    assert rows
    for row in rows:
        assert set(row) == MESSAGE
        assert all(set(notice) == NOTICE for notice in row["notices"])


def test_addresses_are_masked_unless_revealed(filled: Program) -> None:
    swept(filled)
    for command in (("message", "list"), ("message", "show", "1"), ("people", "list")):
        for as_json in ((), ("--json",)):
            hidden = filled.done(*command, *as_json)
            assert "khlang.officer@" not in hidden
            assert "U910163947c248a8d4c60b0a4e3c9173e" not in hidden
    assert "khlang.officer@example.org" in filled.done("message", "list", "--json", "--reveal")
    assert "khlang.officer@example.org" in filled.done("people", "list", "--json", "--reveal")


def test_preview(filled: Program) -> None:
    rows = read(filled, "preview", "--now", "2025-11-20T09:00", "--to", "2025-12-31")
    assert rows
    for row in rows:
        assert set(row) == {"at", "recipient", "channel", "subject", "notices"}
        assert all(set(notice) == NOTICE for notice in row["notices"])
        assert datetime.fromisoformat(row["at"]).tzinfo


def test_plan_read(tracker: Program) -> None:
    plan = read(tracker, "plan", "read", str(PLAN))
    assert set(plan) == {
        "schema", "source", "agency", "document", "fiscal_year", "assessment", "measures", "obligations", "warnings",
    }  # fmt: skip
    assert plan["schema"] == "tracker.plan/1"
    assert set(plan["source"]) == {"name", "sha256", "format"}
    assert set(plan["document"]) == {"number", "date", "subject"}
    assert set(plan["assessment"]) == {"fiscal_year", "score", "grade", "indicators"}
    wanted = {
        "assessment.indicators": {"id", "name", "instrument", "score", "line"},
        "measures": {
            "seq", "number", "title", "indicator", "steps", "responsible", "timeframe", "monitoring", "line",
        },
        "obligations": {
            "measures", "kind", "rule", "due", "periods", "start", "end", "actor", "phrase", "line", "basis",
        },
    }  # fmt: skip
    for key, keys in wanted.items():
        rows = plan["assessment"]["indicators"] if "." in key else plan[key]
        assert rows
        assert all(set(row) == keys for row in rows), key
    assert all(set(row) == {"code", "message", "line"} for row in plan["warnings"])
    assert all(set(owner) == {"unit", "kind"} for row in plan["measures"] for owner in row["responsible"])
    assert all(
        set(row["timeframe"] or {"text", "start", "end"}) == {"text", "start", "end"} for row in plan["measures"]
    )


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("ภายในวันที่ ๓๑ มีนาคม ๒๕๖๙", {"rule": "due", "due": "2026-03-31"}),
        ("ม.ค.-มี.ค. ๖๙", {"rule": "window", "start": "2026-01-01", "end": "2026-03-31"}),
        ("รอบ ๖ เดือน และรอบ ๑๒ เดือน", {"rule": "periodic", "periods": ["6-month", "12-month"]}),
        ("อย่างต่อเนื่อง", {"rule": "continuous"}),
        ("ทดสอบ", {"rule": "none"}),
    ],
)
def test_plan_explain(bare: Program, phrase: str, wanted: dict[str, object]) -> None:
    found = read(bare, "plan", "explain", phrase)
    assert set(found) == EXPLAINED
    assert {key: found[key] for key in wanted} == wanted


def test_every_listing_prints_json(filled: Program) -> None:
    swept(filled)
    listings = [
        ("plan", "list"), ("plan", "show", "1"), ("people", "list"), ("unit", "list"), ("task", "list"),
        ("task", "show", "1"), ("notice", "list"), ("notice", "list", "--suppressed"), ("message", "list"),
        ("message", "show", "1"), ("evidence", "list"), ("ladder", "show"), ("holiday", "list", "2569"), ("status",),
        ("audit",), ("audit", "1"), ("preview",),
    ]  # fmt: skip
    for listing in listings:
        assert read(filled, *listing) is not None, listing
