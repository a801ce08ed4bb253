"""A mail relay and LINE in processes of their own, which write down every acceptance before they answer.

`python -m benchmarks.campaign.standins smtp|line RECORD DELAY`. Prints the port. Each line on stdin is a JSON object
that names, for recipients, what goes wrong with them at their next message, once.
"""

import asyncio
import json
import os
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workers.standins import LineFaults, LineStandin

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*<?([^>\s]+)", re.IGNORECASE | re.MULTILINE)
_EHLO = b"250-stand-in\r\n250 8BITMIME\r\n"

SMTP_ANSWERS = {
    "421": b"421 4.3.2 closing, come back later\r\n",
    "451": b"451 4.3.0 try later\r\n",
    "552 full": b"552 5.2.2 mailbox full\r\n",
    "552 large": b"552 5.3.4 message too large\r\n",
    "550": b"550 5.1.1 no such user\r\n",
}
LINE_ANSWERS: dict[str, tuple[int, str]] = {
    "500": (500, "The server is down"),
    "429 rate": (429, "The API rate limit has been exceeded. Try again later."),
    "429 month": (429, "You have reached your monthly limit."),
    "400": (400, "The property, 'to', in the request body is invalid"),
}


@dataclass(slots=True)
class Book:
    """What was accepted, a JSON line each, and what is still to go wrong."""

    path: Path
    faults: dict[str, str] = field(default_factory=dict)
    _file: int = -1

    def write(self, to: str, key: str, at: float | None = None) -> None:
        """Write down an acceptance; it outlives us from here on. `at` is when all of the message was here."""
        if self._file < 0:
            self._file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(self._file, json.dumps({"at": at or time.monotonic(), "to": to, "key": key}).encode() + b"\n")

    def obey_stdin(self) -> None:
        """Take orders until stdin ends, and end with it."""
        for line in sys.stdin:
            self.faults.update(json.loads(line))
        os._exit(0)


@dataclass(frozen=True, slots=True)
class Relay:
    """A relay that takes `delay` seconds for a mail."""

    book: Book
    delay: float

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 stand-in\r\n")
        try:
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to, fault = "", None
        while line := await reader.readline():
            command = line[:4].upper()
            if command == b"EHLO":
                writer.write(_EHLO)
            elif command == b"RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
                fault = self.book.faults.pop(to, None)
                writer.write(SMTP_ANSWERS["550"] if fault == "550" else b"250 ok\r\n")
            elif command == b"DATA":
                writer.write(b"354 go\r\n")
                if not await self._take(reader, writer, to, fault):
                    return
            elif command == b"QUIT":
                return
            else:
                writer.write(b"250 ok\r\n")

    async def _take(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, to: str, fault: str | None
    ) -> bool:
        """Take a mail, or let it go wrong; False when the connection is over."""
        if fault == "close":
            await reader.read(200)
            writer.transport.abort()
            return False
        mail = await reader.readuntil(b"\r\n.\r\n")
        at = time.monotonic()
        await asyncio.sleep(self.delay)
        if fault == "stall":  # not accepted: it says nothing until the client has had enough
            await reader.read()
            return False
        if fault in SMTP_ANSWERS:
            writer.write(SMTP_ANSWERS[fault])
            return fault != "421"
        found = _MESSAGE_ID.search(mail)
        self.book.write(to, found[1].decode() if found else "", at)
        if fault == "lost":
            writer.transport.abort()
            return False
        writer.write(b"250 queued\r\n")
        return True


async def serve_smtp(book: Book, delay: float) -> None:
    server = await asyncio.start_server(Relay(book, delay).serve, "127.0.0.1", 0, limit=2**24)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


class RecordingLine(LineStandin):
    """The LINE stand-in of the demo that writes down what it accepts. It drops a repeat of a key with 409, as LINE."""

    def __init__(self, book: Book, delay: float) -> None:
        super().__init__(LineFaults(delay=delay))
        self._book = book

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        fault = self._book.faults.pop(json.loads(body)["to"], None) if method == "POST" else None
        if fault in LINE_ANSWERS:
            status, message = LINE_ANSWERS[fault]
            return status, {"message": message}
        status, told = super().answer(method, path, headers, body)
        self.requests.clear()  # of a long run they would fill the memory
        if method == "POST" and status in (200, 409):
            self._book.write(json.loads(body)["to"] if status == 200 else "409", headers.get("x-line-retry-key", ""))
        return (0, {}) if fault == "lost" else (status, told)


def main(kind: str, record: str, delay: str) -> None:
    book = Book(Path(record))
    if kind == "smtp":
        threading.Thread(target=book.obey_stdin, daemon=True).start()
        asyncio.run(serve_smtp(book, float(delay)))
    else:
        with RecordingLine(book, float(delay)) as line:
            print(line.url.rpartition(":")[2], flush=True)
            book.obey_stdin()


if __name__ == "__main__":
    main(*sys.argv[1:])
