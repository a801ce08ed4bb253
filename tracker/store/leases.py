"""The clock that decides leases."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import DateTime, Interval, func, literal
from sqlmodel import Session


def moment(session: Session, now: datetime, later: timedelta = timedelta(0)) -> Any:
    """Return the moment that decides leases: by PostgreSQL's own clock, since several machines share it."""
    if session.get_bind().dialect.name != "postgresql":
        return now + later
    return func.clock_timestamp(type_=DateTime(timezone=True)) + literal(later, Interval())
