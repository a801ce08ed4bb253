"""Names that may mean the same are shown to a person; those that clearly do not are left alone."""

import pytest

from tracker.domain.near_names import near, nearest


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("สำนักปลัดฯ", "สำนักปลัด"),
        ("สำนักปลัดเทศบาล", "สำนักปลัด"),
        ("สำนักปลัด", "สำนักปลัดเทศบาล"),
        ("กองคลงั", "กองคลังฯ"),
        ("กองข่าง", "กองช่าง"),
        ("กองสาธารณสุขและสิ่งแวดล้อม", "กองสาธารณสุข และสิ่งแวดลอม"),
        ("โรงเรียนบ้านหนองแวง ๑", "โรงเรียนบ้านหนองแวง 1"),
    ],
)
def test_another_way_of_writing_a_unit_is_near(name: str, known: str) -> None:
    assert near(name, ["ผู้บริหาร", known]) == known


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("กองคลัง", "กองช่าง"),
        ("กองกลาง", "กองช่าง"),
        ("กองการศึกษา", "กองสาธารณสุข"),
        ("สำนักงานเขต ๑", "สำนักงานเขต ๒"),
        ("กองที่ 11", "กองที่ 1"),
        ("ที่ทำการปกครองอำเภอกะทู้", "ที่ทำการปกครองอำเภอถลาง"),
    ],
)
def test_another_unit_is_not_near(name: str, known: str) -> None:
    assert near(name, [known]) is None


def test_the_names_that_most_resemble_one_come_first() -> None:
    names = ["นายตัวอย่าง กองคลัง", "นายตัวอย่าง กองช่าง", "นางสาวประสาน สมมุติงาน"]
    assert nearest("ตัวอย่าง กองช่าง", names)[0] == "นายตัวอย่าง กองช่าง"
    assert nearest("xyz", names) == []
