"""A people file to begin with: one unit with its chain of command, and a coordinator. Nobody in it exists."""

import csv
import io

_HEADER = "name,position,unit,unit_group,role,email,line,channels,supervisor,from,until,lang".split(",")
_LINES = (
    ("นางสาวตัวอย่าง หนึ่ง", "นักวิชาการเงิน", "กองคลัง", "ทุกส่วนราชการ", "officer", "officer@example.org", "นายตัวอย่าง สอง"),
    ("นายตัวอย่าง สอง", "ผู้อำนวยการกองคลัง", "กองคลัง", "ทุกส่วนราชการ", "supervisor", "head@example.org", "นายตัวอย่าง สาม"),
    ("นายตัวอย่าง สาม", "ปลัดเทศบาล", "ผู้บริหาร", "", "executive", "executive@example.org", ""),
    ("นางตัวอย่าง สี่", "ผู้ประสานงาน ITA", "สำนักปลัด", "ทุกส่วนราชการ", "coordinator", "coordinator@example.org", ""),
)  # fmt: skip


def sample_people() -> bytes:
    """Return the file as UTF-8 with a BOM, without which Excel takes Thai for another script."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(_HEADER)
    for name, position, unit, group, role, email, supervisor in _LINES:
        rows.writerow([name, position, unit, group, role, email, "", "email", supervisor, "", "", ""])
    return text.getvalue().encode("utf-8-sig")
