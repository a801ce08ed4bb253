"""The year's report as JSON (schema `tracker.year/1`, described in docs/reports.md)."""

from pathlib import Path
from typing import Any

from tracker.reports.json_file import write_json_file
from tracker.reports.year import ENDINGS, Scored, Tally, YearReport, YearRow

SCHEMA = "tracker.year/1"


def year_to_json(report: YearReport) -> dict[str, Any]:
    """Return the report as JSON values: dates ISO, absent things null."""
    return {
        "schema": SCHEMA,
        "agency": report.agency,
        "fiscal_year": report.fiscal_year,
        "as_of": report.as_of.isoformat(),
        "year_before": report.year_before,
        "whole": _row(report.whole, None),
        "units": [_row(row, row.label) for row in report.units],
        "indicators": [_row(row, row.label or None) for row in report.indicators],
        "assessment": {
            "fiscal_year": report.scored_year,
            "score": report.score,
            "grade": report.grade,
            "indicators": [_scored(each) for each in report.scored],
        },
    }


def write_json(report: YearReport, path: Path) -> None:
    """Write the report as a JSON file."""
    write_json_file(year_to_json(report), path)


def _row(row: YearRow, label: str | None) -> dict[str, Any]:
    return {"label": label, "now": _tally(row.now), "before": _tally(row.before) if row.before else None}


def _tally(tally: Tally) -> dict[str, Any]:
    share = None if tally.in_time is None else round(tally.in_time, 1)
    return {"total": tally.total, **{ending: tally[ending] for ending in ENDINGS}, "percent_on_time": share}


def _scored(each: Scored) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "instrument": each.instrument,
        "score": each.score,
        "score_before": each.score_before,
        "weak": each.is_weak,
        "measures": [
            {
                "seq": measure.seq,
                "number": measure.number,
                "title": measure.title,
                "standing": measure.standing,
                "tasks": sum(task.state != "waived" for task in measure.tasks),
                "done": sum(task.state == "done" for task in measure.tasks),
            }
            for measure in each.measures
        ],
    }
