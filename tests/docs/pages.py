"""What a page of the documentation says is done: settings, files, commands with their output, mails.

A page is read by people, and these tests live through it:

- a ```console block holds `$ command` lines, each with what it prints; nothing shown means that it is not compared;
- `…` stands for what differs from day to day, `...` on a line of its own for any lines; blanks, and where
  a long line is broken, do not count;
- a block that ends with `^C` is a program that runs until everything above has been printed;
- a command without arguments that asks questions is shown as on the screen, with the answers typed;
- a comment before a block says what it is: `<!-- at 2026-11-23 09:30 -->` moves the clock, `<!-- agency -->` begins
  with a fresh home that holds the people and the plan of `examples`, `<!-- refuse khlang@ -->` lets the mail server
  refuse an address and `<!-- accept -->` all of them again, `<!-- file NAME -->` writes the next block to a file,
  `<!-- same NAME -->` says that it is one of ours, `<!-- mail ADDRESS -->` that it is the newest mail to somebody, and
  `<!-- push -->` the newest LINE message.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_PART = re.compile(
    r"^<!-- (?P<word>at|agency|refuse|accept|file|same|mail|push)(?: (?!-->)(?P<value>[^\n]*?))? -->$"
    r"|^```(?P<kind>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_WIDTH = re.compile(r"[\s─]+")


@dataclass(frozen=True)
class Step:
    """One thing that a page says; `kind` is console, or the word of a comment."""

    kind: str
    value: str
    body: str = ""


@dataclass(frozen=True)
class Shown:
    """A command with the lines that it prints; `interrupted` when Ctrl-C ends it."""

    command: str
    lines: list[str] = field(default_factory=list)

    @property
    def interrupted(self) -> bool:
        return "^C" in self.lines

    @property
    def is_refused(self) -> bool:
        return any(line.startswith("tracker: ") for line in self.lines)


def steps_of(text: str) -> Iterator[Step]:
    """Yield what a page says is done, in its order."""
    waiting: tuple[str, str] | None = None
    for found in _PART.finditer(text):
        if found["word"] in ("file", "same", "mail", "push"):
            waiting = found["word"], found["value"] or ""
        elif found["word"]:
            yield Step(found["word"], found["value"] or "")
        elif found["kind"] == "console":
            yield Step("console", "", found["body"])
        elif waiting:
            yield Step(*waiting, found["body"])
            waiting = None


def commands_of(block: str) -> list[Shown]:
    """Return the commands of a console block, those that end with a backslash joined."""
    shown: list[Shown] = []
    for line in block.replace("\\\n", " ").splitlines():
        if line.startswith("$ "):
            shown.append(Shown(re.sub(r"\s+# .*$", "", line[2:])))
        elif line.strip():
            shown[-1].lines.append(line.rstrip())
    return shown


def pattern_of(shown: str) -> str:
    """Return the regular expression that what is printed must match, both squeezed."""
    lines = (line.strip() for line in shown.splitlines())
    return "(?s:" + "".join(".*?" if line == "..." else _of_line(line) for line in lines) + ")"


def squeezed(text: str) -> str:
    """Return a printed text without blanks, ends of lines and the rules of tables: how wide it was does not count."""
    return _WIDTH.sub("", text)


def _of_line(line: str) -> str:
    return ".*?".join(re.escape(squeezed(part)) for part in line.split("…"))
