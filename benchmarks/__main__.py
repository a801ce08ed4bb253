"""Every figure is a ratio of medians of runs that take turns on one machine: `make bench`, or `--quick` for a look.

Absolute figures drift from machine to machine and from hour to hour, so only the ratios count. Prints one table, and
writes it to benchmarks/RESULTS.md (not with `--quick`, whose single runs prove only that everything runs).
"""

import argparse
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from benchmarks import end_to_end, memory, scale, start, wire, year
from benchmarks.rows import Row, machine, table


class Section(Protocol):
    """Measures one subject and yields its rows as they are ready."""

    def __call__(self, *, quick: bool) -> Iterator[Row]: ...


SECTIONS: dict[str, Section] = {
    "end-to-end": end_to_end.rows,
    "wire": wire.rows,
    "scale": scale.rows,
    "start": start.rows,
    "memory": memory.rows,
}


def main() -> None:
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # else servers and workers would outlive us
    rows = []
    for name in asked.only or SECTIONS:
        for row in SECTIONS[name](quick=asked.quick):
            print(row.line(), end="", file=sys.stderr, flush=True)
            rows.append(row)
    page = _page(rows, quick=asked.quick, whole=not asked.only)
    print(page)
    if not asked.quick and not asked.only:
        Path(__file__).with_name("RESULTS.md").write_text(page, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="small, each once: proves that everything runs")
    arguments.add_argument("--only", action="append", choices=list(SECTIONS), help="a section; may be repeated")
    return arguments.parse_args()


def _page(rows: list[Row], *, quick: bool, whole: bool) -> str:
    runs = (
        "One small run each: the ratios mean little."
        if quick
        else "Medians of runs that took turns (each run in brackets)."
    )
    foretold = f"\n{year.table(year.years())}" if whole else ""
    return f"# Benchmarks\n\n{runs} {machine()}\n\n{table(rows)}{foretold}"


if __name__ == "__main__":
    main()
