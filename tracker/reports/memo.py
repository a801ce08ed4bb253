"""The memo (บันทึกข้อความ) of a follow-up: the words of one, in formal Thai that grows firmer with its number. Pure."""

from dataclasses import dataclass
from datetime import date

from tracker.domain.thai.dates import long_day, weekday_day
from tracker.domain.thai.numerals import thai

URGED_FROM, DECIDED_FROM = 2, 3
"""The follow-ups from which the memo urges, and from which it foretells word to the executives."""


@dataclass(frozen=True, slots=True)
class Memo:
    """What the follow-up of one task is written from.

    `to` is whom it addresses. `first_notified_on` is when anybody was first told of the task, `followed_on` when each
    follow-up was said, the newest last: there is at least one. `sender` is the coordinator's unit, where it is known.
    """

    agency: str
    sender: str | None
    to: str
    task_id: int
    title: str
    unit: str
    measure: str | None
    due: date
    days_late: int
    on: date
    follow_up: int
    first_notified_on: date
    followed_on: tuple[date, ...]
    contact: str | None = None

    @property
    def subject(self) -> str:
        """Return what stands after เรื่อง."""
        return f"ติดตามครั้งที่ {thai(self.follow_up)} การดำเนินการ “{self.title}”"

    @property
    def office(self) -> str:
        """Return what stands after ส่วนราชการ."""
        return f"{self.sender} {self.agency}" if self.sender else self.agency

    @property
    def references(self) -> tuple[str, ...]:
        """Return what stands after อ้างถึง: the first notice, and the follow-ups before this one."""
        return (
            f"การแจ้งครั้งแรกเมื่อ{weekday_day(self.first_notified_on)}",
            *(
                f"การติดตามครั้งก่อนเมื่อ{weekday_day(day)}"
                for day in self.followed_on[-2:-1]
                if day != self.first_notified_on
            ),
        )

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the body."""
        measure = f" ตามมาตรการ “{self.measure}”" if self.measure else ""
        return (
            (
                f"ตามที่{self.agency} ได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน (ITA) และ{self.unit} "
                f"เป็นผู้รับผิดชอบเรื่อง “{self.title}”{measure} กำหนดแล้วเสร็จภายใน{weekday_day(self.due)} "
                "ความแจ้งแล้ว นั้น"
            ),
            self._state,
            self._request,
        )

    @property
    def closing(self) -> str:
        """Return the last line of the body."""
        return "จึงเรียนมาเพื่อโปรดดำเนินการ" if self.follow_up < URGED_FROM else "จึงเรียนมาเพื่อโปรดเร่งรัดดำเนินการ"

    @property
    def _state(self) -> str:
        late = f"ขณะนี้ล่วงเลยกำหนดมาแล้ว {thai(self.days_late)} วัน ยังไม่ปรากฏผลการดำเนินการในระบบติดตาม"
        before = self.followed_on[-2:-1] or (self.first_notified_on,)
        return late if self.follow_up < URGED_FROM else f"{late} แม้ได้แจ้งและติดตามแล้วเมื่อ{weekday_day(before[0])}"

    @property
    def _request(self) -> str:
        what = "รายงานผลพร้อมหลักฐาน ปัญหา อุปสรรค และข้อเสนอแนะ (หากไม่มี โปรดระบุว่า “ไม่มี”)"
        ask = f" ทั้งนี้ สอบถามเพิ่มเติมได้ที่{self.contact}" if self.contact else ""
        if self.follow_up < URGED_FROM:
            return f"จึงขอความร่วมมือ{self.unit} ดำเนินการให้แล้วเสร็จ และ{what} โดยเร็ว{ask}"
        if self.follow_up < DECIDED_FROM:
            return f"จึงขอให้{self.unit} เร่งรัดดำเนินการ และ{what} โดยด่วน หรือแจ้งเหตุขัดข้องพร้อมวันที่คาดว่าจะแล้วเสร็จ{ask}"
        return (
            f"จึงขอให้{self.unit} ดำเนินการและ{what} โดยด่วนที่สุด หรือชี้แจงเหตุขัดข้องเป็นลายลักษณ์อักษร "
            f"เพื่อเสนอผู้บริหารพิจารณาสั่งการต่อไป{ask}"
        )


def memo_text(memo: Memo) -> str:
    """Return the memo as plain text."""
    head = (
        "บันทึกข้อความ",
        f"ส่วนราชการ {memo.office}",
        f"ที่ ....................    วันที่ {long_day(memo.on)}",
        f"เรื่อง {memo.subject}",
        f"เรียน {memo.to}",
        f"อ้างถึง {' และ'.join(memo.references)}",
    )
    return "\n".join((*head, "", *memo.paragraphs, "", memo.closing))
