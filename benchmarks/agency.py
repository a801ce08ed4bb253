"""An agency of any size: a few rows by the product's own use cases, then multiplied inside the database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, String, cast, func, insert, join, literal, select, text, true, update
from sqlmodel import Session, SQLModel, col

from tests.builders import measure, obligation, person, plan
from tracker.store.session import Store
from tracker.store.tables import MessageRow, PersonRow, PostRow, TaskRow, UnitRow
from tracker.store.types import MessageStatus
from tracker.usecases.import_people import import_people
from tracker.usecases.import_plan import import_plan
from tracker.usecases.services import Services

UNIT = "กองที่ 0"
DUE = date(2026, 3, 9)
"""A week after the Monday of the stage: the rung before-7 comes due on that Monday, at the opening of the office."""
CAME_DUE = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DAYS_AHEAD = 50
"""Over how many days the tasks that are not due yet are spread."""


@dataclass(slots=True)
class Agency:
    """Units with an officer each, a coordinator and an executive, and as many tasks as asked for."""

    store: Store
    units: int
    first_unit: int
    pattern: int  # the task that all others are like
    tasks: int = 0

    def add_due(self, count: int) -> int:
        """Open tasks of which one rung has just come due, for the owner, spread evenly over the units.

        Returns the id after which theirs come.
        """
        return self._add(count, due=DUE, reached=1, next_rung="before-7", next_notice_at=CAME_DUE)

    def add_later(self, count: int) -> None:
        """Open tasks that come due in the next weeks."""
        for day in range(DAYS_AHEAD):
            later = timedelta(days=31 + day)
            first = CAME_DUE + timedelta(days=1 + day)
            self._add(
                count // DAYS_AHEAD,
                due=CAME_DUE.date() + later,
                reached=-1,
                next_rung="before-30",
                next_notice_at=first,
            )

    def settle(self) -> None:
        """Let PostgreSQL do now what it would do by itself within a minute."""
        if self.store.engine.dialect.name == "postgresql":
            with self.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))

    def statuses(self) -> dict[str, int]:
        """Return how many messages stand in each status."""
        with self.store.reading() as session:
            query = select(col(MessageRow.status), func.count()).group_by(col(MessageRow.status))
            return {row[0]: row[1] for row in session.execute(query)}

    def all_sent(self) -> None:
        """Let everything that is queued have been sent."""
        with self.store.writing() as session:
            session.execute(
                update(MessageRow).values(status=MessageStatus.SENT, attempts=1, sent_at=MessageRow.created_at)
            )

    def _add(self, count: int, **values: Any) -> int:
        n = _numbers(count)
        with self.store.writing() as session:
            last = int(session.execute(select(func.max(TaskRow.id))).scalar_one())
            _multiply(
                session, TaskRow, self.pattern, n,
                key=literal(f"{self.tasks}-") + cast(n, String),
                unit_id=literal(self.first_unit) + (n - 1) % self.units,
                **values,
            )  # fmt: skip
        self.tasks += count
        return last


def found(services: Services, units: int) -> Agency:
    """Found an agency; its first check, which also makes the digests of the day, is still to come."""
    staff = [
        person("เจ้าหน้าที่ 0", UNIT, "officer", email="officer0@example.org", position="นักวิเคราะห์นโยบายและแผน"),
        person("ปลัด ทดสอบ", "ผู้บริหาร", "executive", email="palad@example.org"),
        person("ผู้ประสานงาน ทดสอบ", "สำนักปลัด", "coordinator", email="coordinator@example.org"),
    ]
    import_people(services, staff, file="people.csv", actor="benchmark")
    title = "จัดทำประกาศเจตนารมณ์ไม่รับของขวัญและของกำนัลทุกชนิดจากการปฏิบัติหน้าที่ (No Gift Policy)"
    owing = plan(measure(1, UNIT, title=title), obligations=(obligation(date(2026, 9, 30)),), fiscal_year=2569)
    import_plan(services, owing, actor="benchmark")
    with services.store.writing() as session:
        return Agency(services.store, units, _employ(session, units), _id(session, TaskRow))


def _employ(session: Session, units: int) -> int:
    """Add units and an officer for each; return the id of the first."""
    patterns = {table: _id(session, table) for table in (UnitRow, PersonRow, PostRow)}
    first = {table: int(session.execute(select(func.max(table.id))).scalar_one()) + 1 for table in patterns}
    n = _numbers(units)
    number = cast(n, String)
    name, officer = literal("กองที่ ") + number, literal("เจ้าหน้าที่ ") + number
    mail = literal("officer") + number + literal("@example.org")
    _multiply(session, UnitRow, patterns[UnitRow], n, name=name, key=name)
    _multiply(session, PersonRow, patterns[PersonRow], n, name=officer, key=officer, email=mail)
    _multiply(
        session, PostRow, patterns[PostRow], n,
        person_id=literal(first[PersonRow] - 1) + n, unit_id=literal(first[UnitRow] - 1) + n,
    )  # fmt: skip
    return first[UnitRow]


def _numbers(count: int) -> Any:
    """Return the column of a table with the numbers 1 to `count`, on both databases."""
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    following = select(numbers.c.n + 1).where(numbers.c.n < count)
    column: Any = numbers.union_all(following).c.n
    return column


def _multiply(session: Session, table: type[SQLModel], pattern: int, n: Any, **values: Any) -> None:
    """Insert copies of one row, one for each number, with other values in some columns."""
    columns = [column for column in table.__table__.columns if column.name != "id"]  # type: ignore[attr-defined]
    chosen = [_chosen(column, values.get(column.name, column)) for column in columns]
    both = join(table, n.table, true())
    rows = select(*chosen).select_from(both).where(table.id == pattern).order_by(n)  # type: ignore[attr-defined]
    session.execute(insert(table).from_select([column.name for column in columns], rows, include_defaults=False))


def _chosen(column: Column[Any], value: Any) -> ColumnElement[Any]:
    return (value if isinstance(value, ColumnElement) else literal(value, column.type)).label(column.name)


def _id(session: Session, table: type[SQLModel]) -> int:
    """Return the id of the first row, which others are to be like."""
    return int(session.execute(select(func.min(table.id))).scalar_one())  # type: ignore[attr-defined]
