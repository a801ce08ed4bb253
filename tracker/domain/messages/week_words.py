"""The words of the executive's week, in Thai and in English."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.domain.counting import counted
from tracker.domain.messages.values import Lang
from tracker.domain.thai.numerals import thai


@dataclass(frozen=True, slots=True)
class WeekWords:
    """Sentences of the weekly digest, filled with `str.format`; `subjects` from the fullest to the shortest."""

    subjects: tuple[str, ...]
    units: Callable[[int], str]
    opening: str
    section: str
    title: str
    since: str
    oldest: str
    named: str
    and_others: str
    why: str


THAI = WeekWords(
    subjects=(
        "สรุปประจำสัปดาห์ {day}: งาน ITA เกินกำหนด {tasks} ใน {units}",
        "สรุปประจำสัปดาห์ {day}: ITA เกินกำหนด {tasks} ใน {units}",
        "สรุปประจำสัปดาห์ {day}: เกินกำหนด {tasks}",
    ),
    units=lambda count: f"{thai(count)} หน่วยงาน",
    opening=(
        "ขอเรียนสรุปผลการติดตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน (ITA) ของ{agency} ณ {day} "
        "มีเรื่องที่เกินกำหนดและยังไม่ปรากฏผลในระบบติดตาม จำนวน {tasks} ใน {units} "
        "เรียงตามหน่วยงานที่มีเรื่องเกินกำหนดนานที่สุด ดังต่อไปนี้"
    ),
    section="เรื่องที่เกินกำหนด จำแนกตามหน่วยงาน ({units})",
    title="เกินกำหนด {tasks}",
    since="กำหนดแรกสุด {day}",
    oldest="กำหนดแรกสุด",
    named="เรื่องที่เกินกำหนดนานที่สุด",
    and_others=" และอีก {tasks}",
    why="ท่านเป็นผู้บริหารของหน่วยงาน ซึ่งได้รับสรุปนี้สัปดาห์ละครั้งเมื่อมีเรื่องเกินกำหนด",
)

ENGLISH = WeekWords(
    subjects=("Weekly summary {day}: {tasks} past due in {units}", "Weekly summary {day}: {tasks} past due"),
    units=lambda count: counted(count, "unit"),
    opening=(
        "This is where the integrity and transparency measures (ITA) of {agency} stand on {day}: "
        "{tasks} past due in {units}, with no result on record yet. The unit that waits longest stands first."
    ),
    section="Past due, by unit ({units})",
    title="{tasks} past due",
    since="since {day}",
    oldest="Earliest due date",
    named="Longest past due",
    and_others=" and {tasks} more",
    why="You are an executive of the agency, who gets this summary once a week while anything is past due.",
)

WEEK_WORDS: Mapping[Lang, WeekWords] = {"th": THAI, "en": ENGLISH}
