"""What a digest looks like in a mail and on LINE."""

import html
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given

from tests.builders_messages import AGENCY, FOLLOWED, ITEM, LATE, NOW_DUE, alert, digests, say, sum_up, tell
from tracker.delivery.render import LINE_AIM, LINE_LIMIT, forms_for, render
from tracker.domain.messages import SUBJECT_CELLS, CoordinatorDay, Digest, UnownedTask, merged
from tracker.domain.messages.lines import cells
from tracker.domain.messages.samples import sample_digests
from tracker.domain.thai.numerals import squeeze


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


def test_a_section_that_says_all_in_its_title_leaves_no_empty_space_between_two_rules() -> None:
    text = render(tell(CoordinatorDay())).text
    assert "ไม่มีการจัดส่งในรอบนี้\n\n----------------------------------------\nเหตุที่ท่าน" in text


def test_the_text_part_reads_as_a_letter() -> None:
    assert render(say(ITEM)).text == (
        """เรียน นายตัวอย่าง กองคลัง (นักวิชาการเงินและบัญชี)

ด้วยเทศบาลตำบลธารแก้วไพร ได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน
(ITA) จึงขอเรียนแจ้งเรื่องในความรับผิดชอบของหน่วยงานของท่าน จำนวน ๑ เรื่อง
(ใกล้ครบกำหนด) โดยมีรายละเอียดดังต่อไปนี้

ใกล้ครบกำหนด (๑ เรื่อง)
----------------------------------------
๑. กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน (อีก ๗ วัน)
   มาตรการ: ข้อ ๓ การเปิดเผยแผนการใช้จ่ายงบประมาณ
   กำหนด: วันพุธที่ ๓๑ มีนาคม ๒๕๖๔
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
ข้อความนี้จัดส่งโดยอัตโนมัติ จากระบบติดตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสของเทศบาลตำบลธารแก้วไพร
"""
    )


def test_markup_in_a_plan_is_text_and_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    html = render(say(replace(ITEM, title=evil, unit=evil, phrase=evil, measure_title=evil))).html
    outline = Outline(html)
    assert "script" not in [tag for tag, _ in outline.tags]
    assert evil in outline.text


def test_text_and_line_parts_keep_the_signs_as_they_are() -> None:
    rendered = render(say(replace(ITEM, title="รายงาน <ก> & ข")))
    assert "รายงาน <ก> & ข" in rendered.text
    assert "รายงาน <ก> & ข" in rendered.line


def test_html_fetches_nothing_from_outside() -> None:
    outline = Outline(render(say(ITEM)).html)
    assert not outline.open
    assert {"img", "link", "script", "style", "iframe"}.isdisjoint(tag for tag, _ in outline.tags)
    assert not any({"src", "href", "background"} & attrs.keys() for _, attrs in outline.tags)
    assert "url(" not in render(say(ITEM)).html


@pytest.mark.parametrize("lang", ["th", "en"])
def test_html_names_its_language(lang: str) -> None:
    assert ("html", {"lang": lang}) in Outline(render(say(ITEM, lang=lang)).html).tags


def test_html_says_in_words_what_its_colours_say() -> None:
    late = replace(ITEM, due=date(2021, 3, 10), follow_up=1)
    outline = Outline(render(say(late, ITEM)).html)
    for words in ("ติดตามครั้งที่ ๑", "เกินกำหนดมาแล้ว ๑๔ วัน", "ใกล้ครบกำหนด", "อีก ๗ วัน"):
        assert words in outline.text


def test_every_form_counts_what_is_not_spelled_out() -> None:
    rendered = render(say(*[replace(ITEM, task_id=n) for n in range(35)]))
    assert "และอีก ๕ รายการ" in rendered.text
    assert "และอีก ๕ รายการ" in rendered.html
    shown = rendered.line.count("•")
    assert f"และอีก {35 - shown}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) in rendered.line


def test_line_says_what_and_when_first_and_ends_with_the_reference() -> None:
    lines = render(say(ITEM)).line.splitlines()
    assert lines[0] == "กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน กำหนด ๓๑ มี.ค. ๒๕๖๔"
    assert lines[3].startswith("• กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน · ข้อ ๓ ")
    assert lines[3].endswith(" กำหนด ๓๑ มี.ค. ๒๕๖๔ (อีก ๗ วัน)")
    assert lines[-1] == "เลขอ้างอิง: ITA-0001"


@pytest.mark.parametrize("title", ["🎉" * 500, "รายงาน" * 200, "a b " * 300])
def test_line_stays_short_even_with_thirty_long_titles_and_emoji(title: str) -> None:
    line = render(say(*[replace(ITEM, task_id=n, title=title, unit=title) for n in range(40)])).line
    assert units(line) <= LINE_AIM + 40
    assert "•" in line
    assert "เลขอ้างอิง: ITA-0001" in line


def test_line_is_cut_within_its_limit_in_whole_characters_and_keeps_the_reference() -> None:
    digest = say(ITEM)
    huge = replace(digest, brief=("🎉" * 4000, *digest.brief))
    line = render(huge).line
    assert LINE_LIMIT - 1 <= units(line) <= LINE_LIMIT
    assert line.endswith("…\nเลขอ้างอิง: ITA-0001")
    line.encode("utf-8")


def test_no_contact_of_the_agency_makes_a_line_text_that_must_be_cut() -> None:
    huge = replace(AGENCY, contact_phone="🎉" * 4000, contact_name="ก" + "่" * 4000, contact_email="🎉" * 4000)
    line = render(say(ITEM, agency=huge)).line
    assert units(line) <= LINE_LIMIT
    assert line.endswith("\nเลขอ้างอิง: ITA-0001")


def test_line_speaks_of_every_section_of_a_merged_message() -> None:
    many = [replace(ITEM, task_id=n) for n in range(20)]
    line = render(merged(say(*many), tell(), sum_up())).line
    for words in ("โควตาข้อความ LINE", "n***@example.org", "ยังไม่มีผู้รับผิดชอบ", "กองช่าง: เกินกำหนด ๘ เรื่อง"):
        assert words in line


def test_a_merged_message_begins_with_its_contents_and_leads_into_each_part() -> None:
    day, week = tell(), sum_up()
    both = merged(say(ITEM), day, week)
    rendered = render(both)
    assert "\n".join(f"- {section.title}" for section in both.sections) in rendered.text
    outline = Outline(rendered.html)
    assert [tag for tag, _ in outline.tags].count("li") == len(both.sections)
    for part in (rendered.text, outline.text):
        assert squeeze(f"อนึ่ง {day.opening}") in squeeze(part)
        assert squeeze(f"อนึ่ง {week.opening}") in squeeze(part)


def test_only_the_forms_that_a_channel_carries_are_made() -> None:
    whole = render(say(ITEM))
    assert render(say(ITEM), forms=forms_for("email")) == replace(whole, line="")
    assert render(say(ITEM), forms=forms_for("line")) == replace(whole, text="", html="")
    assert render(say(ITEM), forms=forms_for("slack")) == replace(whole, html="", line="")


def test_line_names_the_agency_before_the_reference() -> None:
    assert render(say(ITEM)).line.splitlines()[-2:] == [AGENCY.name, "เลขอ้างอิง: ITA-0001"]


def test_headings_go_from_the_message_to_its_sections_to_its_tasks() -> None:
    tags = [tag for tag, _ in Outline(render(say(FOLLOWED, ITEM)).html).tags]
    assert [tag for tag in tags if tag in ("h1", "h2", "h3")] == ["h1", "h2", "h3", "h2", "h3", "h2", "h2", "h2", "h2"]


def test_dates_and_counts_are_not_torn_apart_by_line_breaks() -> None:
    text = render(say(replace(ITEM, due=date(2021, 3, 10), follow_up=1, first_notified_on=date(2021, 2, 8)))).text
    assert "วันจันทร์ที่ ๘ กุมภาพันธ์ ๒๕๖๔" in text


def test_commands_for_the_coordinator_stay_on_one_line_to_be_copied() -> None:
    day = CoordinatorDay(unowned=(UnownedTask(44, "กองช่าง", "รายงาน", date(2021, 9, 30)),))
    rendered = render(tell(day))
    assert "\n   tracker task assign 44 --to NAME\n" in rendered.text
    outline = Outline(rendered.html)
    assert "tracker task assign 44 --to NAME" in outline.text
    assert ("span", {"style": "white-space:nowrap"}) in outline.tags  # no program breaks `--to` after its hyphens


def test_english_mails_have_english_words_around_thai_titles() -> None:
    text = render(say(ITEM, lang="en")).text
    assert "1. กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน (7 days left)" in text
    assert "Due: Wednesday 31 March 2021 (B.E. 2564)" in text
    assert "เรียน" not in text


@pytest.mark.parametrize(
    ("digest", "label"),
    [
        (say(ITEM), "แจ้งเตือนก่อนครบกำหนด"),
        (say(NOW_DUE), "ครบกำหนดวันนี้"),
        (say(LATE), "แจ้งเรื่องเกินกำหนด"),
        (say(FOLLOWED), "ติดตามผลการดำเนินงาน"),
        (tell(), "สรุปประจำวัน"),
        (sum_up(), "สรุปประจำสัปดาห์"),
        (alert("ฐานข้อมูลขัดข้อง"), "แจ้งเหตุด่วน"),
        (say(NOW_DUE, lang="en"), "Due today"),
    ],
)
def test_each_tone_has_a_template_with_its_own_heading(digest: Digest, label: str) -> None:
    heading = render(digest).html.partition("<h1")[2].partition("</h1>")[0]
    assert f">{label}<" in heading


def test_a_follow_up_says_its_subject_as_a_letter_does() -> None:
    assert render(say(FOLLOWED)).text.startswith("เรื่อง ติดตามครั้งที่ ๑ กองคลัง")
    assert render(say(FOLLOWED, lang="en")).text.startswith("Re: Follow-up 1")


def test_the_coordinators_day_begins_with_its_contents() -> None:
    digest = tell()
    contents = render(digest).text.split("\n\n")[2]
    assert contents.splitlines() == [f"- {section.title}" for section in digest.sections]


@pytest.mark.parametrize("digest", sample_digests(), ids=lambda digest: f"{digest.tone}-{digest.lang}")
def test_layout_tables_say_so_to_a_screen_reader_and_every_part_stands_on_a_paper_of_its_own(digest: Digest) -> None:
    outline = Outline(render(digest).html)
    assert not outline.open
    tables = [attrs for tag, attrs in outline.tags if tag == "table"]
    assert all(attrs["role"] == "presentation" and attrs["bgcolor"] for attrs in tables)
    inked = [attrs["style"] or "" for tag, attrs in outline.tags if tag == "td" and "style" in attrs]
    assert all("background-color:" in style for style in inked if ";color:" in style)
    assert next(tag for tag, _ in outline.tags if tag in ("h1", "h2")) == "h1"


def test_colours_contrast_with_the_paper_they_stand_on() -> None:
    from tracker.delivery.templates import _COLOURS

    for colour in _COLOURS.values():
        assert contrast(colour["ink"], "#ffffff") > 6
        assert contrast(colour["ink"], colour["paper"]) > 5.5


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@given(digests())
def test_every_message_renders_in_every_form_with_its_reference_and_all_that_it_spells_out(digest: Digest) -> None:
    rendered = render(digest)
    assert rendered.warnings == ()
    assert units(rendered.line) <= LINE_LIMIT
    assert cells(digest.subject) <= SUBJECT_CELLS
    assert not Outline(rendered.html).open
    text, page = squeeze(rendered.text), squeeze(html.unescape(rendered.html))
    for entry in [entry for section in digest.sections for entry in section.entries]:
        assert squeeze(entry.title) in text
        assert squeeze(entry.title) in page
    assert all("ITA-0001" in form for form in (rendered.text, rendered.html, rendered.line))
