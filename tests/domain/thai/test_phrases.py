from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.calendars import ERA, fiscal_year_bounds
from tracker.domain.thai.dates import MONTHS, SHORT_MONTHS, long_day, short_day
from tracker.domain.thai.numerals import thai
from tracker.domain.thai.phrases import find_phrases, read_phrase, read_timeframe, read_times
from tracker.domain.thai.phrases_joining import is_cut_off

FY = 2569
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def due(text: str, fiscal_year: int | None = FY) -> date | None:
    reading = read_phrase(text, fiscal_year)
    assert reading.rule == "due", reading
    return reading.due


def window(text: str, fiscal_year: int | None = FY) -> tuple[date | None, date | None]:
    reading = read_timeframe(text, fiscal_year)
    assert reading.rule == "window", reading
    return reading.start, reading.end


@given(DAYS)
def test_a_day_after_within_is_a_deadline_however_its_date_is_written(day):
    for text in (long_day(day), short_day(day), f"{day.day:02}/{day.month:02}/{day.year + ERA}"):
        assert due(f"ภายในวันที่ {text}") == day
        assert due(f"ภายใน {thai(text)}") == day


@given(st.text(alphabet="ภายในวันที่เดือนปี ๑๒๓456มีนาคม.ค.รอบทุกและ-–()พ.ศ.งบประมาณ\u0e4d\u0e32", max_size=120))
def test_any_text_is_read_without_a_crash_and_its_spans_are_true(text):
    reached = 0
    for found in find_phrases(text, FY):
        assert text[found.start : found.end] == found.text
        assert reached <= found.start < found.end
        reached = found.end
    read_phrase(text, FY).to_json()


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_as_a_deadline_is_its_last_day(number):
    for name in (MONTHS[number - 1], SHORT_MONTHS[number - 1]):
        reading = read_phrase(f"ภายในเดือน{name} ๒๕๖๗", FY)
        assert (reading.rule, reading.precision) == ("due", "month")
        assert reading.due is not None
        assert (reading.due.month, reading.due.year) == (number, 2024)
        assert (reading.due + timedelta(days=1)).day == 1


def test_a_day_without_a_year_takes_it_from_the_fiscal_year():
    assert due("ภายในวันที่ ๑๕ ธันวาคม", 2569) == date(2025, 12, 15)
    assert due("ภายในวันที่ ๑๕ มีนาคม", 2569) == date(2026, 3, 15)
    assert due("ภายในวันที่ ๑๕ มีนาคม", None) is None


def test_before_a_day_means_the_day_before_it():
    assert due("ก่อนวันที่ ๑ เมษายน ๒๕๖๙") == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("ธ.ค.๖๘ - ส.ค.๖๙", date(2025, 12, 1), date(2026, 8, 31)),
        ("เม.ย.-มิ.ย. ๖๙", date(2026, 4, 1), date(2026, 6, 30)),
        ("ต.ค. – มี.ค. ๖๙", date(2025, 10, 1), date(2026, 3, 31)),
        ("พฤศจิกายน 2568 ถึงเดือนมกราคม 2569", date(2025, 11, 1), date(2026, 1, 31)),
        ("ระหว่างวันที่ 3 มีนาคม ถึงวันที่ 9 เมษายน 2569", date(2026, 3, 3), date(2026, 4, 9)),
        ("2 พ.ค. 2569 –15 พ.ค. 2569", date(2026, 5, 2), date(2026, 5, 15)),
        ("๕ - ๑๙ มิถุนายน ๒๕๖๙", date(2026, 6, 5), date(2026, 6, 19)),
        ("ไตรมาสที่ ๓", date(2026, 4, 1), date(2026, 6, 30)),
        ("ไตรมาส 2-4", date(2026, 1, 1), date(2026, 9, 30)),
        ("ไตรมาสที่ 1 เดือนตุลาคม 2568 - ธันวาคม 2568", date(2025, 10, 1), date(2025, 12, 31)),
        ("ตลอดปีงบประมาณ", *fiscal_year_bounds(FY)),
        ("ปีงบประมาณ พ.ศ. ๒๕๖๘", *fiscal_year_bounds(2568)),
        ("กุมภาพันธ์ ๒๕๖๗", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_window_has_both_its_ends(text, start, end):
    assert window(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("รอบ ๖ เดือน", ("6-month",)),
        ("รอบหกเดือน", ("6-month",)),
        ("รอบ ๖ เดือน และรอบ ๑๒ เดือน", ("6-month", "12-month")),
        ("ทุก ๖ เดือน และ ๑๒ เดือน", ("6-month", "12-month")),
        ("ทุก ๖ เดือน", ("6-month", "12-month")),
        ("รอบ 3, 6, 9 และ 12 เดือน", ("3-month", "6-month", "9-month", "12-month")),
        ("ครึ่งปีหลัง", ("12-month",)),
        ("ครอบคลุมในระยะเวลา ๖ เดือน", ("6-month",)),
        ("ประจำปีงบประมาณ พ.ศ. 2569 (รอบ 9 เดือน)", ("9-month",)),
    ],
)
def test_rounds_are_those_of_the_fiscal_year(text, periods):
    reading = read_phrase(text, FY)
    assert (reading.rule, reading.periods, reading.due) == ("periodic", periods, None)
    assert reading.fiscal_year == FY


def test_the_first_half_runs_from_october_to_march():
    reading = read_phrase("๖ เดือนแรกของปีงบประมาณ พ.ศ. ๒๕๖๘", FY)
    assert (reading.start, reading.end) == (date(2024, 10, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    "text",
    [
        "รอบ ๖ เดือน ของปีงบประมาณ พ.ศ. ๒๕๖๙ ภายในเดือนเมษายน ๒๕๖๙",
        "ภายในวันที่ 30 เมษายน 2569 (รอบ 6 เดือน)",
        "รอบ 6 เดือน ภายในวันที่ 30 เมษายน 2569",
    ],
)
def test_a_round_and_its_deadline_are_one_phrase(text):
    (found,) = find_phrases(text, FY)
    assert (found.reading.due, found.reading.periods) == (date(2026, 4, 30), ("6-month",))


def test_two_rounds_with_their_deadlines_stay_two():
    text = "รายงานรอบ 6 เดือน ภายในวันที่ 10 มีนาคม 2569 และรอบ 12 เดือน ภายในวันที่ 20 สิงหาคม 2569"
    found = [(one.reading.due, one.reading.periods) for one in find_phrases(text, FY)]
    assert found == [(date(2026, 3, 10), ("6-month",)), (date(2026, 8, 20), ("12-month",))]


@pytest.mark.parametrize(
    ("text", "rule", "day"),
    [
        ("ทุกเดือน", "monthly", None),
        ("เป็นประจํา\u0e17ุกเดือน", "monthly", None),
        ("ทุกวันที่ ๗ ของเดือน", "monthly", 7),
        ("ภายในวันที่ 5 ของเดือนถัดไป", "monthly", 5),
        ("ทุกสิ้นเดือน", "monthly", "last"),
        ("ทุกไตรมาส", "quarterly", None),
        ("ทุก ๓ เดือน", "quarterly", None),
        ("ปีละ ๒ ครั้ง", "annual", None),
        ("อย่างน้อย ๑ ครั้ง/ปี", "annual", None),
    ],
)
def test_what_recurs_is_told_by_its_rule(text, rule, day):
    reading = read_phrase(text, FY)
    assert (reading.rule, reading.day) == (rule, day)


@pytest.mark.parametrize(
    ("text", "days", "working", "since"),
    [
        ("ภายใน ๑๕ วัน", 15, False, None),
        ("ภายในสิบห้า (15) วัน", 15, False, None),
        ("ภายใน 30 วันทําการ", 30, True, None),
        ("เมื่อพ้นกำหนดหนึ่งร้อยแปดสิบวันนับแต่วันประกาศ", 180, False, "วันประกาศ"),
        ("ภายใน ๗ วัน นับถัดจากวันได้รับหนังสือ", 7, False, "วันได้รับหนังสือ"),
        ("ทุก 7 วัน", 7, False, None),
    ],
)
def test_a_span_is_counted_from_its_event(text, days, working, since):
    reading = read_phrase(text, FY)
    assert reading.rule == "relative"
    assert reading.offset is not None
    assert (reading.offset.days, reading.offset.working, reading.offset.since) == (days, working, since)


def test_a_span_from_a_printed_day_gives_its_date():
    assert read_phrase("ภายใน 30 วัน นับแต่วันที่ 31 มีนาคม 2569").due == date(2026, 4, 30)


@pytest.mark.parametrize(
    "text",
    [
        "ลงวันที่ ๓ สิงหาคม ๒๕๖๘",
        "กุมภาพันธ์ ๒๕๖๙",
        "วันที่ 12 ม.ค. 2569",
        "โทร. ๐-๒๑๒๓-๔๕๖๗-๙",
        "ไม่น้อยกว่า ๑ ปี",
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๙",
        "ความโปร่งใสภายในหน่วยงาน",
        "อย่างน้อย ๑ ช่องทาง",
        "",
    ],
)
def test_what_only_looks_like_a_time_demands_nothing(text):
    assert read_phrase(text, FY).rule == "none"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("อย่างต่อเนื่อง", "continuous"),
        ("อย่างสม่ำเสมอเป็นปัจจุบัน", "continuous"),
        ("ในการประชุมหัวหน้าหน่วยงานประจำสัปดาห์", "event"),
        ("เมื่อสภามีมติเห็นชอบแล้ว", "event"),
        ("ภายในกำหนด", "undated"),
        ("ให้แล้วเสร็จภายในระยะเวลาที่กำหนด", "undated"),
    ],
)
def test_a_duty_without_a_day_says_why(text, rule):
    assert read_phrase(text, FY).rule == rule


def test_a_year_that_may_be_calendar_or_fiscal_offers_both_and_takes_none():
    reading = read_phrase("ภายในปี ๒๕๗๑", FY)
    assert reading.due is None
    assert {other.due for other in reading.alternatives} == {date(2028, 12, 31), date(2028, 9, 30)}


@pytest.mark.parametrize("text", ["ภายในวันที่ ๓๑ เมษายน ๒๕๖๙", "ภายในวันที่ 30 เมษายน 2026"])
def test_an_impossible_day_or_a_gregorian_year_is_offered_not_taken(text):
    reading = read_phrase(text, FY)
    assert (reading.rule, reading.due) == ("undated", None)
    assert [other.due for other in reading.alternatives] == [date(2026, 4, 30)]


def test_the_json_has_the_keys_of_the_contract_and_absent_things_are_null():
    assert read_phrase("ภายใน ๑๕ วันทำการ นับแต่วันประกาศ").to_json() == {
        "rule": "relative",
        "due": None,
        "start": None,
        "end": None,
        "precision": "day",
        "periods": [],
        "day": None,
        "offset": {"days": 15, "working": True, "from": "วันประกาศ"},
        "fiscal_year": None,
        "alternatives": [],
    }


def test_phrases_are_found_inside_a_sentence_where_they_stand():
    text = "เจ้าหน้าที่จัดทำแผนภายในเดือนธันวาคม ๒๕๖๘ และรายงานผู้บริหารทุกเดือน ตามหนังสือลงวันที่ ๑ ตุลาคม ๒๕๖๘"
    assert [one.text for one in find_phrases(text, FY)] == ["ภายในเดือนธันวาคม ๒๕๖๘", "ทุกเดือน"]


@pytest.mark.parametrize(
    ("text", "fiscal_year"),
    [
        ("ต.ค. ๖๖ - ก.ย. ๖๗", 2567),
        ("พ.ย. ๖๖ - ก.ย. ๖๗", None),
        ("ภายในวันที่ ๑๕ มีนาคม", FY),
        ("ภายในวันที่ ๑๕ มีนาคม ๒๕๖๙", None),
        ("มกราคม - มีนาคม", FY),
        ("ไตรมาสที่ ๒ ปี ๒๕๖๗", 2567),
    ],
)
def test_the_fiscal_year_is_told_where_it_is_stated_spanned_or_filled_in(text, fiscal_year):
    assert read_phrase(text, FY).fiscal_year == fiscal_year


@pytest.mark.parametrize("text", ["ภายในวันที่ ๑๕ มีนาคม และ ๑๕ กันยายน ๒๕๖๗", "ภายในวันที่ 15 มี.ค., 15 ก.ย. 67"])
def test_the_year_at_the_end_of_a_list_covers_the_whole_list(text):
    reading = read_phrase(text)
    assert [one.due for one in (reading, *reading.alternatives)] == [date(2024, 3, 15), date(2024, 9, 15)]


@pytest.mark.parametrize(
    ("text", "days", "words"),
    [
        ("สัปดาห์ที่ ๒ ของทุกเดือน", 14, "สัปดาห์ที่ ๒"),
        ("วันศุกร์สุดท้ายของเดือน", -7, "วันศุกร์สุดท้าย"),
        ("ภายใน ๕ วันทำการแรกของเดือนถัดไป", 5, "เดือนถัดไป"),
    ],
)
def test_a_week_of_the_month_keeps_its_number_and_its_words(text, days, words):
    reading = read_phrase(text, FY)
    assert (reading.rule, reading.offset and reading.offset.days) == ("monthly", days)
    assert reading.offset
    assert reading.offset.since == words


def test_a_span_names_its_event_in_the_words_that_are_printed():
    reading = read_phrase("ภายใน ๗ วัน นับแต่วันที่ ๓๑ มีนาคม ๒๕๖๙")
    assert reading.offset
    assert (reading.due, reading.offset.since) == (date(2026, 4, 7), "วันที่ ๓๑ มีนาคม ๒๕๖๙")


def test_months_are_counted_by_the_calendar_and_not_by_thirty_days():
    assert read_phrase("ภายใน 1 เดือน นับแต่วันที่ 31 มกราคม 2569").due == date(2026, 2, 28)
    assert read_phrase("ภายใน 1 ปี นับแต่วันที่ 31 มกราคม 2569").due == date(2027, 1, 31)


def test_invisible_marks_are_read_over_and_the_span_is_that_of_the_text():
    text = "ส่ง\u200bภายใน\u200bวันที่ ๓๑\u200b มีนา\u200bคม ๒๕๖๙\u200bด้วย"
    (found,) = find_phrases(text)
    assert (found.reading.due, found.text) == (date(2026, 3, 31), text[4:-5])


def test_a_whole_year_that_is_reported_in_october_is_the_one_before_it():
    assert due("รอบ ๑๒ เดือน ภายในวันที่ ๑๕ ตุลาคม") == date(2026, 10, 15)
    assert due("รอบ ๑๒ เดือน ภายในวันที่ ๑๕ ตุลาคม ๒๕๖๘") == date(2025, 10, 15)


JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))
OCTOBER = (date(2025, 10, 1), date(2025, 10, 31))


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("ม.ค. / เม.ย. ๖๙", [JANUARY, APRIL]),
        ("ต.ค./ม.ค./เม.ย. 69", [OCTOBER, JANUARY, APRIL]),
        ("ตุลาคม ๒๕๖๘, มกราคม และเมษายน", [OCTOBER, JANUARY, APRIL]),
        ("ตค. มค. เมย.", []),
    ],
)
@pytest.mark.parametrize("fiscal_year", [FY, None, 2560])
def test_the_year_that_one_month_of_a_list_prints_covers_the_others(text, windows, fiscal_year):
    assert [(one.start, one.end) for one in read_times(text, fiscal_year)] == windows


@pytest.mark.parametrize(
    "text", ["ภายในเดือนพฤศจิกายน ๒๕๖๘ และเดือนพฤษภาคม ๒๕๖๙", "ภายในเดือน พ.ย. 68, พ.ค. 69", "ภายใน พ.ย./พ.ค. 69"]
)
def test_a_month_listed_after_one_that_is_a_deadline_is_a_deadline(text):
    assert [one.due for one in read_times(text, FY)] == [date(2025, 11, 30), date(2026, 5, 31)]


@pytest.mark.parametrize(
    "text", ["ภาคเรียนที่ ๒/๒๕๖๘", "ปีการศึกษา ๒๕๖๙", "ภาคการศึกษาปลาย ปีการศึกษา 2568", "๑ ปี", "ระยะเวลา ๙๐ วัน"]
)
def test_a_time_without_days_of_its_own_stays_open_in_a_column_of_times(text):
    reading = read_timeframe(text, FY)
    assert (reading.rule, reading.start, reading.end) == ("window", None, None)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("ปีละ ๒ ครั้ง", ("6-month", "12-month")),
        ("อย่างน้อย 2 ครั้งต่อปี", ("6-month", "12-month")),
        ("ปีละ ๔ ครั้ง", ("3-month", "6-month", "9-month", "12-month")),
        ("ปีละ ๓ ครั้ง", ("12-month",)),
        ("ปีละ ๑-๒ ครั้ง", ("12-month",)),
        ("ปีละครั้ง", ("12-month",)),
    ],
)
def test_twice_a_year_names_its_halves_and_four_times_its_quarters(text, periods):
    reading = read_phrase(text, FY)
    assert (reading.rule, reading.periods) == ("annual", periods)


@pytest.mark.parametrize(
    "unit",
    [
        "มค. - ",
        "ม.ค. / ",
        "สัปดาห์แรก",
        "รอบ 6 ",
        "ม.ค. - ",
        "1 - ",
        "ไตรมาส 1 ",
        "ก่อนก",
        "ปี 2569 ",
        "ทุกวันที่ 5, ",
        "ร้อยละ",
        "มติ",
    ],
)
def test_what_repeats_for_pages_is_read_to_its_end(unit):
    assert find_phrases(f"{unit * 2000} ภายในวันที่ ๓๑ มีนาคม ๒๕๖๙", FY) is not None


@pytest.mark.parametrize(
    ("text", "due", "start", "end"),
    [
        ("ภายในวันที่ ๑๕ พฤศจิกายน ของทุกปี", "--11-15", None, None),
        ("ทุกเดือนกุมภาพันธ์", "--02-29", None, None),
        ("เดือนมิถุนายน - สิงหาคม ของทุกปี", None, "--06-01", "--08-31"),
        ("เป็นประจำทุกปี (พ.ย. - ม.ค.)", None, "--11-01", "--01-31"),
        ("ไตรมาสที่ ๓ ของทุกปี", None, "--04-01", "--06-30"),
    ],
)
def test_a_time_of_every_year_is_told_by_month_and_day_when_no_year_dates_it(text, due, start, end):
    told = read_phrase(text).to_json()
    assert (told["rule"], told["due"], told["start"], told["end"]) == ("annual", due, start, end)
    assert told["fiscal_year"] is None


def test_a_second_time_of_every_year_is_told_beside_the_first():
    told = read_phrase("เดือนมีนาคมและเดือนกันยายน ของทุกปี").to_json()
    assert (told["due"], [one["due"] for one in told["alternatives"]]) == ("--03-31", ["--09-30"])


@pytest.mark.parametrize("text", ["ภายในวันทำการสุดท้ายของเดือนมีนาคมของทุกปี", "เป็นประจำทุกปี", "ภายในวันที่ ๓๑ มีนาคม"])
def test_no_month_and_day_is_told_that_a_year_would_have_to_give(text):
    told = read_phrase(text).to_json()
    assert (told["due"], told["start"], told["end"]) == (None, None, None)


def test_stages_of_one_matter_stand_beside_each_other_with_their_own_kind_of_days():
    reading = read_phrase("รอบ ๗ วัน, รอบ ๑๐ วันทำการ, รอบ ๓๐ วัน", FY)
    stages = [one.offset for one in (reading, *reading.alternatives) if one.offset]
    assert [(one.days, one.working, one.since) for one in stages] == [
        (7, False, "วันที่ได้รับเรื่อง"),
        (10, True, "วันที่ได้รับเรื่อง"),
        (30, False, "วันที่ได้รับเรื่อง"),
    ]


@pytest.mark.parametrize("text", ["ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๘ จนถึงวันที่", "ต.ค. ๖๘ -", "รายงานภายใน", "ภายในเดือน"])
def test_a_text_that_ends_inside_a_time_is_cut_off(text):
    assert is_cut_off(text)


@pytest.mark.parametrize("text", ["รายงานรอบ ๖ เดือน", "ภายในวันที่ ๓๑ มีนาคม ๒๕๖๙", "ทุกกอง"])
def test_a_text_that_ends_behind_a_time_is_whole(text):
    assert not is_cut_off(text)
