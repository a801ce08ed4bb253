"""Messages a second on the wire alone, ours against the plain library, interleaved in one run.

E-mail over one kept connection against `smtplib.SMTP.sendmail`, and LINE pushes against `requests.Session().post` of
the same body on as many connections. The servers are a process of their own (see `wire_sink`), at once or 20 ms away.
"""

import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import requests

from benchmarks.rows import Row
from tracker.delivery.channel import Outgoing
from tracker.delivery.email_message import Sender, compose_mail
from tracker.delivery.email_session import MailSession, Relay
from tracker.delivery.line import PUSH, LineChannel, push_body

RUNS = 7
TOKEN = "token-of-the-sink"  # noqa: S105 (nobody's)
SENDER = Sender("ita@example.org", "กลุ่มงานจริยธรรม")
TEXT = "เรียน ผู้รับผิดชอบ\n" + "โปรดส่งรายงานผลการดำเนินงาน\n" * 40
MESSAGE = Outgoing(
    address="U" + "0123456789abcdef" * 2,
    subject="กองคลัง: รายงานผลการดำเนินงาน รอบ ๖ เดือน กำหนด ๓๑ มี.ค. ๒๕๖๙",
    text=TEXT,
    html=f"<p>{TEXT}</p>",
    calendar=None,
    message_id="wire@example.org",
    retry_key=str(uuid4()),
    recipient_name="เจ้าหน้าที่ คลัง",
    date=datetime(2026, 3, 2, 3, 0, tzinfo=UTC),
)
RECIPIENT = "officer@example.org"
MAIL = compose_mail(SENDER, replace(MESSAGE, address=RECIPIENT))

Work = Callable[[], object]


@contextmanager
def sink(milliseconds: int) -> Iterator[tuple[int, int]]:
    """Yield the ports of the mail server and of LINE."""
    command = [sys.executable, "-m", "benchmarks.wire_sink", str(milliseconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline()), int(process.stdout.readline())
        process.terminate()


def mails(port: int) -> tuple[Work, Work]:
    session = MailSession(Relay("127.0.0.1", port, "insecure"))
    plain = smtplib.SMTP("127.0.0.1", port)

    def ours() -> None:
        assert session.deliver(SENDER.address, RECIPIENT, MAIL).ok

    return ours, lambda: plain.sendmail(SENDER.address, [RECIPIENT], MAIL)


def pushes(port: int, threads: int) -> tuple[Work, Work]:
    base = f"http://127.0.0.1:{port}"
    channel = LineChannel(TOKEN, base)
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=threads))
    session.trust_env = False  # else it reads the environment's proxies anew for each push

    def ours() -> None:
        assert channel.send(MESSAGE).ok

    def plain() -> None:
        headers = {
            "Authorization": f"Bearer {TOKEN}",
            "Content-Type": "application/json",
            "X-Line-Retry-Key": MESSAGE.retry_key,
        }
        assert session.post(base + PUSH, push_body(MESSAGE), headers=headers, timeout=(5, 15)).status_code == 200

    return ours, plain


def rates(works: tuple[Work, Work], count: int, threads: int) -> tuple[list[float], list[float]]:
    """Return messages a second of each, in turns; the first turn opens the connections."""
    seen: tuple[list[float], list[float]] = ([], [])
    with ThreadPoolExecutor(threads) as pool:
        for turn in range(RUNS + 1):
            for work, values in zip(works, seen, strict=True):
                begin = time.perf_counter()
                for done in [pool.submit(_repeat, work, count // threads) for _ in range(threads)]:
                    done.result()
                if turn:
                    values.append(count / (time.perf_counter() - begin))
    return seen


def _repeat(work: Work, count: int) -> None:
    for _ in range(count):
        work()


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield the rows of both channels, at once and 20 ms away."""
    for away, whole in ((0, 960), (20, 20)):
        count = whole // 4 if quick else whole
        with sink(away) as (mail_port, line_port):
            yield _row("e-mail", "smtplib sendmail", 1, away, rates(mails(mail_port), count, 1), 1.0)
            for threads in (1, 16):
                paced = count * (threads if away else 1)
                measured = rates(pushes(line_port, threads), paced, threads)
                yield _row("LINE", "requests.Session", threads, away, measured, 0.95 if away else 1.3)


def _row(
    what: str, plain: str, connections: int, away: int, measured: tuple[list[float], list[float]], bar: float
) -> Row:
    return Row(f"{what} on the wire, {connections} connections, {away} ms away", plain, "/s", *measured, bar)
