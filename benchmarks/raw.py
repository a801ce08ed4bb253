"""The physical limit: smtplib with kept connections, each mail composed in the loop by the standard library.

By its older classes: for the same Thai mail `EmailMessage` takes nearly three times as long (3.2 against 1.15 ms), and
a limit must not be a slow one.
"""

import multiprocessing
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from multiprocessing.synchronize import Barrier
from threading import Thread

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Mail:
    """What one mail says: the text of a true notice."""

    subject: str
    text: str
    html: str
    calendar: str

    def compose(self, to: str) -> MIMEMultipart:
        """Return the whole mail."""
        either = MIMEMultipart("alternative", _subparts=[MIMEText(self.text), MIMEText(self.html, "html")])
        calendar = MIMEText(self.calendar, "calendar")
        calendar["Content-Disposition"] = 'attachment; filename="deadlines.ics"'
        mail = MIMEMultipart("mixed", _subparts=[either, calendar])
        mail["From"], mail["To"], mail["Subject"] = "ita@example.org", to, Header(self.subject, "utf-8")
        return mail


@contextmanager
def senders(port: int, mail: Mail, *, threads: int, mails: int) -> Iterator[Barrier]:
    """Start the processes and give the barrier at which they wait for the word to send, so many mails in all."""
    spawning = multiprocessing.get_context("spawn")
    start = spawning.Barrier(PROCESSES + 1)
    each = mails // PROCESSES // threads
    processes = [spawning.Process(target=send_all, args=(port, mail, threads, each, start)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    try:
        yield start
    finally:
        for process in processes:
            process.join(5)
            process.kill()


def send_all(port: int, mail: Mail, threads: int, each: int, start: Barrier) -> None:
    """Wait for the word, then send the share of one process."""
    crew = [Thread(target=_send, args=(port, mail, each)) for _ in range(threads)]
    start.wait()
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()


def _send(port: int, mail: Mail, count: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for n in range(count):
            smtp.send_message(mail.compose(f"officer{n}@example.org"))
