"""Leave: who is away when, and who acts for them."""

from datetime import date

from sqlmodel import Session, col, select

from tracker.store.finding import numbered
from tracker.store.tables import LeaveRow


def leave(session: Session, leave_id: int) -> LeaveRow:
    """Return one leave; raises NotFound with what to do."""
    return numbered(session, LeaveRow, leave_id, what="leave", listing="tracker leave list")


def leaves(session: Session) -> list[LeaveRow]:
    """Return every leave, past and future ones too, in the order of their beginning."""
    return list(session.exec(select(LeaveRow).order_by(col(LeaveRow.since), col(LeaveRow.id))))


def overlapping(session: Session, person_id: int, since: date, until: date) -> LeaveRow | None:
    """Return a leave of somebody that has a day in common with a span, the end excluded."""
    query = select(LeaveRow).where(
        LeaveRow.person_id == person_id, col(LeaveRow.since) < until, col(LeaveRow.until) > since
    )
    return session.exec(query.order_by(col(LeaveRow.since))).first()
