"""The words of what the coordinator reads, in Thai and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.messages.values import Audience, Lang


@dataclass(frozen=True, slots=True)
class CoordinatorWords:
    """Sentences of the coordinator's messages, filled with `str.format`."""

    subject: str
    parts: Mapping[str, str]
    between: str
    subject_quiet: str
    subject_unconfirmed: str
    subject_incident: str
    subject_incidents: str
    opening: str
    opening_quiet: str
    opening_incidents: str
    sent: str
    sent_since: str
    channels: Mapping[str, str]
    sent_none: str
    sent_advice: str
    incidents: str
    incidents_advice: str
    failed: str
    failed_advice: str
    reason: str
    message: str
    unowned: str
    unowned_advice: str
    unowned_badge: str
    submitted: str
    submitted_advice: str
    submitted_on: str
    overdue: str
    overdue_advice: str
    escalated: str
    escalated_to: Mapping[Audience | None, str]
    follow_up: str
    unconfirmed: str
    unconfirmed_year: str
    unconfirmed_advice: str
    why: str
    why_incidents: str
    whole: str


THAI = CoordinatorWords(
    subject="สรุปงาน ITA {day}: {parts}",
    parts={
        "overdue": "เกินกำหนด {count}",
        "failed": "ส่งไม่สำเร็จ {count}",
        "submitted": "รอตรวจ {count}",
        "unowned": "ไม่มีผู้รับผิดชอบ {count}",
        "incidents": "เหตุ {count}",
    },
    between=" ",
    subject_quiet="สรุปงาน ITA {day}: ไม่มีเรื่องค้างดำเนินการ",
    subject_unconfirmed="สรุปงาน ITA {day}: โปรดยืนยันวันหยุดปี {years}",
    subject_incident="แจ้งเหตุด่วน: {first}",
    subject_incidents="แจ้งเหตุด่วน {count} เรื่อง: {first}",
    opening="ขอเรียนสรุปผลการติดตามตามแผน ITA ของ{agency} ประจำ{day} โดยมีเรื่องที่ควรดำเนินการดังต่อไปนี้",
    opening_quiet="ขอเรียนสรุปผลการติดตามตามแผน ITA ของ{agency} ประจำ{day} โดยไม่มีเรื่องค้างดำเนินการ",
    opening_incidents="ระบบติดตามแผน ITA ของ{agency} ขอเรียนเหตุที่ควรทราบโดยทันที ดังต่อไปนี้",
    sent="จัดส่งสำเร็จ {count} ฉบับ",
    sent_since=" ตั้งแต่ {day}",
    channels={"email": "อีเมล {count}", "line": "LINE {count}"},
    sent_none="ไม่มีการจัดส่งในรอบนี้",
    sent_advice="ดูรายการที่จัดส่งได้ด้วยคำสั่ง",
    incidents="เหตุที่ควรทราบ ({count} เรื่อง)",
    incidents_advice="ตรวจสอบความพร้อมของระบบได้ด้วยคำสั่ง",
    failed="จัดส่งไม่สำเร็จ ({count} ฉบับ)",
    failed_advice="แก้ไขที่อยู่ของผู้รับให้ถูกต้อง แล้วสั่งส่งใหม่ด้วยคำสั่ง",
    reason="สาเหตุ",
    message="เลขที่ข้อความ",
    unowned="เรื่องที่ยังไม่มีผู้รับผิดชอบ ({count} เรื่อง)",
    unowned_advice="เพิ่มรายชื่อผู้รับผิดชอบของหน่วยงาน หรือมอบหมายเป็นรายเรื่อง ด้วยคำสั่ง",
    unowned_badge="ยังไม่มีผู้รับผิดชอบ",
    submitted="เรื่องที่ส่งรายงานแล้วและรอตรวจ ({count} เรื่อง)",
    submitted_advice="ตรวจรายงาน แล้วบันทึกว่าแล้วเสร็จ หรือส่งคืนพร้อมเหตุผล ด้วยคำสั่ง",
    submitted_on="ส่งเมื่อ {day}",
    overdue="เรื่องที่เกินกำหนด ({count} เรื่อง)",
    overdue_advice="ดูรายการทั้งหมด บันทึกผล หรือขยายเวลาพร้อมเหตุผล ด้วยคำสั่ง",
    escalated="การติดตาม",
    escalated_to={
        None: "ยังไม่ได้แจ้ง",
        "owner": "แจ้งผู้รับผิดชอบแล้ว",
        "supervisor": "เรียนหัวหน้าหน่วยงานแล้ว",
        "executive": "เรียนผู้บริหารแล้ว",
        "coordinator": "แจ้งผู้ประสานงานแทน เนื่องจากไม่มีผู้รับรายอื่น",
    },
    follow_up="ติดตามครั้งที่ {n}",
    unconfirmed="วันหยุดราชการที่ยังไม่มีผู้ยืนยัน ({count} ปี)",
    unconfirmed_year="ปี พ.ศ. {year}: ระบบนับวันทำการตามวันหยุดที่คาดไว้ จนกว่าจะมีผู้ยืนยัน",
    unconfirmed_advice="ตรวจวันหยุดเทียบกับประกาศของทางราชการ แก้ไขให้ครบถ้วน แล้วยืนยัน ด้วยคำสั่ง",
    why="ท่านเป็นผู้ประสานงาน ITA ซึ่งได้รับสรุปนี้ทุกวันทำการ",
    why_incidents="ท่านเป็นผู้ประสานงาน ITA และเหตุนี้ไม่ควรรอสรุปประจำวัน",
    whole="ดูภาพรวมของทุกหน่วยงานด้วยคำสั่ง tracker status",
)

ENGLISH = CoordinatorWords(
    subject="ITA {day}: {parts}",
    parts={
        "overdue": "{count} past due",
        "failed": "{count} failed",
        "submitted": "{count} to check",
        "unowned": "{count} unowned",
        "incidents": "incidents: {count}",
    },
    between=", ",
    subject_quiet="ITA summary {day}: nothing is waiting",
    subject_unconfirmed="ITA {day}: please confirm the days off of B.E. {years}",
    subject_incident="Incident: {first}",
    subject_incidents="{count} incidents: {first}",
    opening="Summary of the ITA follow-up of {agency} for {day}. Please look at the following.",
    opening_quiet="Summary of the ITA follow-up of {agency} for {day}. Nothing is waiting.",
    opening_incidents="The ITA follow-up service of {agency} reports what you should know at once.",
    sent="Delivered: {count}",
    sent_since=" since {day}",
    channels={"email": "e-mail {count}", "line": "LINE {count}"},
    sent_none="Nothing was sent in this period",
    sent_advice="List what was sent with",
    incidents="For your attention ({count})",
    incidents_advice="Check that each part works with",
    failed="Not delivered ({count})",
    failed_advice="Correct the recipient's address, then send again with",
    reason="Cause",
    message="Message number",
    unowned="Tasks that nobody owns ({count})",
    unowned_advice="Add people to the unit, or assign single tasks, with",
    unowned_badge="no owner",
    submitted="Reports waiting for your check ({count})",
    submitted_advice="Check each report, then close it or return it with a reason, with",
    submitted_on="sent {day}",
    overdue="Tasks past due ({count})",
    overdue_advice="List them all, record a result, or extend with a reason, with",
    escalated="Follow-up",
    escalated_to={
        None: "nobody told yet",
        "owner": "owner told",
        "supervisor": "supervisor told",
        "executive": "executive told",
        "coordinator": "told to the coordinator, as nobody else can be reached",
    },
    follow_up="follow-up no. {n}",
    unconfirmed="Years whose days off nobody has confirmed ({count})",
    unconfirmed_year="B.E. {year}: working days follow the suggested days off until these are confirmed",
    unconfirmed_advice="Compare the days off with the official announcements, complete them, then confirm them, with",
    why="You are the ITA coordinator, who gets this summary on every working day.",
    why_incidents="You are the ITA coordinator, and this should not wait for the daily summary.",
    whole="See where all units stand with tracker status",
)

COORDINATOR_WORDS: Mapping[Lang, CoordinatorWords] = {"th": THAI, "en": ENGLISH}
