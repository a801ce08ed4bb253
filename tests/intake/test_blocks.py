"""Plans without a table: however headings, steps and labels are written, the same measures are read."""

from itertools import product

import pytest

from tracker.domain.plans import Source
from tracker.domain.thai.numerals import thai
from tracker.intake.blocks import listed_measures, read_blocks
from tracker.intake.layout import Layout, Paragraph

TITLES = ("ปรับปรุงการจองห้องประชุม", "เปิดเผยราคากลางให้ค้นง่าย", "คุ้มครองผู้แจ้งเบาะแส")
STEPS = (("สำรวจความต้องการ", "จัดทำปฏิทินกลาง"), ("รวบรวมราคากลาง",), ("กำหนดช่องทางลับ", "ชี้แจงบุคลากร", "ประเมินระบบ"))
OWNERS = ("กองกลาง", "กองพัสดุ", "กองวินัย")
HEADINGS = {
    "section and number": lambda n: f"๓.{thai(n)} ",
    "number": lambda n: f"{thai(n)}. ",
    "named": lambda n: f"มาตรการที่ {thai(n)} ",
    "named with colon": lambda n: f"มาตรการที่ {n} : ",
    "activity": lambda n: f"กิจกรรมที่ {thai(n)} ",
    "issue": lambda n: f"ประเด็นที่ {thai(n)} ",
    "roman": lambda n: f"{('I', 'II', 'III')[n - 1]}. ",
    "letter": lambda n: f"{'กขค'[n - 1]}. ",
    "in brackets": lambda n: f"({thai(n)}) ",
    "titled": lambda _: "มาตรการ : ",
    "bullet": lambda _: "• มาตรการ",
}
MARKS = {
    "half bracket": lambda k, _: f"{thai(k)}) ",
    "brackets": lambda k, _: f"({thai(k)}) ",
    "dash": lambda _, __: "- ",
    "number": lambda k, _: f"{thai(k)}. ",
    "below the heading": lambda k, n: f"{n}.{k} ",
}
LABELS = {
    "colon": ("วิธีดำเนินการ", "ผู้รับผิดชอบ : {}", "ระยะเวลาดำเนินการ : {}", "การติดตามและรายงานผล : {}"),
    "blank": ("ขั้นตอนการดำเนินงาน", "หน่วยงานที่รับผิดชอบ {}", "ระยะเวลา {}", "การกำกับติดตาม {}"),
    "line of its own": ("แนวทาง", "ผู้รับผิดชอบ\n{}", "กำหนดเวลา\n{}", "การรายงานผล\n{}"),
    "numbered": ("๑) วิธีดำเนินการ", "๒) ผู้รับผิดชอบ : {}", "๓) ระยะเวลา : {}", "๔) การติดตาม : {}"),
}
PREFACE = ("มาตรการส่งเสริมคุณธรรม", "๑. ความเป็นมา", "ได้คะแนนดี", "๒. ประเด็นที่ต้องปรับปรุง", "ยังล่าช้า", "๓. มาตรการ")
CLOSING = ("๔. การรายงานผล", "ให้กองแผนรวบรวมรายงานภายในวันที่ ๓๑ มีนาคม ๒๕๖๙", "(นายสมมติ ตัวอย่าง)", "อธิการบดี")
ALIKE = {("in brackets", "brackets"), ("in brackets", "half bracket"), ("number", "number"), ("letter", "number")}
"""Headings and unlabelled steps that only their meaning could tell apart."""


def layout(*lines: str) -> Layout:
    texts = [part for line in lines for part in line.split("\n")]
    return Layout(Source("plan.docx", "", "docx"), tuple(Paragraph(text, n) for n, text in enumerate(texts, start=1)))


def plan(heading: str, mark: str, labels: str, *, steps_labelled: bool = True) -> Layout:
    steps, owner, time, follow_up = LABELS[labels]
    lines = list(PREFACE)
    for n, title in enumerate(TITLES, start=1):
        lines.append(HEADINGS[heading](n) + title)
        lines.extend([steps] if steps_labelled else [])
        below = "๓." if heading == "section and number" and mark == "below the heading" else ""
        lines.extend(below + MARKS[mark](k, n) + step for k, step in enumerate(STEPS[n - 1], start=1))
        lines.append(owner.format(OWNERS[n - 1]))
        lines.append(time.format("ม.ค. - มี.ค. ๒๕๖๙"))
        lines.append(follow_up.format("รายงานผลทุกไตรมาส"))
    return layout(*lines, *CLOSING)


def read(found: Layout) -> list[tuple[str, int, str, str, str]]:
    rows = read_blocks(found).rows
    return [
        (row.title.removeprefix("มาตรการ"), len(row.steps.parts), row.owner.text, row.time.text, row.monitor.text)
        for row in rows
    ]


EXPECTED = [
    (title, len(steps), owner, "ม.ค. - มี.ค. ๒๕๖๙", "รายงานผลทุกไตรมาส")
    for title, steps, owner in zip(TITLES, STEPS, OWNERS, strict=True)
]


@pytest.mark.parametrize(("heading", "mark", "labels"), [*product(HEADINGS, MARKS, LABELS)])
def test_measures_are_read_alike_however_they_are_numbered(heading, mark, labels):
    assert read(plan(heading, mark, labels)) == EXPECTED


@pytest.mark.parametrize(
    ("heading", "mark", "labels"),
    [one for one in product(HEADINGS, MARKS, LABELS) if one[:2] not in ALIKE and one[2] != "numbered"],
)
def test_steps_without_a_label_of_their_own_are_no_measures(heading, mark, labels):
    assert read(plan(heading, mark, labels, steps_labelled=False)) == EXPECTED


def titles(*lines: str) -> list[str]:
    return [row.title for row in read_blocks(layout(*lines)).rows]


def block(heading: str, owner: str = "กองกลาง") -> list[str]:
    return [heading, f"ผู้รับผิดชอบ : {owner}", "ระยะเวลา : ม.ค. ๒๕๖๙", "วิธีดำเนินการ", "๑. ประชุม", "๒. ประกาศ"]


def test_steps_that_come_last_do_not_begin_the_next_measure():
    lines = [
        *block("๑. จัดระเบียบคลังพัสดุ"),
        *block("๒. ลดขั้นตอนบริการ"),
        *block("๓. เปิดเผยผลการประชุม"),
        *block("๔. งดรับของขวัญ"),
    ]
    rows = read_blocks(layout(*lines)).rows
    assert [(row.number, row.title, len(row.steps.parts)) for row in rows] == [
        ("1", "จัดระเบียบคลังพัสดุ", 2),
        ("2", "ลดขั้นตอนบริการ", 2),
        ("3", "เปิดเผยผลการประชุม", 2),
        ("4", "งดรับของขวัญ", 2),
    ]


def test_numbers_may_start_again_below_each_indicator_which_links_its_measures():
    lines = [
        "ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่",
        *block("๑. ทำป้ายขั้นตอน"),
        *block("๒. อบรมมารยาท"),
        "ตัวชี้วัดที่ ๓ การใช้อำนาจ",
        *block("๑. ประกาศเกณฑ์เลื่อนขั้น"),
    ]
    rows = read_blocks(layout(*lines)).rows
    assert [(row.title, row.indicator) for row in rows] == [
        ("ทำป้ายขั้นตอน", 1),
        ("อบรมมารยาท", 1),
        ("ประกาศเกณฑ์เลื่อนขั้น", 3),
    ]


def test_a_measure_whose_labels_were_forgotten_is_kept_between_the_others():
    lines = [*block("๓.๑ ทำป้ายขั้นตอน"), "๓.๒ อบรมมารยาท", "จัดอบรมปีละครั้ง", *block("๓.๓ ประกาศเกณฑ์เลื่อนขั้น")]
    assert titles(*lines) == ["ทำป้ายขั้นตอน", "อบรมมารยาท", "ประกาศเกณฑ์เลื่อนขั้น"]


def test_a_measure_that_lost_its_first_label_does_not_swallow_the_next():
    first, *rest = block("๓.๒ อบรมมารยาท")
    lines = [*block("๓.๑ ทำป้ายขั้นตอน"), first, *rest[1:], *block("๓.๓ ประกาศเกณฑ์เลื่อนขั้น")]
    assert titles(*lines) == ["ทำป้ายขั้นตอน", "อบรมมารยาท", "ประกาศเกณฑ์เลื่อนขั้น"]


def test_labels_glued_to_the_words_before_them_are_parted_when_they_recur_on_lines_of_their_own():
    lines = [
        "๑. จัดระเบียบคลังวิธีดำเนินการ",
        "๑) ตรวจนับผู้รับผิดชอบ : กองกลาง",
        "ระยะเวลาดำเนินการ : ม.ค. ๒๕๖๙",
    ]
    whole = ["วิธีดำเนินการ", "๑) ประชุม", "ผู้รับผิดชอบ : กองคลัง", "ระยะเวลาดำเนินการ : ก.พ. ๒๕๖๙"]
    rows = read_blocks(layout(*lines, "๒. ลดขั้นตอน", *whole, "๓. งดรับของขวัญ", *whole)).rows
    assert (rows[0].title, rows[0].steps.parts, rows[0].owner.text) == ("จัดระเบียบคลัง", ("๑) ตรวจนับ",), "กองกลาง")


def test_the_lines_that_measures_take_are_told_and_the_closing_section_is_none_of_them():
    found = plan("number", "dash", "colon")
    last = max(read_blocks(found).lines)
    texts = {line.line: line.text for line in found.paragraphs()}
    assert texts[last].startswith("การติดตามและรายงานผล")
    assert texts[last + 1] == CLOSING[0]


def test_a_list_with_owners_in_brackets_gives_measures_only_when_most_of_its_lines_end_so():
    owned = ["๑. ทำป้ายขั้นตอน (กองกลาง)", "๒. อบรมมารยาท (กองวินัย, ม.ค. ๒๕๖๙)", "๓. ประกาศเกณฑ์ (ทุกกอง)"]
    assert [row.owner.text for row in listed_measures(layout(*owned)).rows] == ["กองกลาง", "กองวินัย", "ทุกกอง"]
    notes = [f"{n}. คะแนนของหน่วยงานอยู่ในระดับดี" for n in range(4, 12)]
    assert listed_measures(layout(owned[0], *notes, "๑๒. ทำป้าย (กองกลาง)", "๑๓. อบรม (กองวินัย)")).rows == ()


def test_an_unknown_label_ends_the_part_above_it_and_not_the_measure():
    lines = [
        line
        for n, title in enumerate(TITLES, start=1)
        for line in (f"มาตรการที่ {n} {title}", "ผู้รับผิดชอบ : กองกลาง", "พื้นที่ : ทุกชั้น", "ระยะเวลา : ม.ค. - มี.ค. ๒๕๖๙")
    ]
    rows = read_blocks(layout(*lines)).rows
    assert [(row.title, row.owner.text, row.time.text) for row in rows] == [
        (title, "กองกลาง", "ม.ค. - มี.ค. ๒๕๖๙") for title in TITLES
    ]


def test_a_list_that_begins_beside_its_label_goes_on_below_it():
    lines = [
        line
        for n, title in enumerate(TITLES, start=1)
        for line in (
            f"มาตรการที่ {n} {title}",
            "วิธีดำเนินการ : ๑. สำรวจ",
            "๒. ชี้แจง",
            "ผู้รับผิดชอบ : กองกลาง",
            "ระยะเวลา : ม.ค. ๖๙",
        )
    ]
    rows = read_blocks(layout(*lines)).rows
    assert [(row.title, row.steps.parts) for row in rows] == [(title, ("๑. สำรวจ", "๒. ชี้แจง")) for title in TITLES]
