"""What O42 asks of the plan as a whole, besides its measures: looked for in the words of the document."""

from collections.abc import Iterator

from tracker.domain.plans import Assessment, PlanWarning
from tracker.domain.thai.numerals import squeeze
from tracker.intake.layout import Layout

_DEFECTS = (
    *("ข้อบกพร่อง", "จุดอ่อน", "ประเด็นที่ต้องแก้ไข", "ประเด็นที่ควรแก้ไข"),
    *("ประเด็นที่ควรปรับปรุง", "ประเด็นที่ต้องปรับปรุง", "ประเด็นที่จะต้องปรับปรุง"),
    *("โดยเร่งด่วน", "อย่างเร่งด่วน", "แก้ไขเร่งด่วน", "ประเด็นเร่งด่วน"),
)
_IMPROVEMENTS = ("พัฒนาให้ดีขึ้น", "ต้องพัฒนา", "ควรพัฒนา", "ต้องปรับปรุง", "ควรปรับปรุง")


def element_doubts(layout: Layout, assessment: Assessment) -> Iterator[PlanWarning]:
    """Yield a warning for each required element of the whole plan that the document does not show."""
    words = {squeeze(line.text) for line in layout.lines()}
    if assessment.score is None and not assessment.indicators:
        yield PlanWarning("no-analysis", "ไม่พบผลการประเมิน ITA ของปีที่ผ่านมา ซึ่ง O42 กำหนดให้แสดงการวิเคราะห์")
    if not _says(words, _DEFECTS):
        yield PlanWarning("no-urgent-defects", "ไม่พบประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อนที่ต้องแก้ไขโดยเร่งด่วน")
    if not _says(words, _IMPROVEMENTS):
        yield PlanWarning("no-improvement-points", "ไม่พบประเด็นที่จะต้องพัฒนาให้ดีขึ้น")


def _says(words: set[str], any_of: tuple[str, ...]) -> bool:
    return any(phrase in text for text in words for phrase in any_of)
