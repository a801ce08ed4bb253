"""The mail server for practice keeps what arrives, and ends when Ctrl-C is pressed."""

import re
import signal
import smtplib
import socket
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.workers.conftest import REPOSITORY, until
from workers.practice_mail import run
from workers.standins import HOST


def letter(html: str | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "กองคลัง: ทดสอบ", "ita@example.org", "khlang@example.org"
    mail.set_content("เรียน เจ้าหน้าที่\n<ลงชื่อ>")
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


SERVE = """
from pathlib import Path
from workers.practice_mail import run
run(Path("mails"), lambda line: print(line, flush=True), port=0)
"""


def test_it_keeps_a_mail_as_files_and_says_so(tmp_path: Path) -> None:
    log, environment = tmp_path / "log", {"PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"}
    with log.open("w") as out:
        server = subprocess.Popen([sys.executable, "-c", SERVE], cwd=tmp_path, stdout=out, env=environment)
        try:
            until(lambda: "Practice mail server" in log.read_text())
            with smtplib.SMTP(HOST, int(re.findall(r"127\.0\.0\.1:(\d+)", log.read_text())[0])) as client:
                client.send_message(letter("<p>เรียน <b>เจ้าหน้าที่</b></p>"))
                client.send_message(letter())
            until(lambda: log.read_text().count("กองคลัง: ทดสอบ") == 2)
            server.send_signal(signal.SIGINT)
            assert server.wait(10) == 0
        finally:
            server.kill()
    assert "<b>เจ้าหน้าที่</b>" in (tmp_path / "mails" / "001-khlang@example.org.html").read_text()
    assert "เรียน เจ้าหน้าที่\n&lt;ลงชื่อ&gt;" in (tmp_path / "mails" / "002-khlang@example.org.html").read_text()
    assert (tmp_path / "mails" / "001-khlang@example.org.eml").read_bytes().startswith(b"Subject: ")
    assert log.read_text().endswith("Stopped.\n")


def test_a_second_one_on_the_same_port_is_refused(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as taken, pytest.raises(OSError, match="in use"):
        run(tmp_path, lambda _: None, taken.getsockname()[1])
