"""Writes the reference from the program itself: commands, options, settings, exit codes, JSON."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import typer.main
from typer.core import TyperArgument, TyperOption

from docs.settings_told import SETTINGS, Lang
from docs.shapes import SHAPES
from tracker.cli.main import app
from tracker.settings import _KEYS, _SECRETS, PREFIX

Words = Callable[[str], str]
"""Turns an English text of the program into the reader's language."""

_HEAD: dict[Lang, str] = {
    "en": """# Reference

Made from the program by `python -m docs`: change the program, not this page.
What to do with it stands in the [tutorial](en/tutorial.md) and the pages beside it; Thai: [docs/th](th/README.md).

Data is printed on stdout, remarks on stderr. `-h` or `--help` after any command shows its help. Days are written as
`31/03/2569`, `31 มี.ค. 2569` or `2026-03-31`; a person is a whole name or the number in `tracker people list`.

| exit code | means |
|---|---|
| 0 | done |
| 1 | refused, or something was found that is not in order: one line on stderr says what, which thing, what to do |
| 2 | misused: an unknown option, or one that is missing |
| 75 | `tracker up` was cut short while it stopped; nothing is lost |

## Commands
""",
    "th": """# คำสั่งและการตั้งค่าทั้งหมด

หน้านี้สร้างจากโปรแกรมด้วย `python -m docs` หากต้องแก้ให้แก้ที่โปรแกรม วิธีทำงานแต่ละเรื่องอยู่ใน[คู่มือ](README.md)

ผลลัพธ์แสดงทาง stdout ข้อสังเกตแสดงทาง stderr ดูวิธีใช้คำสั่งใดก็ได้ด้วย `-h` หรือ `--help` วันที่เขียนได้เป็น `31/03/2569`
`31 มี.ค. 2569` หรือ `2026-03-31` บุคคลระบุด้วยชื่อเต็มหรือเลขที่จาก `tracker people list`

| รหัสเมื่อจบ | ความหมาย |
|---|---|
| 0 | สำเร็จ |
| 1 | ปฏิเสธ หรือพบสิ่งที่ไม่เรียบร้อย: หนึ่งบรรทัดทาง stderr บอกว่าเกิดอะไร กับสิ่งใด และต้องทำอย่างไร |
| 2 | ใช้ผิด: ไม่มีตัวเลือกนั้น หรือขาดตัวเลือกที่ต้องระบุ |
| 75 | `tracker up` ถูกตัดขณะกำลังหยุด ไม่มีสิ่งใดหาย |

## คำสั่ง
""",
}
_SETTINGS_HEAD: dict[Lang, str] = {
    "en": """## Settings

The environment first (`TRACKER_AGENCY`), then `tracker.toml` in the home (`agency`). A secret can stand in a file of
its own (`TRACKER_EMAIL_URL_FILE`, or `email_url_file` with a path that begins at the home). Unknown keys stop the
program.

| in the environment | in `tracker.toml` | means | default | secret |
|---|---|---|---|---|""",
    "th": """## การตั้งค่า

ใช้ตัวแปรสภาพแวดล้อมก่อน (`TRACKER_AGENCY`) แล้วจึงใช้ `tracker.toml` ในโฟลเดอร์ของระบบ (`agency`) ค่าที่เป็นความลับเก็บในไฟล์แยกได้
(`TRACKER_EMAIL_URL_FILE` หรือ `email_url_file` ซึ่งเส้นทางเริ่มจากโฟลเดอร์ของระบบ) ชื่อที่ระบบไม่รู้จักทำให้โปรแกรมหยุด

| ตัวแปรสภาพแวดล้อม | ใน `tracker.toml` | ความหมาย | ค่าเริ่มต้น | ความลับ |
|---|---|---|---|---|""",
}
_JSON_HEAD = """## JSON

`--json` prints one JSON value for other programs. ISO dates are Gregorian, instants are UTC, fiscal years are B.E.;
absent things are null. A key without a type is a string.
"""
_NOTES: dict[Lang, tuple[str, str, str]] = {
    "en": ("Required.", "Default: {}.", "yes"),
    "th": ("ต้องระบุ", "ค่าเริ่มต้น {}", "ใช่"),
}


def reference(lang: Lang = "en", words: Words = str) -> str:
    """Return the page in a language; `words` turns the program's own texts into it. JSON stands in the English one."""
    group = typer.main.get_command(app)
    commands = [part for path, command in leaves(group) for part in _command(path, command, lang, words)]
    shapes = [_JSON_HEAD, *(f"`tracker {name} --json`\n\n{_shape(text)}\n" for name, text in SHAPES.items())]
    json = shapes if lang == "en" else []
    return "\n".join([_HEAD[lang], *commands, _SETTINGS_HEAD[lang], *_settings(lang), *json])


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command that does something, with the words that call it."""
    if not hasattr(command, "commands"):
        yield path, command
        return
    for name, each in command.commands.items():
        yield from leaves(each, (*path, name))


def _command(path: tuple[str, ...], command: Any, lang: Lang, words: Words) -> Iterator[str]:
    """Yield the lines about one command: what it does, how it is typed, its arguments and options."""
    yield f"### tracker {' '.join(path)}\n"
    *told, example = _paragraphs(command.help or "")
    for paragraph in told:
        yield f"{words(paragraph)}\n"
    arguments: list[Any] = [each for each in command.params if isinstance(each, TyperArgument)]
    options: list[Any] = [each for each in command.params if isinstance(each, TyperOption)]
    typed = ["tracker", *path, *map(_typed, arguments), *(["[OPTIONS]"] if options else [])]
    yield f"```text\n{' '.join(typed)}\n```\n"
    yield f"`{example.removeprefix('Example: ')}`\n"
    rows = [(_name(each), each, each.help or "") for each in (*arguments, *options)]
    if rows:
        yield "| | |\n|---|---|"
        yield from (f"| `{name}` | {_cell(words(said) if said else '', each, lang)} |" for name, each, said in rows)
        yield ""


def _paragraphs(text: str) -> list[str]:
    return [" ".join(block.split()) for block in inspect.cleandoc(text).split("\n\n") if block.strip()]


def _typed(argument: Any) -> str:
    name = _metavar(argument)
    return name if argument.required or name.startswith("[") else f"[{name}]"


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.strip("_").upper()) + (
        "..." if parameter.nargs < 0 and not parameter.metavar else ""
    )


def _name(parameter: Any) -> str:
    if isinstance(parameter, TyperArgument):
        return _metavar(parameter)
    names = ", ".join((*parameter.opts, *parameter.secondary_opts))
    return names if parameter.is_flag else f"{names} {parameter.metavar or _value(parameter)}"


def _value(option: Any) -> str:
    return {"int": "NUMBER", "Path": "FILE"}.get(option.bare_type(), "TEXT")


def _cell(said: str, parameter: Any, lang: Lang) -> str:
    required, default, _ = _NOTES[lang]
    notes = [said.replace("|", "\\|")] if said else []
    if parameter.required and isinstance(parameter, TyperOption):
        notes.append(required)
    if isinstance(parameter.default, int) and not isinstance(parameter.default, bool):
        notes.append(default.format(parameter.default))
    return " ".join(notes)


def _settings(lang: Lang) -> Iterator[str]:
    for key, (meaning, default) in SETTINGS[lang].items():
        in_file = f"`{key}`" if key in _KEYS else ""
        secret = _NOTES[lang][2] if key in _SECRETS else ""
        yield f"| `{PREFIX}{key.upper()}` | {in_file} | {meaning} | {default} | {secret} |"
    yield ""


def _shape(text: str) -> str:
    return text if text.startswith("`") else f"```text\n{text}\n```"
