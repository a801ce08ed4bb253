"""A mail server in a process of its own that takes everything at once: `python -m benchmarks.sink`, prints its port.

It shares the cores with whoever is measured, so it does as little as Python allows. `--latency-ms` lets it think
before it answers the final dot of a mail. `XTALLY` asks what came so far: see `Tally`.
"""

import argparse
import asyncio
import time
from dataclasses import dataclass

GREETING = b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
END_OF_MAIL = b"\r\n.\r\n"


@dataclass(slots=True)
class Tally:
    """Mails taken, the most connections that carried mail at one time, and when (monotonic) the last was taken."""

    mails: int = 0
    open: int = 0
    most: int = 0
    last: float = 0.0

    def line(self) -> bytes:
        return f"250 {self.mails} {self.most} {self.last}\r\n".encode()


class Dialogue(asyncio.Protocol):
    """One connection; what is read may hold many commands, a mail in pieces, or both."""

    def __init__(self, tally: Tally, latency: float) -> None:
        self.tally, self.latency = tally, latency
        self.unread, self.searched = bytearray(), 0
        self.in_mail = self.thinking = self.carries = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(b"220 sink\r\n")

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        self.tally.open -= self.carries

    def data_received(self, data: bytes) -> None:
        self.unread += data
        if not self.thinking:
            self.proceed()

    def proceed(self) -> None:
        """Answer all that was read, up to a mail that has to be thought about."""
        answers = []
        while answer := self.take_mail() if self.in_mail else self.take_command():
            answers.append(answer)
        if answers and not self.transport.is_closing():
            self.transport.write(b"".join(answers))
            if answers[-1].startswith(b"221"):
                self.transport.close()

    def take_mail(self) -> bytes | None:
        """Return the answer to a mail that is there to its end; None when there is none yet, or not at once."""
        end = self.unread.find(END_OF_MAIL, self.searched)
        if end < 0:
            self.searched = max(0, len(self.unread) - len(END_OF_MAIL) + 1)
            return None
        del self.unread[: end + len(END_OF_MAIL)]
        self.in_mail, self.searched = False, 0
        if self.latency:
            self.thinking = True
            asyncio.get_running_loop().call_later(self.latency, self.take_thought_over)
            return None
        return self.accept()

    def take_thought_over(self) -> None:
        self.thinking = False
        answer = self.accept()
        if not self.transport.is_closing():
            self.transport.write(answer)
            self.proceed()

    def accept(self) -> bytes:
        self.tally.mails += 1
        self.tally.last = time.monotonic()
        return b"250 queued\r\n"

    def take_command(self) -> bytes | None:
        end = self.unread.find(b"\r\n")
        if end < 0:
            return None
        command = bytes(self.unread[:4]).upper()
        if command == b"DATA":
            del self.unread[:end]  # its line end stays: a mail may be nothing but the final dot
            self.in_mail = True
            self.carry()
            return b"354 go\r\n"
        del self.unread[: end + 2]
        if command == b"EHLO":
            return GREETING
        if command == b"QUIT":
            return b"221 bye\r\n"
        return self.tally.line() if command == b"XTAL" else b"250 ok\r\n"

    def carry(self) -> None:
        """Count this connection among those that carry mail."""
        if not self.carries:
            self.carries = True
            self.tally.open += 1
            self.tally.most = max(self.tally.most, self.tally.open)


async def main(latency_ms: float) -> None:
    tally = Tally()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Dialogue(tally, latency_ms / 1000), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--latency-ms", type=float, default=0.0)
    asyncio.run(main(arguments.parse_args().latency_ms))
