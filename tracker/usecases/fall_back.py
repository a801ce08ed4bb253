"""What follows when a message cannot be delivered: the person's next channel, and word to the coordinator."""

from datetime import datetime

from sqlmodel import Session

from schedules.calendars import bangkok_day
from tracker.delivery.redaction import mask_address
from tracker.store import audit, notices, outbox, people, tasks
from tracker.store.tables import MessageRow
from tracker.usecases.compose_messages import Content, Writer
from tracker.usecases.queue_messages import new_retry_key, queue, short_reference, written
from tracker.usecases.services import Services


def fall_back(
    session: Session, services: Services, row: MessageRow, why: str, now: datetime, *, quota_gone: bool = False
) -> None:
    """Queue the same on the person's next channel, if there is one, and report the failure once.

    A quota that is used up is no fault of an address: it is reported once a day, not for each message.
    """
    person = people.as_person(people.person(session, row.person_id))
    tried = outbox.channels_tried(session, row)
    routes = [route for route in person.routes(frozenset(services.channels)) if route[0] not in tried]
    if outbox.is_replaced(session, row):  # a revived message that died again: the same went elsewhere before
        routes = []
    if routes:
        _queue_again(session, services, row, routes[0], now)
    if row.kind != "incidents":  # else a coordinator's dead address would bring about one more each minute
        key, text = _incident(row, person.name, why, [name for name, _ in routes[:1]], now, quota_gone=quota_gone)
        notices.report_incident(session, key, text, now)
    audit.append(
        session,
        at=now,
        actor="deliver",
        action="message dead",
        reason=why,
        detail={
            "message": row.id,
            "person": person.id,
            "channel": row.channel,
            "next": routes[0][0] if routes else None,
        },
    )


def _incident(
    row: MessageRow, name: str, why: str, instead: list[str], now: datetime, *, quota_gone: bool
) -> tuple[str, str]:
    """Return the key and the sentence of what the coordinator must know."""
    if quota_gone and instead:
        text = f"โควตาข้อความ {row.channel} ประจำเดือนหมดแล้ว ระบบส่งทาง {instead[0]} แทน จนกว่าจะเพิ่มโควตาหรือขึ้นเดือนใหม่"
        return f"quota:{row.channel}:{bangkok_day(now)}", text
    failed = f"ส่งถึง {name} ทาง {row.channel} {mask_address(row.address)} ไม่สำเร็จ ({why})"
    follows = (
        f"ระบบส่งทาง {instead[0]} แทนแล้ว โปรดตรวจที่อยู่ติดต่อ" if instead else "และไม่มีช่องทางอื่น โปรดตรวจที่อยู่ติดต่อ แล้วสั่งส่งซ้ำ"
    )
    return f"dead:{row.id}:{row.attempts}", f"{failed} {follows}"


def _queue_again(session: Session, services: Services, row: MessageRow, route: tuple[str, str], now: datetime) -> None:
    retry_key = new_retry_key()
    content, notice_ids = _content(session, services, row, route[0], short_reference(retry_key), now)
    again = MessageRow(
        key=f"{row.key}>{route[0]}",
        kind=row.kind,
        person_id=row.person_id,
        retry_key=retry_key,
        replaces_id=row.id,
        **written(route, content),
    )
    queue(session, again, notice_ids, now=now)


def _content(
    session: Session, services: Services, row: MessageRow, channel: str, reference: str, now: datetime
) -> tuple[Content, list[int]]:
    """Return what the message says in the form of another channel, with the notices that it carries."""
    about = [
        (notice, tasks.task(session, notice.task_id))
        for notice in notices.notices_of(session, row.id or 0)
        if notice.withdrawn_at is None
    ]
    if not about:  # the coordinator's own messages carry no notices: their plain text goes on every channel
        return Content(row.subject, row.text, row.html if channel == "email" else None, None), []
    writer = Writer.of(session, services, now)
    writer.learn([notice.task_id for notice, _ in about])
    content = writer.content(row.person_id, about, channel=channel, reference=reference)
    return content, [notice.id for notice, _ in about if notice.id is not None]
