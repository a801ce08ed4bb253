"""A plan as it was read: frozen values that intake makes and everything else consumes.

Shapes and names follow the JSON of `tracker plan read --json` (schema `tracker.plan/1`).
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any, Literal

SCHEMA = "tracker.plan/1"

UnitKind = Literal["unit", "class"]
Instrument = Literal["IIT", "EIT", "OIT"]
ObligationKind = Literal["report", "publish", "produce", "supervise", "activity"]
ObligationRule = Literal[
    "due", "periodic", "monthly", "quarterly", "annual", "window", "event", "continuous", "undated"
]
Basis = Literal["stated", "inferred", "policy"]


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read; `format` is what its content is (txt, docx …), not what its name says."""

    name: str
    sha256: str
    format: str


@dataclass(frozen=True, slots=True)
class Document:
    """The letter or memo around the plan; what is not printed is None."""

    number: str | None = None
    date: dt.date | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One of the ten ITA indicators (`id` 1-10 is the true number, never the printed rank)."""

    id: int
    name: str
    instrument: Instrument
    score: float
    line: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """Last year's result as printed; `fiscal_year` (B.E.) is the year that was scored."""

    fiscal_year: int | None = None
    score: float | None = None
    grade: str | None = None
    indicators: tuple[IndicatorScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Responsible:
    """An owner as printed: a unit, or a class of units whose members the people file names."""

    unit: str
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Timeframe:
    """When a measure runs, both days included; `text` keeps the document's words."""

    text: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the plan; `seq` counts from 1 in reading order, `number` is what is printed."""

    seq: int
    number: str | None
    title: str
    indicator: int | None
    steps: tuple[str, ...]
    responsible: tuple[Responsible, ...]
    timeframe: Timeframe | None
    monitoring: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something that the plan, or the reporting policy, demands by a time.

    `periods` are labels such as "6-month"; `phrase` keeps the document's own words and stands on `line`.
    """

    measures: tuple[int, ...]
    kind: ObligationKind
    rule: ObligationRule
    due: dt.date | None
    periods: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None
    actor: str | None
    phrase: str
    line: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """Something doubtful in the document, for a person to look at; `message` is Thai."""

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One agency's measures for one fiscal year (B.E.), read from one document."""

    source: Source
    agency: str | None
    document: Document
    fiscal_year: int | None
    assessment: Assessment
    measures: tuple[Measure, ...]
    obligations: tuple[Obligation, ...]
    warnings: tuple[PlanWarning, ...]


Place = Literal["line", "page", "row", "part"]
"""What a `line` counts: lines of a text, pages of a PDF, rows of a sheet, paragraphs and rows of a Word document."""

_PLACES: dict[str, Place] = {"pdf": "page", "xlsx": "row", "csv": "row", "tsv": "row", "docx": "part"}
_PLACE_WORDS: dict[Place, str] = {"line": "บรรทัดที่", "page": "หน้า", "row": "แถวที่", "part": "ส่วนที่"}


def place_of_format(format_: str) -> Place:
    """Return what `line` counts in a document of a format."""
    return _PLACES.get(format_, "line")


def place_in_words(format_: str, line: int) -> str:
    """Return `บรรทัดที่ 7`, or `หน้า 7` of a PDF, `แถวที่ 7` of a sheet, `ส่วนที่ 7` of a Word document."""
    return f"{_PLACE_WORDS[place_of_format(format_)]} {line}"


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return the plan as JSON values, exactly in the shape of `tracker.plan/1`."""
    return {"schema": SCHEMA, **_jsonable(asdict(plan))}


def plan_from_json(data: dict[str, Any]) -> Plan:
    """Return the plan that `plan_to_json` wrote; raises KeyError or ValueError on any other shape."""
    if data["schema"] != SCHEMA:
        message = f"expected schema {SCHEMA}, got {data['schema']}"
        raise ValueError(message)
    document, assessment = data["document"], data["assessment"]
    return Plan(
        source=Source(**data["source"]),
        agency=data["agency"],
        document=Document(document["number"], _day(document["date"]), document["subject"]),
        fiscal_year=data["fiscal_year"],
        assessment=Assessment(
            assessment["fiscal_year"],
            assessment["score"],
            assessment["grade"],
            tuple(IndicatorScore(**row) for row in assessment["indicators"]),
        ),
        measures=tuple(_measure(row) for row in data["measures"]),
        obligations=tuple(_obligation(row) for row in data["obligations"]),
        warnings=tuple(PlanWarning(**row) for row in data["warnings"]),
    )


def _measure(row: dict[str, Any]) -> Measure:
    frame = row["timeframe"]
    return Measure(
        **{
            **row,
            "steps": tuple(row["steps"]),
            "responsible": tuple(Responsible(**owner) for owner in row["responsible"]),
            "timeframe": frame
            and Timeframe(frame["text"], dt.date.fromisoformat(frame["start"]), dt.date.fromisoformat(frame["end"])),
        }
    )


def _obligation(row: dict[str, Any]) -> Obligation:
    days = {key: _day(row[key]) for key in ("due", "start", "end")}
    return Obligation(**{**row, **days, "measures": tuple(row["measures"]), "periods": tuple(row["periods"])})


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
