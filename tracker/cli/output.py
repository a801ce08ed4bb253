"""How results are shown: data on stdout as a table or JSON, remarks on stderr."""

import getpass
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from threading import Timer
from time import monotonic
from typing import Any, TextIO

import typer

from schedules.calendars import BANGKOK
from tracker.domain.thai.dates import parse_day, short_day, short_moment

_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_COMMAND = re.compile(r"`[^`]{1,70}`|\btracker(?: (?:--)?[a-z0-9][\w.-]*){1,6}")
_HELD = "\ue000"
"""Stands for a blank at which no row may end: one cell wide, and in no text of ours."""
_NARROWEST = 20
_A_MOMENT = 1.0
"""Seconds after which somebody who waits wants to see that something goes on."""


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_json_list(values: Iterable[Any]) -> None:
    """Print values as one JSON list, each as soon as it is there, as `print_json` prints a list."""
    before = "[\n"
    for value in values:
        lines = json.dumps(value, ensure_ascii=False, indent=2).replace(
            "\n", "\n  "
        )  # a text has no line breaks in JSON
        sys.stdout.write(f"{before}  {lines}")
        before = ",\n"
    sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")


def remark_rest(shown: int, total: int) -> None:
    """Say that a table has only the newest of what there is, if it has."""
    if shown < total:
        these = "This is the newest" if shown == 1 else f"These are the newest {shown}"
        remark(f"{these} of {total:,}: --limit shows more, --json all of them.")


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str, whole: int = 0) -> None:
    """Print rows under headers; `empty` is said on stderr when there are none.

    The first `whole` columns are never broken, so that dates and numbers stay in one piece on a narrow screen.
    """
    found = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not found:
        remark(empty)
        return
    from tracker.cli.lines import laid_out, widths_of

    shown = [list(headers), *found] if any(headers) else found
    widths = widths_of(shown, screen_width(), whole=whole)
    say("")
    if any(headers):
        head, rule = next(laid_out([headers], widths)), "─" * (sum(widths) + 2 * (len(widths) - 1))
        typer.echo(f"{typer.style(head, bold=True)}\n{rule}")  # bold for a terminal only
    say("\n".join(laid_out(found, widths)))


def screen_width() -> int:
    """Return how many columns the screen has; 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def say(line: str) -> None:
    """Print a line of data on stdout."""
    sys.stdout.write(harmless(line) + "\n")


def remark(line: str) -> None:
    """Print a remark on stderr."""
    lead = "! " if line.startswith("! ") else ""
    text = folded(harmless(line.removeprefix(lead)), sys.stderr, indent=len(lead))
    sys.stderr.write(f"{lead}{text}\n")


def folded(text: str, stream: TextIO, *, indent: int = 0) -> str:
    """Return a text in rows that a terminal does not break inside a word; for a file it stays one line.

    A command stays in one row, to be copied. Rows after the first stand under the indent, which the first one has.
    """
    if not stream.isatty() or len(text) + indent <= screen_width():
        return text
    from tracker.cli.lines import broken

    held = _COMMAND.sub(lambda found: found[0].replace(" ", _HELD), text)
    rows = broken(held, max(_NARROWEST, screen_width() - indent))
    return ("\n" + " " * indent).join(rows).replace(_HELD, " ")


def harmless(text: str) -> str:
    """Return a text without what a terminal obeys: it may be of a document, or the words of somebody's mail server."""
    return _OBEYED.sub("", text)


def thai_day(day: date | None) -> str:
    """Return a day as people here write it, empty for none."""
    return "" if day is None else short_day(day)


def thai_instant(instant: datetime | None) -> str:
    """Return a Bangkok day and time, empty for none."""
    return "" if instant is None else short_moment(instant)


def actor() -> str:
    """Return who runs the program, for the audit trail."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def day_given(text: str | None, option: str) -> date | None:
    """Return the day that an option names; a clear usage error when it is none."""
    if text is None:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        from tracker.errors import Refused

        raise Refused(f"{option}: {error}.") from None


def moment_given(text: str) -> datetime:
    """Return the instant that `--now` names; without an offset it is Bangkok time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        from tracker.errors import Refused

        raise Refused(f"--now “{text}” is not a moment: write it as 2026-03-31T09:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=BANGKOK)


@contextmanager
def shown_wait(what: str) -> Iterator[None]:
    """Say at a terminal what goes on, once it has taken over a second, where nobody can say how much is left."""
    timer = Timer(_A_MOMENT, remark, (f"{what} …",))
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def shown_progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Give a callback for (done, total) that draws a bar on stderr once the work has taken over a second."""
    start, bars = monotonic(), ExitStack()
    drawn: list[Any] = []

    def tell(done: int, total: int) -> None:
        if not drawn and monotonic() - start > _A_MOMENT:
            from rich.console import Console
            from rich.progress import Progress

            bar = bars.enter_context(Progress(console=Console(stderr=True), transient=True))
            drawn.extend((bar, bar.add_task(what, total=total)))
        if drawn:
            drawn[0].update(drawn[1], completed=done, total=total)

    with bars:
        yield tell
