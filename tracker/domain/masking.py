"""Addresses of people as others may see them: enough to know which is meant, not enough to write to."""

import re

LOCAL = r"[\w.!#$&*+/^`{|}~-]"
"""A character of the part of an e-mail address before the @."""
_EMAIL = re.compile(rf"(?<!{LOCAL})(?!(?:password|\*+)@)({LOCAL})(?:{LOCAL}|')*+(?:@|%40)([\w-]+(?:\.[\w-]+)*)")
_LINE_ID = re.compile(r"(?<![0-9A-Za-z])([UCR][0-9a-f]{4})[0-9a-f]{24}([0-9a-f]{4})(?![0-9A-Za-z])")


def mask_address(text: str) -> str:
    """Return a text with e-mail addresses as `o…@example.org` and LINE ids as `U0000…0002`."""
    return _LINE_ID.sub(r"\1…\2", _EMAIL.sub(r"\1…@\2", text))
