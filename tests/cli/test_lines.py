"""Texts broken for a screen where a reader breathes, and left alone for a file."""

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tracker.cli.lines import broken
from tracker.cli.output import folded

TITLE = "การประกาศแผนการใช้จ่ายเงินให้ทุกคนอ่านเข้าใจ"
PARTS = [*"การ ประกาศ แผน เงิน ที่ น้ำ กู้ report ๓๑".split(), " ", "\n"]
WRITTEN = st.lists(st.sampled_from(PARTS)).map("".join)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param(TITLE, 22, ["การประกาศแผนการใช้จ่าย", "เงินให้ทุกคนอ่านเข้าใจ"], id="before a vowel written first"),
        pytest.param("ทุกหน่วยรายงานผลการดำเนินงาน", 18, ["ทุกหน่วยรายงานผล", "การดำเนินงาน"], id="before การ"),
        pytest.param("กองคลัง: รายงานผล", 12, ["กองคลัง:", "รายงานผล"], id="at a blank"),
        pytest.param("กองช่าง\nกองคลัง", 40, ["กองช่าง", "กองคลัง"], id="where a line ends"),
        pytest.param("https://example.org/a", 12, ["https://exam", "ple.org/a"], id="anywhere at last"),
    ],
)
def test_a_line_is_broken_where_a_reader_breathes(text: str, width: int, lines: list[str]) -> None:
    assert list(broken(text, width)) == lines


@pytest.mark.parametrize("word", ["มาตรการ", "โครงการ", "บริการ", "ดำเนิน", "ตำแหน่ง", "แก้ไข", "หน้าที่", "พื้นที่", "ข้อความ"])
def test_the_words_that_plans_are_made_of_stay_whole(word: str) -> None:
    assert list(broken(f"กองของ {word}", cell_len(f"กองของ {word}") - 1)) == ["กองของ", word]


class Terminal(io.StringIO):
    """A stream that a person reads."""

    def isatty(self) -> bool:
        return True


def test_a_remark_is_folded_for_a_terminal_with_its_commands_whole_and_left_alone_for_a_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = "It is not confirmed: compare it, then tracker holiday confirm 2570, or see `tracker holiday list 2570`."
    assert folded(text, io.StringIO()) == text
    assert folded(text, Terminal(), indent=2).split("\n") == [
        "It is not confirmed: compare it, then",
        "  tracker holiday confirm 2570, or see",
        "  `tracker holiday list 2570`.",
    ]


@given(WRITTEN, st.integers(4, 40))
def test_every_line_fits_and_nothing_is_lost(text: str, width: int) -> None:
    lines = list(broken(text, width))
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(WRITTEN, st.integers(4, 40))
def test_no_line_begins_with_a_mark_that_belongs_to_the_letter_before(text: str, width: int) -> None:
    assert not [line for line in broken(text, width) if line and unicodedata.category(line[0]) == "Mn"]
