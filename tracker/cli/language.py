"""The language that the person at the terminal reads, and the Thai of what help says.

Texts stand in English in the code, and their Thai in `thai.toml`, found by the English text itself as with gettext: a
text that is changed loses its Thai, and a test says so. A plain file and not gettext's own, because that has to be
compiled when the program is built, and nobody can read in it what it says.
"""

import inspect
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files

Words = Callable[[str], str]
"""Turns an English text into the language of whoever reads it."""

_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
_EXAMPLE = "Example: "


def language(environ: Mapping[str, str]) -> str:
    """Return `th` or `en`, by the rules of gettext: the first locale that is set counts, C and POSIX are English.

    `LANGUAGE`, a list of what is read best first, goes before any other locale.
    """
    locale = next((environ[name] for name in _LOCALES if environ.get(name)), "C")
    if _bare(locale) in {"c", "posix"}:
        return "en"
    read = (_bare(each) for each in (environ.get("LANGUAGE") or locale).split(":"))
    return next((each for each in read if each in {"th", "en"}), "en")


def words_in(chosen: str) -> Words:
    """Return what turns an English text into that language; one that has no Thai stays as it is."""
    return _in_thai if chosen == "th" else str


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a docstring, each in one line."""
    for block in inspect.cleandoc(text).split("\n\n"):
        if line := " ".join(block.split()):
            yield line


@cache
def thai() -> Mapping[str, str]:
    """Return the Thai of each English text."""
    return tomllib.loads(files("tracker.cli").joinpath("thai.toml").read_text(encoding="utf-8"))


def _in_thai(text: str) -> str:
    if text.startswith(_EXAMPLE):
        return f"{thai()[_EXAMPLE.strip()]} {text.removeprefix(_EXAMPLE)}"
    return thai().get(text, text)


def _bare(locale: str) -> str:
    """Return `th` for th_TH.UTF-8 and any other way to write Thai, else the language in small letters."""
    name = locale.replace(".", "_").replace("@", "_").partition("_")[0].lower()
    return "th" if name.startswith("th") else name
