"""Thai digits and the two ways in which sara am is stored."""

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def arabic(text: str) -> str:
    """Return the text with every Thai digit as an Arabic one; length and all else stay."""
    return text.translate(_TO_ARABIC)


def thai(value: str | int) -> str:
    """Return the value's text with every Arabic digit as a Thai one."""
    return str(value).translate(_TO_THAI)


def compose_sara_am(text: str) -> str:
    """Return the text with nikhahit + sara aa joined into sara am.

    Never NFKC, which takes every sara am apart.
    """
    return text.replace("\u0e4d\u0e32", "\u0e33")


def squeeze(text: str) -> str:
    """Return a key for comparing titles and names: no blanks, one sara am, Arabic digits, lower case."""
    return "".join(arabic(compose_sara_am(text)).replace("\u200b", "").split()).casefold()
