"""What follows when a message cannot be delivered: the next channel, others instead, word to the coordinator."""

from datetime import datetime

from sqlmodel import Session

from schedules.calendars import bangkok_day
from tracker.domain.masking import mask_address
from tracker.domain.thai.channels import by_channel, of_channel
from tracker.store import addresses, audit, notices, outbox, people
from tracker.store.tables import MessageRow
from tracker.usecases.compose_messages import About, Writer
from tracker.usecases.give_up_address import give_up_address
from tracker.usecases.queue_messages import Order, queue_elsewhere
from tracker.usecases.recheck import held, parts_of
from tracker.usecases.services import Services
from tracker.usecases.standing import read_standing


def fall_back(
    session: Session, services: Services, row: MessageRow, why: str, now: datetime, *, quota_gone: bool = False
) -> None:
    """Queue the same on the person's next channel, or else give its notices back for others; report it once.

    A quota that is used up is no fault of an address: it is reported once a day, not for each message. An address
    that was refused for good is off from then on, and that is reported once.
    """
    given_up = give_up_address(session, services, row, why, now)
    person = people.as_person(people.person(session, row.person_id), addresses.off(session))
    tried = outbox.channels_tried(session, row)
    routes = [route for route in person.routes(frozenset(services.channels)) if route[0] not in tried]
    carried = held(session, [row.id or 0]).about[row.id or 0]
    live = [notice for notice, _ in carried]
    if outbox.is_replaced(session, row):  # a revived message that died again: the same went elsewhere before
        routes = []
    elif routes:
        _queue_again(Writer.of(session, services, now), row, routes[0], carried)
    else:
        notices.give_back(session, live)
    # A coordinator's dead address would otherwise bring about one more each minute.
    if not given_up and row.kind != "incidents":
        instead = [name for name, _ in routes[:1]]
        key, text = _incident(row, person.name, why, instead, now, quota_gone=quota_gone, passed_on=bool(live))
        notices.report_incident(session, key, text, now)
    audit.append(
        session,
        at=now,
        actor="deliver",
        action=audit.DIED,
        reason=why,
        detail={
            "message": row.id,
            "person": person.id,
            "channel": row.channel,
            "next": routes[0][0] if routes else None,
        },
    )


def _incident(
    row: MessageRow, name: str, why: str, instead: list[str], now: datetime, *, quota_gone: bool, passed_on: bool
) -> tuple[str, str]:
    """Return the key and the sentence of what the coordinator must know."""
    if quota_gone and instead:
        text = (
            f"โควตาข้อความ{of_channel(row.channel)} ประจำเดือนหมดแล้ว ระบบส่งแทน{by_channel(instead[0])} "
            "จนกว่าจะเพิ่มโควตาหรือขึ้นเดือนใหม่"
        )
        return f"quota:{row.channel}:{bangkok_day(now)}", text
    failed = f"ส่งถึง {name} {by_channel(row.channel)} {mask_address(row.address)} ไม่สำเร็จ ({why})"
    if instead:
        follows = f"ระบบได้ส่งแทน{by_channel(instead[0])} โปรดตรวจที่อยู่ติดต่อ"
    elif passed_on:
        follows = "และไม่มีช่องทางอื่น ระบบจะแจ้งผู้รับลำดับถัดไปแทน โปรดตรวจที่อยู่ติดต่อ"
    else:
        follows = "และไม่มีช่องทางอื่น โปรดตรวจที่อยู่ติดต่อ แล้วสั่งส่งซ้ำ"
    return f"dead:{row.id}:{row.attempts}", f"{failed} {follows}"


def _queue_again(writer: Writer, row: MessageRow, route: tuple[str, str], carried: About) -> None:
    parts = parts_of(writer, row, carried, lambda: read_standing(writer))
    if parts.kind:
        order = Order(
            row.person_id,
            [notice.id for notice, _ in carried if notice.id is not None],
            row.day_since if parts.day else None,
            incidents=bool(parts.incidents),
            week=parts.week is not None,
        )
        queue_elsewhere(writer, row, order, route)
