"""Lives a story day by day."""

from datetime import date, timedelta

from tests.builders import World

DUE = date(2022, 10, 31)  # a Monday
OWNER, HEAD, CHIEF = "klang", "head.klang", "palad"
EVERYBODY = sorted([OWNER, HEAD, CHIEF])


def live(world: World, start: date, end: date, hour: str = "09:00") -> dict[date, list[str]]:
    """Sweep and send each day at an hour; return who got a reminder on which day."""
    told: dict[date, list[str]] = {}
    while start <= end:
        if got := world.day(f"{start} {hour}"):
            told[start] = got
        start += timedelta(days=1)
    return told


def mails_to(world: World, name: str) -> list[str]:
    """Return the subject and text of every mail to somebody, first to last."""
    return [f"{one.subject}\n{one.text}" for one in world.mail.accepted if one.address.split("@")[0] == name]
