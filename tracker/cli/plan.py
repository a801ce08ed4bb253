"""`tracker plan ...`: read, import and show plans."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.given import DryRun, Json, PlanId, fiscal_year_option
from tracker.cli.help import Commands
from tracker.cli.output import actor, print_json, print_table, remark, say, shown_progress, shown_wait, thai_day
from tracker.domain.counting import counted

if TYPE_CHECKING:
    from tracker.domain.plans import Measure, Obligation, Plan
    from tracker.usecases.import_plan import Imported
    from tracker.usecases.list_plans import Progress

app = Commands(help="Read, import and show plans.")

File = Annotated[Path, typer.Argument(help="The plan as published.")]
FiscalYear = Annotated[int | None, fiscal_year_option("Fiscal year (B.E.), when the document does not say it.")]


@app.command("read")
def read(file: File, as_json: Json = False) -> None:
    """Read a document and show plan, obligations and warnings; stores nothing.

    Example: tracker plan read plan.txt
    """
    from tracker.domain.plans import plan_to_json

    plan = _read(file)
    if as_json:
        print_json(plan_to_json(plan))
    else:
        _show(plan)


@app.command("check")
def check(file: File, as_json: Json = False) -> None:
    """Check the elements that O42 requires, contradictions and gaps; exit 1 when points would be lost.

    Example: tracker plan check plan.txt
    """
    from tracker.domain.plan_checks import check_plan, findings_to_json

    findings = check_plan(_read(file))
    if as_json:
        print_json(findings_to_json(findings))
    else:
        print_table(
            ["คะแนน", "อยู่ที่", "ขาดหรือควรตรวจ", "วิธีแก้"],
            [["เสีย" if each.loses_points else "", each.line, each.missing, each.mend] for each in findings],
            whole=2,
            empty="ครบทุกองค์ประกอบของ O42",
        )
    if any(each.loses_points for each in findings):
        raise typer.Exit(1)


@app.command("explain")
def explain(
    text: Annotated[str, typer.Argument(help="The phrase, as the plan prints it.")],
    fiscal_year: FiscalYear = None,
    as_json: Json = False,
) -> None:
    """Show how one phrase is read.

    Example: tracker plan explain "ภายในวันที่ ๓๑ มีนาคม ๒๕๖๙"
    """
    from tracker.domain.thai.phrases import read_phrase

    found = read_phrase(text, fiscal_year)
    if as_json:
        print_json(found.to_json())
        return
    from tracker.cli.reading_shown import reading_rows

    print_table(["what", "reading"], list(reading_rows(found)), empty="", whole=1)


@app.command("import")
def import_(
    file: File,
    fiscal_year: FiscalYear = None,
    agency: Annotated[str | None, typer.Option(help="Whose plan it is, when the document does not say it.")] = None,
    dry_run: DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before a changed plan changes tasks.")] = False,
) -> None:
    """Store a plan and open its tasks; the same file twice changes nothing.

    A changed plan shows what it changes and, at a terminal, asks before it changes it.

    Example: tracker plan import plan.txt --dry-run
    """
    from tracker.cli.session import opened
    from tracker.usecases.import_plan import import_plan

    plan = _read(file)
    with opened() as services:
        import_it = partial(import_plan, services, plan, actor=actor(), fiscal_year=fiscal_year, agency=agency)
        if not (dry_run or yes) and sys.stdin.isatty():
            with shown_wait("Comparing the plan"):
                rehearsed = import_it(dry_run=True)
            _ask_before_a_change(rehearsed)
        with shown_wait("Opening tasks"):
            done = import_it(dry_run=dry_run)
    _warn(plan)
    _report(done, dry_run=dry_run)


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the plans that were imported.

    Example: tracker plan list
    """
    from tracker.cli.session import opened
    from tracker.usecases.list_plans import list_plans

    with opened() as services:
        rows = list_plans(services)
    if as_json:
        print_json([row.to_json() for row in rows])
        return
    print_table(
        ["id", "agency", "fiscal year", "file", "measures", "tasks", "done"],
        [[row.id, row.agency, row.fiscal_year, row.file, row.measures, row.tasks, row.done] for row in rows],
        empty="No plan was imported yet: tracker plan import FILE.",
    )


@app.command("show")
def show(plan_id: PlanId, as_json: Json = False) -> None:
    """Show an imported plan as it was read, and how far each measure has come.

    Example: tracker plan show 1
    """
    from tracker.cli.session import opened
    from tracker.domain.plans import plan_to_json
    from tracker.usecases.list_plans import plan_progress, stored_plan

    with opened() as services:
        plan, progress = stored_plan(services, plan_id), plan_progress(services, plan_id)
    if as_json:
        print_json({**plan_to_json(plan), "progress": [each.to_json() for each in progress]})
        return
    _show(plan)
    print_table(
        ["no.", "tasks done", "measure"],
        [[each.number or each.seq, _how_far(each), each.title] for each in progress],
        whole=2,
        empty="",
    )


@app.command("export")
def export(
    plan_id: PlanId,
    output: Annotated[Path, typer.Option("--output", "-o", help="The workbook to write (.xlsx).")],
) -> None:
    """Write a plan as a workbook that can be corrected by hand and imported again.

    Example: tracker plan export 1 -o plan.xlsx
    """
    from tracker.cli.session import opened
    from tracker.usecases.export_plan import export_plan

    with opened() as services:
        export_plan(services, plan_id, output)
    say(f"Wrote {output}. Correct it, then: tracker plan import {output} --dry-run")


@app.command("rollover")
def rollover(
    fiscal_year: Annotated[int, fiscal_year_option("Fiscal year (B.E.) of the plan to come.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The workbook to write (.xlsx).")],
    plan_id: Annotated[
        int | None, typer.Option("--plan", metavar="ID", help="The plan to go on from; that of the year before.")
    ] = None,
) -> None:
    """Write next year's plan from this year's measures, every date a year later, to be confirmed; stores nothing.

    Measures that were not done are named first. Each moved date is a remark in the workbook, until somebody deletes it.

    Example: tracker plan rollover --fiscal-year 2570 -o plan-2570.xlsx
    """
    from tracker.cli.session import opened
    from tracker.usecases.roll_over_plan import roll_over_plan

    with opened() as services:
        done = roll_over_plan(services, output, fiscal_year=fiscal_year, plan_id=plan_id)
    print_table(
        ["no.", f"not done in {done.from_year}", "tasks done"],
        [[each.number or each.seq, each.title, _how_far(each)] for each in done.not_done],
        whole=1,
        empty=f"Every measure of {done.from_year} was done.",
    )
    _warn(done.plan)
    measures, rows = counted(len(done.plan.measures), "measure"), counted(len(done.plan.warnings), "row")
    say(f"Wrote {output}: {measures}, {rows} with dates to confirm.")
    remark(f"Correct it, delete each remark that is settled, then: tracker plan import {output} --dry-run")


def _read(file: Path) -> "Plan":
    from tracker.intake.reading import read_plan

    with shown_progress(f"Reading {file.name}") as progress:
        return read_plan(file, progress)


def _show(plan: "Plan") -> None:
    say(f"{plan.agency or 'agency not found'} · fiscal year {plan.fiscal_year or 'not found'} · {plan.source.name}")
    assessed = plan.assessment
    if assessed.score is not None:
        say(f"ITA {assessed.fiscal_year or ''}: {assessed.score} {assessed.grade or ''}")
    print_table(
        ["no.", "line", "measure"],
        [[measure.number or measure.seq, measure.line, _in_short(measure)] for measure in plan.measures],
        whole=2,
        empty="No measures were found.",
    )
    print_table(
        ["kind", "when", "line", "basis", "phrase, and the measures that it is for"],
        [
            [each.kind, _when(each), each.line, each.basis, f"{each.phrase}\n{_numbers(each.measures)}"]
            for each in plan.obligations
        ],
        whole=4,
        empty="No obligations were found.",
    )
    _warn(plan)


def _warn(plan: "Plan") -> None:
    from tracker.domain.plans import place_in_words

    for warning in plan.warnings:
        place = "" if warning.line is None else f"{place_in_words(plan.source.format, warning.line)}: "
        remark(f"! {place}{warning.message}")


def _how_far(measure: "Progress") -> str:
    if not measure.tasks:
        return "owes none"
    return f"{measure.done} of {measure.tasks}{', complete' if measure.complete else ''}"


def _in_short(measure: "Measure") -> str:
    owners = ", ".join(owner.unit for owner in measure.responsible)
    when = measure.timeframe.text if measure.timeframe else ""
    return "\n".join(filter(None, (measure.title, " · ".join(filter(None, (owners, when))))))


def _numbers(seqs: tuple[int, ...]) -> str:
    return ", ".join(map(str, seqs))


def _when(obligation: "Obligation") -> str:
    if obligation.due:
        return thai_day(obligation.due)
    if obligation.start and obligation.end:
        return f"{thai_day(obligation.start)} -\n{thai_day(obligation.end)}"
    return ", ".join(obligation.periods) or obligation.rule


def _ask_before_a_change(rehearsed: "Imported") -> None:
    if rehearsed.replaces and not rehearsed.unchanged:
        _report(rehearsed, dry_run=True)
        typer.confirm("Change the tasks like this?", abort=True)


def _report(done: "Imported", *, dry_run: bool) -> None:
    if done.unchanged:
        say(f"Plan {done.plan_id} ({done.agency}, {done.fiscal_year}) is exactly this file already: nothing changed.")
        return
    print_table(
        ["due", "task"],
        [
            [thai_day(row.due), f"{done.units[row.unit_id]}: {row.title}\n{row.measure_title or ''}".rstrip()]
            for row in done.opened
        ],
        whole=1,
        empty="No new tasks.",
    )
    for row in done.changed:
        say(f"Task {row.id} goes on as: {thai_day(row.due)}, {done.units[row.unit_id]}, {row.title}")
    for row in done.no_longer_stated:
        remark(f"! Task {row.id} ({row.title}) is no longer stated in the plan: waive it if it is not owed any more.")
    for line in done.remarks:
        remark(f"! {line}")
    opened = f"{'Would open' if dry_run else 'Opened'} {counted(len(done.opened), 'task')}"
    say(f"{opened} for {done.agency}, fiscal year {done.fiscal_year}; {done.kept} there before.")
    if not dry_run:
        remark("Next: tracker preview, to see what will be sent and when.")
