"""Writes what was made as a file of the person's choice: whole, or not at all."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from tracker.errors import Refused
from tracker.reports.whole_file import write_whole

R = TypeVar("R")


def write_file(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file whole; raises Refused, and leaves what was there, when the place cannot be written."""
    try:
        write_whole(path, write)
    except OSError as error:
        raise Refused(
            f"{path} cannot be written ({error.strerror}): close it if it is open, or choose another place."
        ) from None


def write_report(path: Path, writers: Mapping[str, Callable[[R, Path], None]], make: Callable[[], R]) -> R:
    """Make a report, write it in the format that the name's ending says, and return it; replaces a file of that name.

    Raises Refused, before anything is made, on an ending for which there is no writer; and like `write_file`.
    """
    write = writers.get(path.suffix.lower())
    if write is None:
        raise Refused(f"A report is written as {', '.join(writers)}: name the file {path.stem}.docx, for example.")
    report = make()
    write_file(path, lambda partial: write(report, partial))
    return report
