"""A calendar read by the letter of RFC 5545, without the library that writes it."""

import re

_PROPERTY = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:\"]+)*):(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\;,nN])")
_ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY")

Properties = dict[str, str]


def read_events(raw: bytes) -> dict[str, Properties]:
    """Return the properties of each event by its UID; fails on whatever the standard does not allow."""
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    lines = raw.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in lines), "a line is longer than 75 octets"
    assert all(line.decode("utf-8") for line in lines), "a line is empty, or a character was split"
    unfolded = raw.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]
    assert (unfolded[0], unfolded[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    head, *events = _split(unfolded[1:-1])
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    assert len({event["UID"] for event in events}) == len(events), "two events share a UID"
    return {event["UID"]: event for event in events}


def _split(lines: list[str]) -> list[Properties]:
    """Return the calendar's own properties and those of each event."""
    parts: list[Properties] = [{}]
    inside = False
    for line in lines:
        if line in ("BEGIN:VEVENT", "END:VEVENT"):
            assert (line == "END:VEVENT") is inside, "events are nested"
            inside = not inside
            if inside:
                parts.append({})
            else:
                assert all(name in parts[-1] for name in _ONCE), "an event lacks what it must have"
            continue
        assert inside or len(parts) == 1, "a property stands between two events"
        found = _PROPERTY.fullmatch(line)
        assert found, f"no property: {line}"
        name, parameters, value = found.groups()
        assert name not in parts[-1], f"{name} stands twice"
        if name in ("DTSTART", "DTEND"):
            assert parameters == ";VALUE=DATE"
            assert re.fullmatch(r"\d{8}", value)
        if name == "DTSTAMP":
            assert re.fullmatch(r"\d{8}T\d{6}Z", value)
        parts[-1][name] = _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)
    assert not inside
    return parts
