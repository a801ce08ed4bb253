"""Counts in English sentences."""


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return `1 report`, `2 reports`; `many` is what several are called where that is not `one` with an s."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"
