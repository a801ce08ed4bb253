"""The physical limit: smtplib with kept connections, each mail composed in the loop by the standard library.

By its older classes: for the same Thai mail `EmailMessage` takes nearly three times as long (3.2 against 1.15 ms), and
a limit must not be a slow one. `python -m benchmarks.raw` is one process of it: it reads a Job, says that it is ready,
and sends at the next line.
"""

import json
import smtplib
import sys
from dataclasses import asdict, dataclass
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from threading import Thread


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
        mail["From"], mail["To"], mail["Subject"] = "ita@example.org", to, Header(self.subject, "utf-8").encode()
        return mail


@dataclass(frozen=True, slots=True)
class Job:
    """What one process is to send: so many mails on each of so many connections."""

    port: int
    threads: int
    each: int
    mail: Mail

    def line(self) -> str:
        """Return the job as the line that the process reads."""
        return f"{json.dumps(asdict(self))}\n"

    def do(self) -> None:
        """Send them all."""
        crew = [Thread(target=self._send) for _ in range(self.threads)]
        for thread in crew:
            thread.start()
        for thread in crew:
            thread.join()

    def _send(self) -> None:
        with smtplib.SMTP("127.0.0.1", self.port) as smtp:
            for n in range(self.each):
                smtp.send_message(self.mail.compose(f"officer{n}@example.org"))


def main() -> None:
    told = json.loads(sys.stdin.readline())
    job = Job(**told | {"mail": Mail(**told["mail"])})
    print("ready", flush=True)
    if sys.stdin.readline():  # nothing when the parent is gone
        job.do()


if __name__ == "__main__":
    main()
