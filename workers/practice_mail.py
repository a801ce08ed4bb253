"""A mail server for practice: takes every mail, sends none on, and keeps each as files that anybody can open.

`python -m workers.practice_mail FOLDER` runs it on port 8025 of this machine until Ctrl-C.
"""

import email
import email.policy
import re
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

from workers.standins import ArrivedMail, SmtpStandin

PORT = 8025
_LOOK_EVERY = 0.2
_UNFIT = re.compile(r"[^\w.@-]")


def keep(mail: ArrivedMail, number: int, folder: Path) -> Path:
    """Write a mail as .eml and its HTML part, or its text, as .html; return where the page to read stands."""
    name = f"{number:03}-{_UNFIT.sub('_', mail.to)}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.eml").write_bytes(mail.raw)
    body = email.message_from_bytes(mail.raw, policy=email.policy.default).get_body(("html", "plain"))
    page = folder / f"{name}.html"
    text = body.get_content() if body else ""
    if body is None or body.get_content_subtype() == "plain":
        text = f'<meta charset="utf-8">\n<pre style="white-space:pre-wrap">{escape(text)}</pre>\n'
    page.write_text(text, encoding="utf-8")
    return page


def run(folder: Path, announce: Callable[[str], None], port: int = PORT) -> None:
    """Serve until Ctrl-C, with a line for each mail."""
    with SmtpStandin(port=port) as relay:
        announce(f"Practice mail server on {relay.url.partition('?')[0]}; mails go to {folder}. Ctrl-C stops.")
        kept = 0
        try:
            while True:
                for mail in relay.mails[kept:]:
                    kept += 1
                    announce(f"{keep(mail, kept, folder)}  {mail.subject}")
                time.sleep(_LOOK_EVERY)
        except KeyboardInterrupt:
            announce("Stopped.")


if __name__ == "__main__":
    run(Path(sys.argv[1] if len(sys.argv) > 1 else "practice-mail"), lambda line: print(line, flush=True))  # noqa: T201
