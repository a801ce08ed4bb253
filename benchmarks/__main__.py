"""Deliveries a second, ours against raw smtplib and against stock Apprise, interleaved in one run.

`make bench` prints the table and writes benchmarks/RESULTS.md. Absolute figures drift from machine to machine; the
ratios are what counts.
"""

import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from statistics import median

from sqlmodel import update

from benchmarks import year
from tests.builders import measure, obligation, person, plan
from tracker.delivery.mail import EmailChannel
from tracker.settings import load_settings
from tracker.store.schema import upgrade
from tracker.store.session import Store
from tracker.store.tables import MessageRow
from tracker.usecases.deliver import deliver
from tracker.usecases.import_people import import_people
from tracker.usecases.import_plan import import_plan
from tracker.usecases.services import Services
from tracker.usecases.sweep import sweep

RUNS, MAILS, STOCK_MAILS = 3, 400, 30
SUBJECT = "กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน กำหนด ๓๑ มี.ค. ๒๕๖๙"
TEXT = "เรียน ผู้รับผิดชอบ\n" + "โปรดส่งรายงานผลการดำเนินงาน\n" * 40
OPEN = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
DUE = date(2026, 3, 31)


class OfficeHours:
    def now(self) -> datetime:
        return OPEN


def ours(port: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        url = f"mailto://127.0.0.1:{port}?from=ita@example.org&mode=insecure"
        settings = load_settings({"TRACKER_HOME": folder, "TRACKER_EMAIL_URL": url})
        store = Store(settings.database_url)
        upgrade(store)
        services = Services(settings, OfficeHours(), store, {"email": EmailChannel(url)})
        _fill(services)
        seconds = _seconds(lambda: deliver(services, "email"))
        services.close()
    return MAILS / seconds


def _fill(services: Services) -> None:
    """Queue one true notice for each of as many officers, with the text that the others send too."""
    officers = [person(f"เจ้าหน้าที่ {n}", f"กองที่ {n}", "officer", email=f"a{n}@example.org") for n in range(MAILS)]
    import_people(services, officers, file="people.csv", actor="benchmark")
    owing = measure(1, *(one.unit for one in officers))
    import_plan(services, plan(owing, obligations=(obligation(DUE),), fiscal_year=2569), actor="benchmark")
    assert sweep(services).messages == MAILS
    with services.store.writing() as session:
        session.execute(update(MessageRow).values(subject=SUBJECT, text=TEXT, html=f"<p>{TEXT}</p>", calendar=None))


def raw(port: int) -> float:
    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port) as smtp:
            for _ in range(MAILS):
                mail = EmailMessage()
                mail["From"], mail["To"], mail["Subject"] = "ita@example.org", "a@example.org", SUBJECT
                mail.set_content(TEXT)
                mail.add_alternative(f"<p>{TEXT}</p>", subtype="html")
                smtp.send_message(mail)

    return MAILS / _seconds(send)


def stock(port: int) -> float:
    from apprise import Apprise

    def send() -> None:
        for _ in range(STOCK_MAILS):
            sender = Apprise()
            sender.add(f"mailto://127.0.0.1:{port}?from=ita@example.org&to=a@example.org&mode=insecure")
            assert sender.notify(title=SUBJECT, body=TEXT)

    return STOCK_MAILS / _seconds(send)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    with subprocess.Popen([sys.executable, "-m", "benchmarks.sink"], stdout=subprocess.PIPE, text=True) as sink:
        assert sink.stdout is not None
        port = int(sink.stdout.readline())
        rates: dict[str, list[float]] = {"ours": [], "raw": [], "stock": []}
        for _ in range(RUNS):
            for name, measure in (("ours", ours), ("raw", raw), ("stock", stock)):
                rates[name].append(measure(port))
        sink.terminate()
    middle = {name: median(values) for name, values in rates.items()}
    table = (
        "# Deliveries a second, one connection, one thread, SQLite\n\n"
        f"Median of {RUNS} interleaved runs; claim, check, send and record included in ours.\n\n"
        "| what | mails/s | ours against it |\n|---|---|---|\n"
        f"| ours: outbox to accepted | {middle['ours']:.0f} | |\n"
        f"| raw smtplib, kept connection, mail composed in the loop | {middle['raw']:.0f} "
        f"| {middle['ours'] / middle['raw']:.2f} |\n"
        f"| stock Apprise, one object a mail | {middle['stock']:.0f} | {middle['ours'] / middle['stock']:.1f} |\n\n"
        f"{year.table(year.years())}"
    )
    print(table)
    Path(__file__).with_name("RESULTS.md").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
