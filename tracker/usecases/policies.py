"""The ladders and the reporting dates in force: the agency's own file in its home, or the shipped one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar, get_args

from schedules.ladders import Ladder, LadderPolicy, parse_ladders, shipped_ladder
from schedules.reporting import ReportingPolicy, parse_reporting, shipped_reporting
from tracker.domain.plans import ObligationKind
from tracker.errors import Misconfigured, Refused
from tracker.settings import Settings

T = TypeVar("T")

KINDS: tuple[ObligationKind, ...] = get_args(ObligationKind)
"""The kinds of obligation that may have a ladder of their own."""


def policy_in_force(settings: Settings) -> LadderPolicy:
    """Return the agency's ladders; raises Misconfigured when their file is wrong, rather than falling back."""
    own = _own(settings.home / "ladder.toml", partial(parse_ladders, kinds=KINDS))
    return own or LadderPolicy(shipped_ladder())


def ladder_of_kind(settings: Settings, kind: str) -> Ladder:
    """Return the ladder in force for a kind of obligation; raises Refused when there is no such kind."""
    if kind not in KINDS:
        raise Refused(f"There is no kind “{kind}”: use one of {', '.join(KINDS)}.")
    return policy_in_force(settings).of(kind)


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
