"""Plans in the database."""

from sqlmodel import Session, col, select

from tracker.store.finding import numbered
from tracker.store.tables import PlanRow


def plan_for(session: Session, agency: str, fiscal_year: int) -> PlanRow | None:
    """Return an agency's plan for a fiscal year (B.E.), if one was imported."""
    return session.exec(
        select(PlanRow).where(PlanRow.agency == agency, PlanRow.fiscal_year == fiscal_year)
    ).one_or_none()


def plans(session: Session) -> list[PlanRow]:
    """Return every plan, the newest fiscal year first."""
    return list(session.exec(select(PlanRow).order_by(col(PlanRow.fiscal_year).desc(), col(PlanRow.id))))


def plan(session: Session, plan_id: int) -> PlanRow:
    """Return one plan; raises NotFound with what to do."""
    return numbered(session, PlanRow, plan_id, what="plan", listing="tracker plan list")
