"""Whether the parts of one installation that a container needs work: the watch's own questions, fewer of them."""

from dataclasses import replace
from datetime import timedelta

from tracker.delivery.broker import Broker
from tracker.domain.watch import Code, findings
from tracker.domain.watch_words import on_screen
from tracker.errors import Misconfigured, Unavailable
from tracker.usecases.gather_facts import gather
from tracker.usecases.services import Services


def check_health(services: Services, *, sweep_within: int | None, broker: bool) -> None:
    """Return when all is well; raises Unavailable with the first thing that is wrong, or Misconfigured.

    The database must answer and be current; if asked for, the last sweep must have ended within so many seconds, and
    the broker must answer.
    """
    url = services.settings.redis_url
    if broker and url is None:
        raise Misconfigured("TRACKER_REDIS_URL is not set, so there is no shared broker to check.")
    facts = gather(services, Broker(url) if broker and url else None)
    asked: set[Code] = {"database", "schema", "broker"}
    if sweep_within is not None:
        asked |= {"sweep", "no-sweep"}
        if facts.sweeps:
            facts = replace(facts, sweeps=replace(facts.sweeps, within=timedelta(seconds=sweep_within)))
    for finding in findings(facts):
        if finding.code in asked:
            said = on_screen(finding)
            raise Unavailable(f"{said.what} {said.mend}")
