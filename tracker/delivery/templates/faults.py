"""What is wrong with an agency's own template, in Thai sentences for the coordinator.

The same fault always gives the same sentence, whatever the message, so that it can be told once.
"""

import html
import re
import traceback
from collections.abc import Sequence
from pathlib import Path

from tracker.delivery.templates import SHIPPED, Form
from tracker.domain.messages import Entry
from tracker.domain.thai.numerals import squeeze

_UNSEEN = re.compile(r"<head\b.*?</head>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
"""What a mail program does not show: a subject in the title is not the message."""


def fault_of(error: Exception, own: Path) -> str:
    """Return what stopped a template: the file and line where it happened, what is wrong, what to do."""
    wrong, advice = _explained(error, own)
    file, line = _place(error, own)
    return _sentence(file, line, wrong, advice)


def loss_of(text: str, form: Form, own: Path, reference: str, entries: Sequence[Entry]) -> str | None:
    """Return what a message lost in a template, or None when all is there.

    The rule: whatever else it says, a message keeps its reference number and names each thing that it is about, by
    its title or by its short line. How blanks and line breaks stand does not matter.
    """
    said = squeeze(html.unescape(_UNSEEN.sub("", text)) if form == "html" else text)
    if not said:
        return _sentence(own, None, "ไม่มีข้อความใดออกมาจากแม่แบบนี้", "ใส่เนื้อความ")
    if squeeze(reference) not in said:
        return _sentence(own, None, "ไม่มีเลขอ้างอิงของข้อความ", "ใส่ {{ digest.reference }}")
    if any(squeeze(entry.title) not in said and squeeze(entry.short) not in said for entry in entries):
        return _sentence(own, None, "ไม่ได้ระบุชื่อเรื่องให้ครบทุกเรื่อง", "ใส่ {{ entry.title }} หรือ {{ entry.short }} ของทุกเรื่อง")
    return None


def unused(file: Path) -> str:
    """Return that no message is made from a file, whose name is perhaps misspelt."""
    return (
        f"แม่แบบข้อความ {file}: ไม่มีข้อความใดใช้แฟ้มนี้ โปรดตรวจชื่อแฟ้มให้ตรงกับแม่แบบของระบบ เช่น mail.html, mail.txt, "
        "line.txt, today.html หรือลบแฟ้มนี้"
    )


def _sentence(file: Path, line: int | None, wrong: str, advice: str) -> str:
    at = f" บรรทัดที่ {line}" if line else ""
    return f"แม่แบบข้อความ {file}{at}: {wrong} ระบบจึงใช้แม่แบบเดิมแทน โปรด{advice} หรือลบแฟ้มนี้เพื่อใช้แม่แบบเดิม"


def _explained(error: Exception, own: Path) -> tuple[str, str]:
    """Return what is wrong and what to do; the kinds go from the narrow to the wide."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError

    from tracker.delivery.templates.bounded import TooManyStepsError

    said = " ".join(str(error).split())
    itself = f'ใช้ {{% extends "{SHIPPED}{own.name}" %}} เพื่ออ้างถึงแม่แบบเดิม'
    kinds: tuple[tuple[type[Exception], str, str], ...] = (
        (TemplateNotFound, f"อ้างถึงแม่แบบที่ไม่มีอยู่ ({said})", "แก้ไขชื่อแม่แบบที่อ้างถึง"),
        (TemplateSyntaxError, f"เขียนไม่ถูกไวยากรณ์ ({getattr(error, 'message', said)})", "แก้ไขบรรทัดนี้"),
        (SecurityError, f"ใช้คำสั่งที่ไม่อนุญาต ({said})", "นำคำสั่งนี้ออก"),
        (UndefinedError, f"ใช้ค่าที่ไม่มีอยู่ ({said})", "แก้ไขชื่อค่า"),
        (TooManyStepsError, f"ทำงานซ้ำเกิน {said} รอบ", "ลดการทำซ้ำในแม่แบบ"),
        (RecursionError, "อ้างถึงตัวเองไม่รู้จบ", itself),
        (UnicodeDecodeError, "ไม่ได้บันทึกเป็น UTF-8", "บันทึกแฟ้มเป็น UTF-8"),
        (OSError, f"เปิดอ่านไม่ได้ ({getattr(error, 'strerror', said)})", "ตรวจสิทธิ์การอ่านแฟ้ม"),
        (Exception, f"ใช้งานไม่ได้ ({type(error).__name__}: {said})", "แก้ไขบรรทัดนี้"),
    )
    return next((wrong, advice) for kind, wrong, advice in kinds if isinstance(error, kind))


def _place(error: Exception, own: Path) -> tuple[Path, int | None]:
    """Return the agency's file and the line in it that the error arose from; Jinja names both in the traceback."""
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    within = [frame for frame in frames if Path(frame.filename).parent == own.parent]
    return (Path(within[-1].filename), within[-1].lineno) if within else (own, None)
