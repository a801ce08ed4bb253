"""The ladder and the reporting dates in force: the agency's own file in its home, or the shipped one."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from schedules.ladders import Ladder, parse_ladder, shipped_ladder
from schedules.reporting import ReportingPolicy, parse_reporting, shipped_reporting
from tracker.errors import Misconfigured
from tracker.settings import Settings

T = TypeVar("T")


def ladder_in_force(settings: Settings) -> Ladder:
    """Return the agency's ladder; raises Misconfigured when its file is wrong, rather than falling back."""
    return _own(settings.home / "ladder.toml", parse_ladder) or shipped_ladder()


def reporting_in_force(settings: Settings) -> ReportingPolicy:
    """Return the agency's reporting dates; raises Misconfigured when its file is wrong."""
    return _own(settings.home / "reporting.toml", parse_reporting) or shipped_reporting()


def _own(path: Path, parse: Callable[[str], T]) -> T | None:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        raise Misconfigured(f"{path} cannot be used: {error}. Mend it, or remove it to use the shipped one.") from None
