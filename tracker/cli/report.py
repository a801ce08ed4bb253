"""`tracker report ...`: what the agency shows for its plan and its year, and memos to sign."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.given import Json, TaskId, fiscal_year_option
from tracker.cli.help import Commands
from tracker.cli.output import folded, print_json, print_table, remark, say, shown_wait

if TYPE_CHECKING:
    from tracker.reports.o43 import MeasureReport, O43Report
    from tracker.reports.year import YearReport

Output = Annotated[Path | None, typer.Option("--output", "-o", help="A file to write: .docx, .xlsx, .html or .json.")]
Agency = Annotated[str | None, typer.Option(help="Whose plan, when several have one for that year.")]

app = Commands(help="Reports: O43, the year in figures, and memos to sign.")


@app.command("o43")
def o43(
    fiscal_year: Annotated[int, fiscal_year_option("Fiscal year of the plan (B.E.).")],
    output: Output = None,
    agency: Agency = None,
    as_json: Json = False,
) -> None:
    """Report what was done for each measure, and which required elements are missing; these come first.

    Without -o a summary is shown. A file of the name given is replaced; nothing else is touched.

    Example: tracker report o43 --fiscal-year 2569 -o o43.docx
    """
    from tracker.cli.session import opened
    from tracker.reports.o43_json import report_to_json
    from tracker.usecases.report_o43 import o43_report, write_o43

    with opened() as services, shown_wait("Working the report out"):
        if output is None:
            report = o43_report(services, fiscal_year=fiscal_year, agency=agency)
        else:
            with _told_written(output):
                report = write_o43(services, output, fiscal_year=fiscal_year, agency=agency)
    if as_json:
        print_json(report_to_json(report))
    elif output is None:
        _show(report)
    _count_missing(report)


@app.command("year")
def year(
    fiscal_year: Annotated[
        int | None, fiscal_year_option("Fiscal year of the plan (B.E.); the present one if left out.")
    ] = None,
    output: Output = None,
    agency: Agency = None,
    as_json: Json = False,
) -> None:
    """Report the year in figures, beside the year before: done in time, late, open, waived, by unit and indicator.

    Scores of the assessment stand beside what was done about each indicator, the weakest first.

    Example: tracker report year --fiscal-year 2569 -o year.docx
    """
    from tracker.cli.session import opened
    from tracker.reports.year_json import year_to_json
    from tracker.usecases.report_year import report_of_year, write_year

    with opened() as services, shown_wait("Working the year out"):
        if output is None:
            report = report_of_year(services, fiscal_year=fiscal_year, agency=agency)
        else:
            with _told_written(output):
                report = write_year(services, output, fiscal_year=fiscal_year, agency=agency)
    if as_json:
        print_json(year_to_json(report))
    elif output is None:
        _show_year(report)


@app.command("memo")
def memo(
    task_id: TaskId,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A Word document to write (.docx).")] = None,
) -> None:
    """Write the memo (บันทึกข้อความ) of a task's newest follow-up, ready to be numbered and signed.

    Without -o its words are shown. A file of the name given is replaced.

    Example: tracker report memo 12 -o memo.docx
    """
    from tracker.cli.session import opened
    from tracker.reports.memo import memo_text
    from tracker.usecases.report_memo import follow_up_memo, write_memo

    with opened() as services:
        if output is None:
            say(memo_text(follow_up_memo(services, task_id)))
            return
        with _told_written(output):
            write_memo(services, task_id, output)


@contextmanager
def _told_written(path: Path) -> Iterator[None]:
    """Say that a file was written, and whether it took another one's place."""
    verb = "Replaced" if path.exists() else "Wrote"
    yield
    remark(f"{verb} {path}.")


def _show(report: "O43Report") -> None:
    from tracker.reports import o43_words as words

    heading = f"{report.agency} · {words.title(report)} · {words.as_of(report)}"
    say(folded(heading, sys.stdout))
    print_table(
        ["measure", "task", "unit", "missing"],
        [
            [measure, gap.task, gap.units, gap.lacks]
            for measure, gaps in words.gaps(report.missing).items()
            for gap in gaps
        ],
        empty=words.COMPLETE,
    )
    for line in words.counts(report):
        say(line)
    print_table(
        ["no.", "measure", "standing", "done"],
        [
            [
                words.number_of(each),
                each.title,
                words.STANDING[each.standing],
                _how_far(each),
            ]
            for each in report.measures
        ],
        whole=1,
        empty="The plan has no measures.",
    )


def _show_year(report: "YearReport") -> None:
    from tracker.reports import year_words as words
    from tracker.reports.o43_words import score_words

    heading = f"{report.agency} · {words.title(report)} · {words.as_of(report)}"
    say(folded(heading, sys.stdout))
    for line in (*words.summary(report), words.compared(report)):
        say(line)
    units = [(row.label, row) for row in report.units]
    for first, rows in (
        ("unit", [*units, (words.WHOLE, report.whole)]),
        ("indicator", [(words.indicator_label(row), row) for row in report.indicators]),
    ):
        print_table(
            [first, "all", "in time", "late", "open", "overdue", "waived", "in time %"],
            [
                [label, *(now if before is None else f"{now}\n({before})" for now, before in words.figures(row))]
                for label, row in rows
            ],
            empty="The plan has no tasks.",
        )
    print_table(
        ["indicator", "score", "measures for it"],
        [
            [words.scored_label(each), score_words(each.score), "\n".join(words.measure_lines(each))]
            for each in report.scored
        ],
        empty=words.NO_SCORES,
    )


def _how_far(measure: "MeasureReport") -> str:
    owed = [task for task in measure.tasks if task.state != "waived"]
    return f"{sum(task.state == 'done' for task in owed)} of {len(owed)}"


def _count_missing(report: "O43Report") -> None:
    late = sum(not each.is_expected for each in report.missing)
    waiting = len(report.missing) - late
    if late or waiting:
        remark(f"! Not complete: {late} lack required elements, {waiting} are not due yet; they are listed first.")
