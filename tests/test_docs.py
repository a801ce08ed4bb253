"""What README and docs show exists: commands, options, settings."""

import re
import shlex
from pathlib import Path

import pytest
import typer.main

from tracker.cli.main import app
from tracker.settings import _KEYS, _SECRETS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_SHOWN = re.compile(r"^(?:\$ |[\w./-]*\bexec \w+ )?(?:\S*/)?tracker (.+)$")
_END = re.compile(r"\s(?:#|\||>|&&|;).*$")


def shown(text: str) -> list[str]:
    """Return the arguments of each `tracker ...` line, in fenced blocks and between backticks."""
    blocks = "\n".join(_FENCED.findall(text)).replace("\\\n", " ").splitlines()
    inline = re.findall(r"`([^`\n]+)`", _FENCED.sub("", text))
    found = (_SHOWN.match(line.strip()) for line in [*blocks, *inline])
    return [_END.sub("", match[1]) for match in found if match]


def everything() -> list[tuple[str, str]]:
    pages = [page for page in PAGES if page.exists()]
    return sorted({(page.name, line) for page in pages for line in shown(page.read_text(encoding="utf-8"))})


def test_there_is_a_readme_with_commands_in_it() -> None:
    assert any(page == "README.md" for page, _ in everything())


@pytest.mark.parametrize(("page", "line"), everything(), ids=lambda value: value)
def test_each_command_line_shown_exists(page: str, line: str) -> None:
    command = typer.main.get_command(app)
    args = shlex.split(line)
    words = []
    while hasattr(command, "commands") and args and args[0][0].islower():  # COMMAND stands for any
        words.append(args.pop(0))
        assert words[-1] in command.commands, f"{page} shows `tracker {line}`: there is no `{' '.join(words)}`"
        command = command.commands[words[-1]]
    known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)} | {"--help", "-h"}
    for arg in args:
        if arg.startswith("-"):
            assert arg.split("=")[0] in known, f"{page} shows `tracker {line}`: there is no {arg}"


@pytest.mark.parametrize("key", ["home", *sorted(_KEYS)])
def test_each_setting_is_documented(key: str) -> None:
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES if page.exists())
    assert f"TRACKER_{key.upper()}" in told


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {f"TRACKER_{key.upper()}" for key in ("home", *_KEYS, *(f"{key}_file" for key in _SECRETS))}
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES if page.exists())
    assert set(re.findall(r"\bTRACKER_[A-Z_]*[A-Z]\b", told)) <= known
