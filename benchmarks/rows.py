"""What the benchmarks print: ratios of medians, the raw figures of each interleaved run beside them."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """Ours against another, measured in turn in one run; `target` bounds the ratio, from below if `at_least`."""

    what: str
    against: str
    unit: str
    ours: Sequence[float]
    other: Sequence[float]
    target: float
    at_least: bool = True
    note: str = ""

    @property
    def ratio(self) -> float:
        """Return the ratio of the medians."""
        return median(self.ours) / median(self.other)

    @property
    def is_met(self) -> bool:
        """Say whether the ratio keeps to its target."""
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target

    def line(self) -> str:
        """Return the row in Markdown."""
        bound = f"{'≥' if self.at_least else '≤'} {self.target:g}"
        cells = [
            self.what,
            _figures(self.ours, self.unit),
            self.against,
            _figures(self.other, self.unit),
            f"**{_short(self.ratio)}**",
            f"{bound} {'met' if self.is_met else 'MISSED'}",
            self.note,
        ]
        return f"| {' | '.join(cells)} |\n"


@dataclass(frozen=True, slots=True)
class Growth(Row):
    """Ours at two sizes, where what counts is how much it grew (a difference), and what it may reach at most."""

    most: float = float("inf")

    @property
    def ratio(self) -> float:
        """Return the growth of the median."""
        return median(self.ours) - median(self.other)

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.target and median(self.ours) < self.most


def table(rows: Iterable[Row]) -> str:
    """Return the rows under their head in Markdown."""
    return "| what | ours | against | its figure | ratio | target | note |\n|---|---|---|---|---|---|---|\n" + "".join(
        row.line() for row in rows
    )


def machine() -> str:
    """Return one line on where the figures come from."""
    models = [line for line in Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines() if "model name" in line]
    name = models[0].partition(": ")[2] if models else platform.machine()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"{os.cpu_count()} cores ({name}), Python {platform.python_version()}, load average {load} at the end."


def _figures(values: Sequence[float], unit: str) -> str:
    each = " ".join(_short(value) for value in values)
    return f"{_short(median(values))} {unit} ({each})"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3g}"
