"""The error tree.

TrackerError            what we say to a person in one line; the CLI prints it and exits 1
├── Refused             bad input, or an act that the rules do not allow
│   └── NotFound        a name or id that stands for nothing
├── Misconfigured       a setting is missing, unknown or malformed
└── Unavailable         a database, broker or server that we need does not answer

Anything else is a bug and keeps its traceback.
"""


class TrackerError(Exception):
    """One sentence: what happened, to which thing, what to do next."""


class Refused(TrackerError):
    """The input is wrong or the act is not allowed; nothing was stored."""


class NotFound(Refused):
    """The name or id given stands for nothing that we hold."""


class Misconfigured(TrackerError):
    """A setting is missing, unknown or malformed."""


class Unavailable(TrackerError):
    """Something outside that we need does not answer."""
