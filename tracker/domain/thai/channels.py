"""What channels are called in a Thai sentence."""

_NAMES = {"email": "อีเมล", "line": " LINE"}  # a Latin word stands apart


def by_channel(name: str) -> str:
    """Return `ทางอีเมล`, `ทาง LINE`."""
    return f"ทาง{_NAMES.get(name, f' {name}')}"


def of_channel(name: str) -> str:
    """Return what stands after the word it belongs to, as in `ข้อความ LINE`."""
    return _NAMES.get(name, f" {name}")
