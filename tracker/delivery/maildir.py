"""Reads a Maildir that a mail server on this machine delivers to."""

import heapq
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tracker.delivery.bounces import READ_AT_MOST
from tracker.delivery.mailbox import MAILS_AT_ONCE, Mail, Position
from tracker.errors import Misconfigured


class MaildirMailbox:
    """A Maildir of our own: what was looked at goes from `new` to `cur`, as any reader of one does, still unread."""

    def __init__(self, path: Path) -> None:
        self.name = f"maildir:{path}"
        self._new, self._cur = path / "new", path / "cur"

    def mails(self, after: Position | None) -> Iterator[Mail]:  # noqa: ARG002 - the folder says what is new
        """Yield the beginning of each new mail; see Mailbox."""
        try:
            for path in self._waiting():
                with suppress(FileNotFoundError):  # another run, or another reader, has taken it
                    with path.open("rb") as file:
                        raw = file.read(READ_AT_MOST)
                    yield Mail(raw)
                    path.rename(self._cur / f"{path.name.partition(':')[0]}:2,")
        except OSError as error:
            raise Misconfigured(
                f"The {self.name} of TRACKER_BOUNCE_URL cannot be read ({error.strerror}): "
                "it must hold the folders new and cur, and let this program read and move the files in them."
            ) from None

    def _waiting(self) -> list[Path]:
        """Return the first of what is new; names begin with the second of arrival. A pipe would never end: left out."""
        with os.scandir(self._cur), os.scandir(self._new) as found:
            mails = (each.path for each in found if each.is_file(follow_symlinks=False))
            return [Path(path) for path in heapq.nsmallest(MAILS_AT_ONCE, mails)]
