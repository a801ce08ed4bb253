"""The addresses that are off: refused for good, so nothing is sent there."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from tracker.domain.people import Route
from tracker.store.inserting import insert_new
from tracker.store.tables import AddressOffRow, MessageRow


def turn_off(session: Session, message: MessageRow, why: str, at: datetime) -> bool:
    """Keep that the address of a message is not to be used for its person; False when it was off before."""
    values = {"channel": message.channel, "address": message.address, "since": at, "why": why}
    statement = insert_new(session, AddressOffRow).returning(col(AddressOffRow.person_id))
    return session.execute(statement, [{"person_id": message.person_id, **values}]).first() is not None


def off(session: Session) -> dict[int, frozenset[Route]]:
    """Return the (channel, address) pairs that are off, by the person's id."""
    found: dict[int, set[Route]] = {}
    for row in session.exec(select(AddressOffRow)):
        found.setdefault(row.person_id, set()).add((row.channel, row.address))
    return {person_id: frozenset(routes) for person_id, routes in found.items()}


def rows_off(session: Session) -> dict[tuple[int, Route], AddressOffRow]:
    """Return since when and why each address of each person is off."""
    return {(row.person_id, (row.channel, row.address)): row for row in session.exec(select(AddressOffRow))}


def turn_on(session: Session, person_id: int) -> list[Route]:
    """Let every address of a person be used again and return those that were off, none when none was."""
    statement = delete(AddressOffRow).where(col(AddressOffRow.person_id) == person_id)
    gone = session.execute(statement.returning(col(AddressOffRow.channel), col(AddressOffRow.address)))
    return sorted((channel, address) for channel, address in gone)
