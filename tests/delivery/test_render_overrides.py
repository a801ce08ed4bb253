"""An agency's own templates: what they can change, and what happens when one is broken."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders_messages import FOLLOWED, ITEM, NOW_DUE, SECOND, alert, say, sum_up, tell
from tracker.delivery.render import check_templates, render
from tracker.delivery.templates import environment
from tracker.domain.messages import merged

GARUDA = '{% extends "shipped/mail.html" %}{% block head %}<h1>ที่ ธก ๕๑๐๐๑/ว</h1>{% endblock %}'


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_folder_without_templates_changes_nothing(tmp_path: Path) -> None:
    assert render(say(ITEM), tmp_path) == render(say(ITEM))
    assert render(say(ITEM), tmp_path / "none") == render(say(ITEM))


def test_the_base_of_an_agency_stands_under_every_tone(tmp_path: Path) -> None:
    write(tmp_path, "mail.html", GARUDA)
    for digest in (say(ITEM), say(FOLLOWED), tell(), sum_up(), alert("เหตุ")):
        rendered = render(digest, tmp_path)
        assert "ที่ ธก ๕๑๐๐๑/ว" in rendered.html
        assert rendered.warnings == ()
        assert rendered.text == render(digest).text


def test_a_template_of_one_tone_changes_that_tone_only(tmp_path: Path) -> None:
    write(tmp_path, "today.txt", '{% extends "mail.txt" %}{% block closing %}ด้วยความนับถือ{% endblock %}')
    assert "ด้วยความนับถือ" in render(say(NOW_DUE), tmp_path).text
    assert render(say(ITEM), tmp_path) == render(say(ITEM))


def test_a_tone_that_ships_without_a_template_of_its_own_can_get_one(tmp_path: Path) -> None:
    write(tmp_path, "week-line.txt", '{% extends "line.txt" %}{% block head %}ถึงท่านปลัด{% endblock %}')
    assert render(sum_up(), tmp_path).line.startswith("ถึงท่านปลัด")
    assert render(say(ITEM), tmp_path) == render(say(ITEM))


def test_an_agencys_template_can_include_a_part_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "seal.html", "<b>ตราเทศบาล</b>")
    write(
        tmp_path,
        "mail.html",
        '{% extends "shipped/mail.html" %}{% block head %}{% include "seal.html" %}{% endblock %}',
    )
    assert "<b>ตราเทศบาล</b>" in render(say(ITEM), tmp_path).html
    assert check_templates(tmp_path) == []


BROKEN = {
    "syntax": ("{{ digest.reference }}\n{% if %}", "บรรทัดที่ 2", "ไวยากรณ์"),
    "unknown value": ("{{ digest.reference }}\n\n{{ digest.subjct }}", "บรรทัดที่ 3", "subjct"),
    "unknown name": ("{{ nobody }}", "บรรทัดที่ 1", "nobody"),
    "unknown filter": ("\n{{ digest.subject | sing }}", "บรรทัดที่ 2", "sing"),
    "unknown template": ('\n{% extends "shipped/letter.html" %}', "บรรทัดที่ 2", "shipped/letter.html"),
    "a path": ('{% include "../secret.txt" %}', "บรรทัดที่ 1", "../secret.txt"),
    "an exception": ("{{ 1 // 0 }}", "บรรทัดที่ 1", "ZeroDivisionError"),
    "forbidden": ("{{ digest.__class__.__mro__ }}", "บรรทัดที่ 1", "ไม่อนุญาต"),
    "too much": ("{% for n in range(1000000000) %}{{ n }}{% endfor %}", "บรรทัดที่ 1", "OverflowError"),
    "empty": ("  \n", "", "ไม่มีข้อความใดออกมา"),
    "no reference": ('{% extends "shipped/mail.html" %}{% block notes %}{% endblock %}', "", "เลขอ้างอิง"),
    "no tasks": ('{% extends "shipped/mail.html" %}{% block sections %}{% endblock %}', "", "ชื่อเรื่อง"),
    "itself": ('{% extends "mail.html" %}', "", '{% extends "shipped/mail.html" %}'),
}


ROUNDS = "".join(f"{{% for {n} in range(99999) %}}" for n in "abc") + "{% endfor %}" * 3
LAST_STEPS = "{% for a in range(18000) %}{% endfor %}"
ENDLESS = {
    "loops in loops": ROUNDS,
    "loops in a macro": "{% macro m() %}" + ROUNDS + "{% endmacro %}{{ m() }}",
    "a macro that calls itself twice": (
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"
    ),
    "a part that includes itself twice": (
        "{% set n = (n or 0) + 1 if n is defined else 1 %}"
        '{% if n < 60 %}{% include "mail.html" %}{% include "mail.html" %}{% endif %}'
    ),
    "a power of a power": "{{ 9 ** 9 ** 9 }}",
    "a text times itself": "{{ 'ก' * 10000000000 }}",
}


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS)
def test_a_template_without_end_is_stopped_and_said_to_be_so(tmp_path: Path, source: str) -> None:
    write(tmp_path, "mail.html", source)
    rendered = render(say(ITEM), tmp_path)
    assert rendered.html == render(say(ITEM)).html
    assert "ทำงานซ้ำเกิน 20000 รอบ" in rendered.warnings[0]


def test_the_check_finds_a_template_without_end(tmp_path: Path) -> None:
    write(tmp_path, "today.html", ROUNDS)
    (warning,) = check_templates(tmp_path)
    assert "ทำงานซ้ำเกิน 20000 รอบ" in warning


def test_the_longest_message_takes_a_small_part_of_the_steps(tmp_path: Path) -> None:
    write(
        tmp_path, "mail.html", '{% extends "shipped/mail.html" %}' + "{% block label %}" + LAST_STEPS + "{% endblock %}"
    )
    many = [replace(SECOND, task_id=n) for n in range(40)]
    assert render(merged(say(*many), tell(), sum_up()), tmp_path).warnings == ()


def test_a_loop_that_calls_itself_falls_back(tmp_path: Path) -> None:
    write(
        tmp_path,
        "mail.html",
        "{% for n in range(3) recursive %}{% if loop.depth < 60 %}{{ loop(range(3)) }}{% endif %}{% endfor %}",
    )
    rendered = render(say(ITEM), tmp_path)
    assert rendered.html == render(say(ITEM)).html
    assert "recursive" in rendered.warnings[0]


def test_loops_of_an_agency_know_their_length_and_their_last_round(tmp_path: Path) -> None:
    rounds = (
        "{% for s in digest.sections %}{{ loop.length }}{{ ' last' if loop.last }}{{ '-' * 40 }}{% else %}{% endfor %}"
    )
    write(tmp_path, "mail.txt", f'{{% extends "shipped/mail.txt" %}}{{% block closing %}}{rounds}{{% endblock %}}')
    rendered = render(say(ITEM), tmp_path)
    assert rendered.warnings == ()
    assert "1 last" + "-" * 40 in rendered.text


@pytest.mark.parametrize(("source", "line", "wrong"), BROKEN.values(), ids=BROKEN)
def test_a_broken_template_falls_back_and_says_which_file_which_line_what_is_wrong_and_what_to_do(
    tmp_path: Path, source: str, line: str, wrong: str
) -> None:
    file = write(tmp_path, "mail.html", source)
    rendered = render(say(ITEM), tmp_path)
    assert rendered.html == render(say(ITEM)).html
    (warning,) = rendered.warnings
    assert warning.startswith(f"แม่แบบข้อความ {file}{' ' + line if line else ''}")
    assert wrong in warning
    assert "โปรด" in warning


def test_a_folder_that_cannot_be_looked_at_stops_no_message() -> None:
    rendered = render(say(ITEM), Path("x" * 5000))
    assert rendered.text == render(say(ITEM)).text
    assert all("เปิดอ่านไม่ได้" in warning for warning in rendered.warnings)
    assert len(rendered.warnings) == 3


def test_a_template_that_is_not_utf_8_falls_back(tmp_path: Path) -> None:
    (tmp_path / "mail.txt").write_bytes("เรียน".encode("tis-620"))
    rendered = render(say(ITEM), tmp_path)
    assert rendered.text == render(say(ITEM)).text
    assert "UTF-8" in rendered.warnings[0]


def test_a_template_saved_by_notepad_with_a_byte_order_mark_works(tmp_path: Path) -> None:
    write(tmp_path, "line.txt", '\ufeff{% extends "shipped/line.txt" %}')
    assert render(say(ITEM), tmp_path) == render(say(ITEM))


def test_a_broken_part_is_named_rather_than_the_template_that_includes_it(tmp_path: Path) -> None:
    part = write(tmp_path, "seal.html", "\n{{ digest.seal }}")
    write(
        tmp_path,
        "mail.html",
        '{% extends "shipped/mail.html" %}{% block head %}{% include "seal.html" %}{% endblock %}',
    )
    assert render(say(ITEM), tmp_path).warnings[0].startswith(f"แม่แบบข้อความ {part} บรรทัดที่ 2")


def test_the_same_fault_is_told_in_the_same_words_whatever_the_message(tmp_path: Path) -> None:
    write(tmp_path, "mail.html", "{{ digest.subjct }}")
    assert render(say(ITEM), tmp_path).warnings == render(tell(), tmp_path).warnings


def test_a_line_template_without_its_tasks_falls_back_and_the_other_forms_stay(tmp_path: Path) -> None:
    write(tmp_path, "line.txt", "{{ digest.reference }}")
    write(tmp_path, "mail.html", GARUDA)
    rendered = render(say(ITEM), tmp_path)
    assert rendered.line == render(say(ITEM)).line
    assert "ที่ ธก ๕๑๐๐๑/ว" in rendered.html
    assert len(rendered.warnings) == 1


def test_markup_in_a_plan_stays_text_in_an_agencys_template(tmp_path: Path) -> None:
    write(
        tmp_path,
        "mail.html",
        "{{ digest.reference }}{% for s in digest.sections %}{{ s.entries[0].title }}{% endfor %}",
    )
    html = render(say(replace(ITEM, title="<script>")), tmp_path).html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_worker_that_runs_takes_a_mended_template_a_new_one_and_the_loss_of_one(tmp_path: Path) -> None:
    assert render(say(ITEM), tmp_path) == render(say(ITEM))
    file = write(tmp_path, "mail.html", "{{ digest.subjct }}")
    assert len(render(say(ITEM), tmp_path).warnings) == 1
    write(tmp_path, "mail.html", GARUDA)
    assert "ที่ ธก ๕๑๐๐๑/ว" in render(say(ITEM), tmp_path).html
    later = file.stat().st_mtime_ns + 10**9
    write(tmp_path, "mail.html", GARUDA.replace("๕๑", "๕๒"))  # of the same length: only the time tells
    os.utime(file, ns=(later, later))
    assert "ที่ ธก ๕๒๐๐๑/ว" in render(say(ITEM), tmp_path).html
    file.unlink()
    assert render(say(ITEM), tmp_path) == render(say(ITEM))


def test_templates_are_compiled_once_for_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "mail.html", GARUDA)
    render(say(ITEM), tmp_path)
    assert environment(tmp_path).get_template("mail.html") is environment(tmp_path).get_template("mail.html")


def test_the_check_tries_every_kind_of_message_and_tells_each_fault_once(tmp_path: Path) -> None:
    write(tmp_path, "week.html", "{{ digest.week }}")
    write(tmp_path, "line.txt", "{{ digest.reference }}")
    warnings = check_templates(tmp_path)
    assert [warning.split()[1].rstrip(":") for warning in warnings] == [
        str(tmp_path / "line.txt"),
        str(tmp_path / "week.html"),
    ]


def test_the_check_finds_a_file_whose_name_is_misspelt(tmp_path: Path) -> None:
    write(tmp_path, ".mail.html.swp", "")
    file = write(tmp_path, "todya.html", '{% extends "mail.html" %}')
    (warning,) = check_templates(tmp_path)
    assert str(file) in warning
    assert check_templates(tmp_path / "none") == []
