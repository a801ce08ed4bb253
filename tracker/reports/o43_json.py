"""The O43 report as JSON (schema `tracker.o43/1`, described in docs/reports.md)."""

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tracker.reports.json_file import write_json_file
from tracker.reports.o43 import COUNTED, Bar, MeasureReport, Missing, O43Report, TaskReport

SCHEMA = "tracker.o43/1"


def report_to_json(report: O43Report) -> dict[str, Any]:
    """Return the report as JSON values: dates ISO, people's words unchanged, absent things null."""
    return {
        "schema": SCHEMA,
        "agency": report.agency,
        "fiscal_year": report.fiscal_year,
        "as_of": report.as_of.isoformat(),
        "plan": {"id": report.plan_id, "file": report.file, "sha256": report.sha256},
        "assessment": {"fiscal_year": report.scored_year, "score": report.score, "grade": report.grade},
        "complete": not report.missing,
        "missing": [_missing(each) for each in report.missing],
        "counts": {"measures": report.measure_counts, "tasks": report.task_counts},
        "by_month": [_bar(bar) for bar in report.by_month],
        "by_unit": [_bar(bar) for bar in report.by_unit],
        "measures": [_measure(measure) for measure in report.measures],
        "of_the_plan": [_task(task) for task in report.of_the_plan],
    }


def _missing(each: Missing) -> dict[str, Any]:
    return {
        "measure": each.measure.seq if each.measure else None,
        "task": each.task.id if each.task else None,
        "unit": each.task.unit if each.task else None,
        "due": each.task.due.isoformat() if each.task else None,
        "status": each.task.state if each.task else None,
        "elements": list(each.elements),
    }


def _bar(bar: Bar) -> dict[str, Any]:
    return {"label": bar.label, **dict(zip(COUNTED, bar.counts, strict=True))}


def _measure(measure: MeasureReport) -> dict[str, Any]:
    return {
        "seq": measure.seq,
        "number": measure.number,
        "title": measure.title,
        "indicator": asdict(measure.indicator) if measure.indicator else None,
        "steps": list(measure.steps),
        "responsible": list(measure.responsible),
        "timeframe": measure.timeframe,
        "monitoring": measure.monitoring,
        "standing": measure.standing,
        "tasks": [_task(task) for task in measure.tasks],
    }


def _task(task: TaskReport) -> dict[str, Any]:
    told = {key: _plain(value) for key, value in asdict(task).items() if key != "state"}
    return {**told, "status": task.state, "missing": list(task.missing)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def write_json(report: O43Report, path: Path) -> None:
    """Write the report as a JSON file."""
    write_json_file(report_to_json(report), path)
