"""What a digest looks like in a mail and on LINE."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from tracker.delivery.render import LINE_AIM, LINE_LIMIT, render
from tracker.domain.messages import (
    Addressee,
    Agency,
    CoordinatorDay,
    Item,
    UnownedTask,
    compose,
    compose_coordinator_day,
)

TODAY = date(2026, 3, 24)
AGENCY = Agency("เทศบาลตำบลธารแก้วไพร", "นางสาวประสาน สมมุติงาน", "ita@example.org", "0 2000 0000")
ITEM = Item(
    task_id=12,
    rung="before-7",
    audience="owner",
    tone="coming",
    follow_up=0,
    title="รายงานผลการดำเนินงาน รอบ ๖ เดือน",
    measure_number="๓",
    measure_title="การเปิดเผยแผนการใช้จ่ายงบประมาณ",
    unit="กองคลัง",
    due=date(2026, 3, 31),
    phrase="รายงานต่อปลัดเทศบาล รอบ ๖ เดือน",
    line=74,
    basis="stated",
)


def digest_of(*items: Item, lang: str = "th", agency: Agency = AGENCY):
    to = Addressee("นายตัวอย่าง กองคลัง", "นักวิชาการเงินและบัญชี", lang)
    return compose(to, items, today=TODAY, agency=agency, reference="ITA-0001")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Outline(HTMLParser):
    """Collects tags, their attributes and the text of a document, and checks that tags close in order."""

    VOID = ("meta", "br")

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(document)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_the_text_part_reads_as_a_letter() -> None:
    assert render(digest_of(ITEM)).text == (
        """เรียน นายตัวอย่าง กองคลัง (นักวิชาการเงินและบัญชี)

ด้วยเทศบาลตำบลธารแก้วไพรได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน
(ITA) จึงขอเรียนแจ้งเรื่องในความรับผิดชอบของหน่วยงานของท่าน จำนวน ๑ เรื่อง
(ใกล้ครบกำหนด) โดยมีรายละเอียดดังต่อไปนี้

ใกล้ครบกำหนด (๑ เรื่อง)
----------------------------------------
๑. กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน (อีก ๗ วัน)
   มาตรการ: ข้อ ๓ การเปิดเผยแผนการใช้จ่ายงบประมาณ
   กำหนด: วันอังคารที่ ๓๑ มีนาคม ๒๕๖๙
   ที่มา: “รายงานต่อปลัดเทศบาล รอบ ๖ เดือน” (แผนฯ บรรทัดที่ ๗๔)
   เลขที่งาน: 12

----------------------------------------
เหตุที่ท่านได้รับข้อความนี้
   ท่านเป็นผู้รับผิดชอบของหน่วยงานที่ระบุไว้ในแผน

การดำเนินการต่อไป
   โปรดดำเนินการและส่งรายงานผลพร้อมหลักฐานถึงนางสาวประสาน สมมุติงาน (อีเมล
   ita@example.org) เพื่อให้ผู้ประสานงานบันทึกผลในระบบ
   รายงานควรประกอบด้วยผลการดำเนินงาน หลักฐาน ปัญหา อุปสรรค และข้อเสนอแนะ (หากไม่มี
   โปรดระบุว่า “ไม่มี”)
   หากต้องการเวลาเพิ่มเติม โปรดแจ้งผู้ประสานงานพร้อมวันที่คาดว่าจะส่ง

สอบถามเพิ่มเติม
   นางสาวประสาน สมมุติงาน (อีเมล ita@example.org) โทร. 0 2000 0000

เลขอ้างอิง
   ITA-0001

จึงเรียนมาเพื่อโปรดดำเนินการ

เทศบาลตำบลธารแก้วไพร
----------------------------------------
ข้อความนี้จัดส่งโดยอัตโนมัติจากระบบติดตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสของเทศบาลตำบลธารแก้วไพร
"""
    )


def test_markup_in_a_plan_is_text_and_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    html = render(digest_of(replace(ITEM, title=evil, unit=evil, phrase=evil, measure_title=evil))).html
    outline = Outline(html)
    assert "script" not in [tag for tag, _ in outline.tags]
    assert evil in outline.text


def test_text_and_line_parts_keep_the_signs_as_they_are() -> None:
    rendered = render(digest_of(replace(ITEM, title="รายงาน <ก> & ข")))
    assert "รายงาน <ก> & ข" in rendered.text
    assert "รายงาน <ก> & ข" in rendered.line


def test_html_fetches_nothing_from_outside() -> None:
    outline = Outline(render(digest_of(ITEM)).html)
    assert not outline.open
    assert {"img", "link", "script", "style", "iframe"}.isdisjoint(tag for tag, _ in outline.tags)
    assert not any({"src", "href", "background"} & attrs.keys() for _, attrs in outline.tags)
    assert "url(" not in render(digest_of(ITEM)).html


@pytest.mark.parametrize("lang", ["th", "en"])
def test_html_names_its_language(lang: str) -> None:
    assert ("html", {"lang": lang}) in Outline(render(digest_of(ITEM, lang=lang)).html).tags


def test_html_says_in_words_what_its_colours_say() -> None:
    late = replace(ITEM, due=date(2026, 3, 10), follow_up=1)
    outline = Outline(render(digest_of(late, ITEM)).html)
    for words in ("ติดตามครั้งที่ ๑", "เกินกำหนดมาแล้ว ๑๔ วัน", "ใกล้ครบกำหนด", "อีก ๗ วัน"):
        assert words in outline.text


def test_every_form_counts_what_is_not_spelled_out() -> None:
    rendered = render(digest_of(*[replace(ITEM, task_id=n) for n in range(35)]))
    assert "และอีก ๕ รายการ" in rendered.text
    assert "และอีก ๕ รายการ" in rendered.html
    shown = rendered.line.count("•")
    assert f"และอีก {35 - shown}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) in rendered.line


def test_line_says_what_and_when_first_and_ends_with_the_reference() -> None:
    lines = render(digest_of(ITEM)).line.splitlines()
    assert lines[0] == "กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน กำหนด ๓๑ มี.ค. ๒๕๖๙"
    assert lines[3].startswith("• กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน · ข้อ ๓ ")
    assert lines[3].endswith(" กำหนด ๓๑ มี.ค. ๒๕๖๙ (อีก ๗ วัน)")
    assert lines[-1] == "เลขอ้างอิง: ITA-0001"


@pytest.mark.parametrize("title", ["🎉" * 500, "รายงาน" * 200, "a b " * 300])
def test_line_stays_short_even_with_thirty_long_titles_and_emoji(title: str) -> None:
    line = render(digest_of(*[replace(ITEM, task_id=n, title=title, unit=title) for n in range(40)])).line
    assert units(line) <= LINE_AIM + 40
    assert "•" in line
    assert "เลขอ้างอิง: ITA-0001" in line


def test_line_never_passes_the_limit_of_line_and_never_splits_a_character() -> None:
    huge = replace(AGENCY, contact_phone="🎉" * 4000)
    line = render(digest_of(ITEM, agency=huge)).line
    assert units(line) <= LINE_LIMIT
    line.encode("utf-8")


def test_dates_and_counts_are_not_torn_apart_by_line_breaks() -> None:
    text = render(digest_of(replace(ITEM, due=date(2026, 3, 10), follow_up=1, first_notified_on=date(2026, 2, 9)))).text
    assert "วันจันทร์ที่ ๙ กุมภาพันธ์ ๒๕๖๙" in text


def test_commands_for_the_coordinator_stay_on_one_line_to_be_copied() -> None:
    day = CoordinatorDay(unowned=(UnownedTask(44, "กองช่าง", "รายงาน", date(2026, 9, 30)),))
    digest = compose_coordinator_day(Addressee("นางสาวประสาน"), day, today=TODAY, agency=AGENCY, reference="R")
    assert "\n   tracker task assign 44 --to NAME\n" in render(digest).text
    assert "tracker task assign 44 --to NAME" in render(digest).html


def test_english_mails_have_english_words_around_thai_titles() -> None:
    text = render(digest_of(ITEM, lang="en")).text
    assert "1. กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน (7 days left)" in text
    assert "Due: Tuesday 31 March 2026 (B.E. 2569)" in text
    assert "เรียน" not in text
