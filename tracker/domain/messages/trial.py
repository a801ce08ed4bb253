"""The words of a trial message: it proves that a channel works, and asks nothing of its reader."""

from dataclasses import dataclass
from datetime import datetime

from schedules.calendars import BANGKOK
from tracker.domain.messages.lines import one_line
from tracker.domain.thai.dates import weekday_day
from tracker.domain.thai.numerals import thai


@dataclass(frozen=True, slots=True)
class Trial:
    """Subject and text."""

    subject: str
    text: str


def compose_trial(agency: str, *, now: datetime, reference: str) -> Trial:
    """Return a trial message of an agency, written at an instant."""
    local = now.astimezone(BANGKOK)
    return Trial(
        f"ทดสอบการส่งข้อความ: ระบบติดตามแผน ITA ของ{one_line(agency)}",
        "\n".join(
            (
                "เรียน ผู้ดูแลระบบ",
                "",
                f"ข้อความนี้ส่งเมื่อ{weekday_day(local.date())} เวลา {thai(f'{local:%H.%M}')} น.",
                f"เพื่อทดสอบว่าระบบติดตามแผน ITA ของ{one_line(agency)} ส่งข้อความถึงท่านได้",
                "หากท่านอ่านข้อความนี้ได้ครบถ้วน แสดงว่าช่องทางนี้พร้อมใช้งาน โดยท่านไม่ต้องดำเนินการใด",
                "",
                "This is a test message. Nothing needs to be done.",
                "",
                f"เลขอ้างอิง {reference}",
            )
        ),
    )
