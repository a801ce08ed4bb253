"""A campaign of kills: SIGKILL falls on workers, beat, Redis and PostgreSQL while thousands of messages leave.

    python -m benchmarks.kill --database sqlite|postgresql [--messages N] [--kills K] [--seed S]
    python -m benchmarks.kill --fault NAME          another fault: see --help; `all` for every one

Prints a line for each promise, with its figures, and exits 1 when one was broken. Everything runs in a temporary folder
on free ports, on a Wednesday in March whatever day it is, and is gone afterwards.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.campaign import campaign, channel_faults, disk_faults, outages
from benchmarks.campaign.verdict import Claim

FAULTS: dict[str, Callable[[Path | None], list[Claim]]] = {
    "redis-frozen": outages.redis_frozen,
    "redis-hole": outages.redis_hole,
    "redis-killed": outages.redis_killed,
    "up-redis-killed": outages.up_redis_killed,
    "postgres-restart": outages.postgres_restart,
    "postgres-frozen": outages.postgres_frozen,
    "disk-full": disk_faults.disk_full,
    "smtp": channel_faults.smtp,
    "line": channel_faults.line,
    "line-month": channel_faults.line_month,
}


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill parts of the service while it sends, and count what arrived.")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--messages", type=int, default=600, help="10000 for a full run")
    parser.add_argument("--kills", type=int, default=8, help="at least this many; 30 for a full run")
    parser.add_argument("--to-the-end", action="store_true", help="go on killing until everything is delivered")
    parser.add_argument("--delay", type=float, help="seconds that the stand-ins take for a message")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", choices=(*FAULTS, "all"), help="this instead of kills")
    parser.add_argument("--keep", type=Path, help="a folder for everything, logs too, that stays")
    options = parser.parse_args()
    if not options.fault:
        return _told("kills", campaign.run(campaign.Campaign(
            options.database, options.messages, options.kills, options.seed, options.to_the_end, options.delay,
            options.keep,
        )))  # fmt: skip
    chosen = FAULTS if options.fault == "all" else {options.fault: FAULTS[options.fault]}
    return max([_told(name, fault(options.keep and options.keep / name)) for name, fault in chosen.items()])


def _told(name: str, claims: list[Claim]) -> int:
    print(f"\n{name}")
    for each in claims:
        print(f"  {each}", flush=True)
    return 0 if all(each.kept for each in claims) else 1


if __name__ == "__main__":
    sys.exit(main())
