"""Who works where: units, people, posts, leave, and the agency's days off."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from tracker.domain.people import ROLES
from tracker.store.types import json_column, one_of


class UnitRow(SQLModel, table=True):
    """A unit of the agency; `key` is its name with blanks and digit forms evened out."""

    __tablename__ = "unit"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str = Field(unique=True)


class UnitAliasRow(SQLModel, table=True):
    """Another name of a unit that a person has confirmed."""

    __tablename__ = "unit_alias"
    key: str = Field(primary_key=True)
    name: str
    unit_id: int = Field(foreign_key="unit.id", index=True)


class UnitGroupRow(SQLModel, table=True):
    """One member of a class of units, such as every division."""

    __tablename__ = "unit_group"
    __table_args__ = (UniqueConstraint("key", "unit_id"),)
    id: int | None = Field(default=None, primary_key=True)
    key: str
    name: str
    unit_id: int = Field(foreign_key="unit.id", index=True)


class PersonRow(SQLModel, table=True):
    """Somebody who can be told; work contacts only."""

    __tablename__ = "person"
    __table_args__ = (one_of("lang", ("th", "en")),)
    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str = Field(index=True)
    email: str | None = None
    line: str | None = None
    channels: list[str] = json_column()
    lang: str = "th"


class PostRow(SQLModel, table=True):
    """What a person is in a unit, from `since` until the day before `until`."""

    __tablename__ = "post"
    __table_args__ = (
        one_of("role", ROLES),
        UniqueConstraint("person_id", "unit_id", "role"),
        CheckConstraint("since IS NULL OR until IS NULL OR since < until", name="since_before_until"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    role: str
    position: str | None = None
    supervisor_id: int | None = Field(default=None, foreign_key="person.id")
    since: date | None = None
    until: date | None = None


class LeaveRow(SQLModel, table=True):
    """Somebody is away from `since` until the day before `until`, and a substitute acts for them."""

    __tablename__ = "leave"
    __table_args__ = (
        CheckConstraint("since < until", name="since_before_until"),
        CheckConstraint("person_id <> substitute_id", name="another_person"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    substitute_id: int = Field(foreign_key="person.id")
    since: date
    until: date


class HolidayRow(SQLModel, table=True):
    """What the agency says of one day: off, or (against the suggestion) a working day."""

    __tablename__ = "holiday"
    day: date = Field(primary_key=True)
    name: str
    off: bool


class HolidayYearRow(SQLModel, table=True):
    """A Gregorian year whose days off somebody has looked through and confirmed."""

    __tablename__ = "holiday_year"
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    confirmed_at: datetime
