"""What `plan explain` shows is for people: only what the phrase says, and days as they are written here."""

import pytest

from tracker.cli.reading_shown import reading_rows
from tracker.domain.thai.phrases import read_phrase


@pytest.mark.parametrize(
    ("phrase", "shown"),
    [
        (
            "ภายในเดือนเมษายน ๒๕๗๐",
            [("rule", "due: owed by a day"), ("due", "30 เม.ย. 2570"), ("precision", "month")],
        ),
        (
            "ภายในปี ๒๕๗๐",
            [
                ("rule", "due: owed by a day"),
                ("precision", "year"),
                ("or", "due 31 ธ.ค. 2570, precision year"),
                ("or", "due 30 ก.ย. 2570, precision year, fiscal year 2570"),
            ],
        ),
        (
            "ภายใน ๓๐ วันนับแต่วันสิ้นไตรมาส",
            [
                ("rule", "relative: counted from something that happens"),
                ("precision", "day"),
                ("offset", "30 days from วันสิ้นไตรมาส"),
            ],
        ),
        (
            "ภายในวันที่ ๓๐ ตุลาคม ของทุกปี",
            [("rule", "annual: each year"), ("due", "30 ต.ค. of every year"), ("precision", "day")],
        ),
        ("โทร ๐๒ ๑๒๓ ๔๕๖๗", [("rule", "none: nothing is demanded by it")]),
    ],
)
def test_a_reading_is_shown_as_people_write_it(phrase: str, shown: list[tuple[str, str]]) -> None:
    assert list(reading_rows(read_phrase(phrase, None))) == shown
