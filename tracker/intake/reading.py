"""From a document's layout to a plan: the one interpreter, which knows no file format."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from tracker.domain.obligations import HALVES, policy_obligations
from tracker.domain.plans import Measure, Obligation, Plan, PlanWarning, place_in_words
from tracker.intake import doubts
from tracker.intake.agency import read_agency
from tracker.intake.blocks import read_blocks
from tracker.intake.column_doubts import column_doubts
from tracker.intake.documents import kind_of, read_bytes, read_layout
from tracker.intake.duties import measure_duties, read_window
from tracker.intake.elements import element_doubts
from tracker.intake.items import step_items
from tracker.intake.layout import Layout, Table, counted
from tracker.intake.letter_duties import letter_duties
from tracker.intake.letter_sentences import schedule_rows
from tracker.intake.letters import read_letter
from tracker.intake.limits import Progress, quiet
from tracker.intake.measures import MeasureRow, measure_rows
from tracker.intake.owners import read_owners
from tracker.intake.plan_workbook import read_plan_workbook
from tracker.intake.scores import read_scores
from tracker.intake.turning import upright
from tracker.intake.years import read_years


def read_plan(path: Path, progress: Progress = quiet) -> Plan:
    """Return the plan that a document holds, with its obligations and everything doubtful as warnings.

    A workbook that `tracker plan export` wrote is the plan itself, with a person's corrections. Raises Refused when the
    file cannot be read; a readable document without measures gives a plan without
    measures and a warning "no-measures".
    """
    data = read_bytes(path)
    if kind_of(data) == "xlsx" and (corrected := read_plan_workbook(path.name, data)):
        return corrected
    return interpret(read_layout(path.name, data, progress))


def interpret(layout: Layout) -> Plan:
    """Return the plan that a layout holds; the same layout always gives the same plan."""
    counted_layout, place_of = counted(upright(layout))
    kind = layout.source.format
    plan = _placed(_interpreted(counted_layout, lambda line: place_in_words(kind, place_of(line))), place_of)
    return replace(plan, warnings=(*layout.remarks, *plan.warnings))


def _interpreted(layout: Layout, at: Callable[[int], str]) -> Plan:
    rows = measure_rows(layout)
    agency, letter = read_agency(layout), read_letter(layout)
    scores = read_scores(layout, skip=_measure_blocks(layout, rows))
    years = read_years(layout, rows).or_after(scores.assessment.fiscal_year)
    measures = tuple(_measure(row, seq, years.plan) for seq, row in enumerate(rows, start=1))
    mined = [measure_duties(row, seq, years.plan) for seq, row in enumerate(rows, start=1)]
    everyone = tuple(measure.seq for measure in measures)
    taken = read_blocks(layout).lines | {row.line for row in rows}
    around = [line for line in layout.paragraphs() if line.line not in taken]
    around = sorted([*around, *schedule_rows(layout, taken)], key=lambda line: line.line)
    shared = letter_duties(around, everyone, letter.addressee, years.plan, years.earliest)
    own = [replace(duty, line=row.line) for row, one in zip(rows, mined, strict=True) for duty in one.obligations]
    stated: tuple[Obligation, ...] = (*shared.obligations, *(duty for one in mined for duty in one.obligations))
    warnings: list[PlanWarning] = [
        *doubts.agency_doubts(agency),
        *doubts.year_doubts(years),
        *doubts.score_doubts(scores, layout, at),
        *doubts.numbering_doubts(measures),
        *doubts.row_doubts(measures, rows),
        *column_doubts(layout),
        *(warning for one in (shared, *mined) for warning in one.warnings),
        *doubts.supplementary_doubts(layout, rows),
        *([] if measures else [doubts.NO_MEASURES]),
        *element_doubts(layout, scores.assessment),
    ]
    return Plan(
        source=layout.source,
        agency=agency.name,
        document=letter.document,
        fiscal_year=years.plan,
        assessment=scores.assessment,
        measures=measures,
        obligations=(*stated, *policy_obligations(measures, _replacing([*shared.obligations, *own]), years.plan)),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _replacing(stated: Iterable[Obligation]) -> list[Obligation]:
    """Return what may stand for a report of the policy, each duty of a measure on the measure's own line.

    A dated round that the policy does not have ("รอบ ๙ เดือน") stands for the half-year of its day.
    """
    return [
        replace(one, periods=()) if one.due and not set(HALVES).intersection(one.periods) else one
        for one in stated
        if one.measures
    ]


def _placed(plan: Plan, place_of: Callable[[int], int]) -> Plan:
    """Return the plan with each thing on the line, page or row where the document has it."""
    return replace(
        plan,
        assessment=replace(
            plan.assessment,
            indicators=tuple(replace(one, line=place_of(one.line)) for one in plan.assessment.indicators),
        ),
        measures=tuple(replace(one, line=place_of(one.line)) for one in plan.measures),
        obligations=tuple(replace(one, line=place_of(one.line)) for one in plan.obligations),
        warnings=tuple(one if one.line is None else replace(one, line=place_of(one.line)) for one in plan.warnings),
    )


def _measure(row: MeasureRow, seq: int, fiscal_year: int | None) -> Measure:
    return Measure(
        seq=seq,
        number=row.number,
        title=row.title,
        indicator=row.indicator,
        steps=step_items(row.steps) if row.steps.parts else (),
        responsible=read_owners(row.owner),
        timeframe=read_window(row.time.text, fiscal_year) if row.time.parts else None,
        monitoring=row.monitor.text or None,
        line=row.line,
    )


def _measure_blocks(layout: Layout, rows: tuple[MeasureRow, ...]) -> frozenset[int]:
    """Return the first lines of the tables that hold measures, where no score is looked for."""
    lines = {row.line for row in rows}
    tables = (block for block in layout.blocks if isinstance(block, Table))
    return frozenset(table.rows[0].line for table in tables if any(row.line in lines for row in table.rows))
