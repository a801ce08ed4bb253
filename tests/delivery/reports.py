"""Delivery reports in the shapes that mail systems give them; own writing, after RFC 3464 and what such systems do."""

import base64
from uuid import uuid4

TO = "klang@example.org"
REFUSED = "550 5.1.1 <klang@example.org>: Recipient address rejected: User unknown"


def _joined(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def returned_head(message_id: str, to: str = TO) -> list[str]:
    return [
        "From: ita@example.org",
        f"To: {to}",
        "Subject: =?utf-8?b?4LmB4LiI4LmJ4LiH4LmA4LiV4Li34Lit4LiZ?=",
        f"Message-ID: <{message_id}>",
        "Auto-Submitted: auto-generated",
    ]


def recipient(
    to: str = TO, action: str = "failed", status: str = "5.1.1", said: str = REFUSED, original: str | None = None
) -> list[str]:
    head = [f"Original-Recipient: rfc822;{original}"] if original else []
    return [
        f"Final-Recipient: rfc822; {to}",
        *head,
        f"Action: {action}",
        f"Status: {status}",
        "Remote-MTA: dns; mx.example.org",
        f"Diagnostic-Code: smtp; {said}",
    ]


def postfix(message_id: str, *recipients: list[str], own_id: str | None = None, human: str = "Undelivered.") -> bytes:
    """A report as Postfix makes it: says that it is an automatic reply, and returns the whole mail."""
    blocks = [line for block in (recipients or (recipient(),)) for line in ("", *block)]
    return _joined(
        "Return-Path: <>",
        "From: MAILER-DAEMON@relay.example.net (Mail Delivery System)",
        "Subject: Undelivered Mail Returned to Sender",
        "To: ita@example.org",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status;",
        '\tboundary="4F2A9.1664/relay.example.net"',
        f"Message-Id: <{own_id or uuid4().hex}@relay.example.net>",
        "",
        "This is a MIME-encapsulated message.",
        "",
        "--4F2A9.1664/relay.example.net",
        "Content-Description: Notification",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        human,
        "",
        "--4F2A9.1664/relay.example.net",
        "Content-Description: Delivery report",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; relay.example.net",
        "X-Postfix-Queue-ID: 4F2A9",
        "Arrival-Date: Mon,  3 Oct 2022 09:00:00 +0700",
        *blocks,
        "",
        "--4F2A9.1664/relay.example.net",
        "Content-Description: Undelivered Message",
        "Content-Type: message/rfc822",
        "",
        *returned_head(message_id),
        "MIME-Version: 1.0",
        'Content-Type: multipart/alternative; boundary="inner"',
        "",
        "--inner",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "เรียน เจ้าหน้าที่",
        "--inner--",
        "",
        "--4F2A9.1664/relay.example.net--",
        "",
    )


def exchange(message_id: str, to: str = TO) -> bytes:
    """A report as Exchange makes it: an HTML part, no blank after `rfc822;`, folded words, only the headers back."""
    return _joined(
        "From: <postmaster@example.net>",
        "To: <ita@example.org>",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status;",
        '\tboundary="_000_undeliverable_"',
        f"Message-ID: <{uuid4()}@example.net>",
        f"In-Reply-To: <{message_id}>",
        f"References: <{message_id}>",
        "Subject: Undeliverable",
        "Auto-Submitted: auto-replied",
        "",
        "--_000_undeliverable_",
        'Content-Type: multipart/alternative; boundary="_001_"',
        "",
        "--_001_",
        "Content-Type: text/html; charset=us-ascii",
        "",
        "<p>Your message wasn't delivered.</p>",
        "--_001_--",
        "",
        "--_000_undeliverable_",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns;mail.example.net",
        "Received-From-MTA: dns;relay.example.org",
        "",
        f"Final-Recipient: rfc822;{to}",
        "Action: failed",
        "Status: 5.1.10",
        "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient",
        "  not found by SMTP address lookup",
        "",
        "--_000_undeliverable_",
        "Content-Type: text/rfc822-headers",
        "",
        *returned_head(message_id, to),
        "",
        "--_000_undeliverable_--",
        "",
    )


def gmail(message_id: str, to: str = TO) -> bytes:
    """A report as Gmail makes it: its words in many lines, each with the code, and an icon within."""
    return _joined(
        "From: Mail Delivery Subsystem <mailer-daemon@mail.example.com>",
        "To: ita@example.org",
        "Auto-Submitted: auto-replied",
        "Subject: Delivery Status Notification (Failure)",
        f"References: <{message_id}>",
        f"In-Reply-To: <{message_id}>",
        f"Message-ID: <{uuid4().hex}.N@mail.example.com>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; boundary="0000a1"; report-type=delivery-status',
        "",
        "--0000a1",
        'Content-Type: multipart/related; boundary="0000b2"',
        "",
        "--0000b2",
        'Content-Type: text/html; charset="UTF-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "<html>Address not found</html>",
        "--0000b2",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "",
        "iVBORw0KGgo=",
        "--0000b2--",
        "--0000a1",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mail.example.com",
        f"X-Original-Message-ID: <{message_id}>",
        "",
        f"Final-Recipient: rfc822; {to}",
        "Action: failed",
        "Status: 5.1.1",
        "Remote-MTA: dns; mx.example.org. (192.0.2.1, the server for the domain.)",
        "Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try",
        " 550-5.1.1 double-checking the recipient's email address for typos or",
        " 550 5.1.1 unnecessary spaces. - gsmtp",
        "Last-Attempt-Date: Mon, 03 Oct 2022 02:00:04 -0000 (UTC)",
        "",
        "--0000a1",
        "Content-Type: message/rfc822",
        "",
        *returned_head(message_id, to),
        "",
        "…",
        "--0000a1--",
        "",
    )


def utf8(message_id: str, to: str = TO, *, encoded: bool = False) -> bytes:
    """A report of RFC 6533: UTF-8 in its fields and its words, which may be sent as base64."""
    status = "\r\n".join(
        [
            "Reporting-MTA: dns; ไปรษณีย์.example",
            "",
            f"Final-Recipient: utf-8; {to}",
            "Action: failed",
            "Status: 5.1.1",
            "Diagnostic-Code: smtp; 550 5.1.1 ไม่มีผู้ใช้นี้ในระบบ",
            "",
        ]
    )
    headers = "\r\n".join(["From: ผู้ประสานงาน <ita@example.org>", *returned_head(message_id, to), ""])
    parts = {"message/global-delivery-status": status, "message/global-headers": headers}
    written: list[str] = []
    for kind, text in parts.items():
        coding = ["Content-Transfer-Encoding: base64"] if encoded else ["Content-Transfer-Encoding: 8bit"]
        body = base64.encodebytes(text.encode()).decode().replace("\n", "\r\n") if encoded else text
        written += ["--utf8", f"Content-Type: {kind}", *coding, "", body]
    return _joined(
        "From: MAILER-DAEMON@example.net",
        "Subject: ส่งไม่ถึง",
        f"Message-ID: <{uuid4().hex}@example.net>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=global-delivery-status; boundary="utf8"',
        "",
        "--utf8",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "ส่งไม่ถึง",
        *written,
        "--utf8--",
        "",
    )


def absence_note(message_id: str) -> bytes:
    return _joined(
        f"From: {TO}",
        "To: ita@example.org",
        "Subject: Out of office",
        "Auto-Submitted: auto-replied (vacation)",
        "X-Autoreply: yes",
        f"In-Reply-To: <{message_id}>",
        f"References: <{message_id}>",
        f"Message-ID: <{uuid4().hex}@example.org>",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "550 5.1.1 I am away. Action: failed. Status: 5.1.1",
        "",
    )


def reply(message_id: str) -> bytes:
    return _joined(
        f"From: {TO}",
        "Subject: Re: report",
        f"In-Reply-To: <{message_id}>",
        "Content-Type: multipart/mixed; boundary=x",
        "",
        "--x",
        "",
        "ส่งแล้วครับ",
        "--x--",
        "",
    )
