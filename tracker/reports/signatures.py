"""The lines on which people sign."""

_LINE = "." * 44


def signature_lines(role: str) -> list[str]:
    """Return the lines of one signature, blank to be filled in by hand."""
    return ["", f"ลงชื่อ {_LINE} {role}", f"({_LINE})", f"ตำแหน่ง {_LINE}", f"วันที่ {_LINE}"]
