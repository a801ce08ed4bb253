"""What a finding means and how it is mended, in Thai and English; and the messages to the administrator. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schedules.calendars import BANGKOK
from tracker.domain.alarm import Word
from tracker.domain.thai.dates import long_day, short_moment
from tracker.domain.thai.numerals import thai
from tracker.domain.watch import Code, Finding


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words: what is wrong, and what to do."""

    what: str
    mend: str


def in_english(finding: Finding) -> Said:
    """Return a finding in English, as the log and letters say it: no Thai word is in it."""
    local = finding.since.astimezone(BANGKOK) if finding.since else None
    return _said(finding, _ENGLISH, f"{local:%Y-%m-%d %H:%M}" if local else "")


def on_screen(finding: Finding) -> Said:
    """Return a finding in English, its moment written as every command writes it."""
    return _said(finding, _ENGLISH, short_moment(finding.since) if finding.since else "")


def in_thai(finding: Finding) -> Said:
    """Return a finding in Thai."""
    local = finding.since.astimezone(BANGKOK) if finding.since else None
    return _said(finding, _THAI, f"วันที่ {long_day(local.date())} เวลา {thai(f'{local:%H.%M}')} น." if local else "")


def to_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON values."""
    said = in_english(finding)
    return {
        "code": finding.code,
        "about": finding.about or None,
        "since": finding.since.isoformat() if finding.since else None,
        "what": said.what,
        "mend": said.mend,
    }


def subject(word: Word, agency: str | None) -> str:
    """Return the subject of a message to the administrator."""
    return f"[ITA tracker] {_SUBJECTS[word]}{f' — {agency}' if agency else ''}"


def letter(word: Word, found: Sequence[Finding], agency: str | None) -> str:
    """Return the text of a message to the administrator, Thai first and English below."""
    thai = [f"{n}. {said.what}\n   การแก้ไข: {said.mend}" for n, said in enumerate(map(in_thai, found), start=1)]
    english = [f"{n}. {said.what}\n   {said.mend}" for n, said in enumerate(map(in_english, found), start=1)]
    opening_th, opening_en = _OPENINGS[word]
    name = agency or "ระบบติดตามมาตรการ ITA"
    return "\n\n".join(["เรียน ผู้ดูแลระบบ", f"{name}: {opening_th}", *thai, "———", opening_en, *english])


def _said(finding: Finding, words: Mapping[Code, tuple[str, str]], since: str) -> Said:
    what, mend = words[finding.code]
    return Said(what.format(since=since, **finding.said), mend.format(**finding.said))


_SUBJECTS: Mapping[Word, str] = {
    "begins": "ระบบติดตามขัดข้อง โปรดตรวจสอบ",
    "lasts": "ระบบติดตามยังขัดข้องอยู่ โปรดตรวจสอบ",
    "over": "ระบบติดตามกลับมาทำงานตามปกติแล้ว",
}
_OPENINGS: Mapping[Word, tuple[str, str]] = {
    "begins": (
        "ระบบตรวจพบข้อขัดข้องต่อไปนี้ การแจ้งเตือนอาจล่าช้าจนกว่าจะได้รับการแก้ไข",
        "The tracker has found the following; reminders may be late until it is mended.",
    ),
    "lasts": (
        "ข้อขัดข้องต่อไปนี้ยังไม่ได้รับการแก้ไข ระบบจะแจ้งอีกครั้งวันละหนึ่งครั้งจนกว่าจะแก้ไขแล้ว",
        "The following is not mended yet; you are told once a day until it is.",
    ),
    "over": (
        "ข้อขัดข้องที่แจ้งไว้ก่อนหน้านี้ได้รับการแก้ไขแล้ว ระบบตรวจสอบครบทุกข้อและพบว่าปกติ",
        "What you were told of is over: everything was checked and is well.",
    ),
}
_THAI: Mapping[Code, tuple[str, str]] = {
    "database": (
        "ฐานข้อมูลไม่ตอบสนอง ({fault})",
        "เปิดฐานข้อมูล หรือแก้ค่า TRACKER_DATABASE_URL ข้อมูลที่บันทึกแล้วไม่สูญหาย",
    ),
    "schema": ("ฐานข้อมูลไม่ตรงกับรุ่นของโปรแกรม ({fault})", "สั่ง tracker init หรือใช้โปรแกรมรุ่นใหม่กว่า"),
    "disk": ("พื้นที่ดิสก์ของโฟลเดอร์ TRACKER_HOME เหลือเพียง {free} MB", "เพิ่มพื้นที่ดิสก์ หรือลบสิ่งที่ไม่ใช้ออกจากดิสก์นั้น"),
    "clock": (
        "นาฬิกาของเครื่องคลาดเคลื่อน {seconds} วินาทีจากฐานข้อมูลหรือจากรายการที่บันทึกไว้แล้ว",
        "ตั้งเวลาของทุกเครื่องให้ตรงกันด้วย NTP",
    ),
    "broker": ("ตัวกลางคิวงาน (Redis) ไม่ตอบสนอง ({fault})", "เปิด Redis หรือแก้ค่า TRACKER_REDIS_URL"),
    "sweep": (
        "การตรวจสอบงานครั้งล่าสุดสิ้นสุดเมื่อ {since} ซึ่งนานเกินกำหนด",
        "ตรวจสอบว่า beat และ worker ทำงานอยู่ และดูบันทึก (log) ของทั้งสอง",
    ),
    "no-sweep": ("ยังไม่เคยมีการตรวจสอบงานเลย", "ตรวจสอบว่า beat และ worker ทำงานอยู่ และดูบันทึก (log) ของทั้งสอง"),
    "queue": (
        "ไม่มี worker รับงานจากคิว {queue} ตั้งแต่ {since} มี {waiting} รายการรออยู่",
        "เปิด worker สำหรับคิว {queue} หรือเริ่ม worker ใหม่",
    ),
    "task-silent": (
        "งานที่ยังไม่เสร็จต่อไปนี้ไม่มีกำหนดการแจ้งเตือนครั้งถัดไป: {tasks}",
        "บันทึกการดำเนินการใดก็ได้กับงานนั้น เช่น tracker task assign พร้อมหมายเลขงาน ระบบจะกำหนดการแจ้งเตือนครั้งถัดไปให้ใหม่",
    ),
    "task-unchecked": (
        "งานต่อไปนี้ถึงเวลาแจ้งเตือนตั้งแต่ {since} แต่การตรวจสอบผ่านไปโดยไม่ได้พิจารณา: {tasks}",
        "ดูบันทึก (log) ของ worker แล้วสั่ง tracker task show พร้อมหมายเลขงาน",
    ),
    "message-waits": (
        "ข้อความทาง {channel} ค้างส่งตั้งแต่ {since} รวมที่รอส่ง {waiting} ข้อความ",
        "ดูบันทึก (log) ของ worker ที่ส่งทาง {channel} หรือเริ่ม worker ใหม่",
    ),
    "message-held": (
        "ข้อความทาง {channel} ถูกถือค้างไว้โดยผู้ส่งที่หยุดไป ครบกำหนดคืนตั้งแต่ {since} แต่ยังไม่มีผู้ใดรับส่งต่อ",
        "ดูบันทึก (log) ของ worker ที่ส่งทาง {channel} หรือเริ่ม worker ใหม่",
    ),
    "message-dead": (
        "ข้อความต่อไปนี้ส่งไม่สำเร็จ และยังไม่มีผู้ใดทราบ: {messages}",
        "สั่ง tracker message show พร้อมหมายเลขข้อความ แก้ที่อยู่ของผู้รับ แล้วสั่ง tracker message retry",
    ),
    "channel": (
        "ช่องทาง {channel} ส่งไม่ได้เพราะการตั้งค่า ({fault}) มี {waiting} ข้อความรอส่ง",
        "แก้การตั้งค่าของช่องทาง {channel} แล้วเริ่ม worker ใหม่ ข้อความทั้งหมดยังอยู่ครบ",
    ),
    "incident-untold": (
        "มีเรื่องที่ผู้ประสานงานต้องทราบ {count} เรื่อง ค้างแจ้งตั้งแต่ {since}",
        "ตรวจสอบด้วย tracker people list ว่ามีผู้ประสานงานที่ติดต่อได้",
    ),
}
_ENGLISH: Mapping[Code, tuple[str, str]] = {
    "database": ("{fault}", "What was stored is not lost; everything goes on when it answers."),
    "schema": ("{fault}", "Until then nothing is decided or sent."),
    "disk": ("The disk of the home has only {free} MB left.", "Make room, or move the home to a larger disk."),
    "clock": (
        "This machine's clock is {seconds} s away from the database's, or behind what is written down already.",
        "Let NTP set the clocks of all machines.",
    ),
    "broker": ("{fault}", "The next sweep after it rings for all that waits."),
    "sweep": ("The last sweep ended at {since}, which is too long ago.", "Look at the logs of beat and the worker."),
    "no-sweep": ("No sweep has ended yet.", "Start beat and a worker, or run `tracker sweep`."),
    "queue": (
        "No worker has taken anything from the queue {queue} since {since}; waiting in it: {waiting}.",
        "Start a worker for the queue {queue}, or start the worker anew.",
    ),
    "task-silent": (
        "These open tasks have no next notice although rungs of their ladder are left: {tasks}",
        "Any act works out the next one, such as `tracker task assign ID --to PERSON`.",
    ),
    "task-unchecked": (
        "These tasks came due for a notice at {since}, and sweeps have passed them over: {tasks}",
        "Look at the worker's log, and at `tracker task show ID`.",
    ),
    "message-waits": (
        "Messages on {channel} have been due since {since}, and none is tried; waiting: {waiting}.",
        "Look at the log of the worker that sends on {channel}, or start it anew.",
    ),
    "message-held": (
        "A message on {channel} was left by its sender; it has been free since {since}, and nobody takes it.",
        "Look at the log of the worker that sends on {channel}, or start it anew.",
    ),
    "message-dead": (
        "These messages could not be delivered, and nobody was told: {messages}",
        "Look at `tracker message show ID`, mend the address, and run `tracker message retry ID`.",
    ),
    "channel": (
        "The channel {channel} cannot be used as it is set ({fault}); waiting there: {waiting}.",
        "Mend its settings and start the worker anew; no message is lost.",
    ),
    "incident-untold": (
        "Incidents that the coordinator has not been told of: {count}, the first of {since}.",
        "See with `tracker people list` whether there is a coordinator who can be reached.",
    ),
}
