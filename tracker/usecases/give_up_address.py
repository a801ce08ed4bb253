"""An address that was refused for good is not used any more, in the caller's transaction; until somebody says so."""

from datetime import datetime

from sqlmodel import Session

from tracker.delivery.refusals import blames_address
from tracker.domain.masking import mask_address
from tracker.domain.people import Route
from tracker.domain.thai.channels import by_channel
from tracker.errors import Refused
from tracker.store import addresses, audit, notices, people
from tracker.store.tables import MessageRow
from tracker.usecases.person_named import person_named
from tracker.usecases.services import Services


def give_up_address(session: Session, services: Services, row: MessageRow, why: str, now: datetime) -> bool:
    """Turn the address of a message off when a server's words put the blame on it; False when they do not.

    The coordinator is told once, whatever else was sent there.
    """
    if not blames_address(row.channel, why):
        return False
    if addresses.turn_off(session, row, why, now):
        detail = {"message": row.id, "person": row.person_id, "channel": row.channel}
        audit.append(session, at=now, actor="deliver", action="address off", reason=why, detail=detail)
        key = f"address:{row.person_id}:{row.channel}:{now.isoformat()}"
        notices.report_incident(session, key, _incident(session, services, row, why), now)
    return True


def _incident(session: Session, services: Services, row: MessageRow, why: str) -> str:
    person = people.as_person(people.person(session, row.person_id), addresses.off(session))
    routes = person.routes(frozenset(services.channels))
    follows = f"และส่งแทน{by_channel(routes[0][0])}" if routes else "และผู้นี้ไม่มีช่องทางอื่น เรื่องของผู้นี้จะแจ้งผู้รับลำดับถัดไปแทน"
    return (
        f"ส่งถึง {person.name} {by_channel(row.channel)} {mask_address(row.address)} ไม่ได้อีก ({why}) ระบบจึงหยุดใช้ที่อยู่นี้ "
        f"{follows} โปรดสอบถามที่อยู่ใหม่แล้วนำเข้าไฟล์รายชื่ออีกครั้ง หากที่อยู่เดิมใช้ได้แล้ว "
        f'ให้สั่ง tracker people address "{person.name}" --on'
    )


def use_addresses_again(services: Services, person: str, *, actor: str) -> list[Route]:
    """Let every address of a person be used again and return those that were off.

    `person` is a name or a number. Raises Refused when none of them is off.
    """
    now = services.clock.now()
    with services.store.writing() as session:
        audit.hold(session)
        person_id = person_named(session, person)
        routes = addresses.turn_on(session, person_id)
        if not routes:
            name = people.name_of(session, person_id)
            raise Refused(f"No address of {name} is off: see `tracker people list`, which also shows when and why.")
        for channel, _ in routes:
            detail = {"person": person_id, "channel": channel}
            audit.append(session, at=now, actor=actor, action="address on", detail=detail)
    return routes
