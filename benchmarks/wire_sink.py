"""A mail server and a LINE in a process of its own that take everything: `python -m benchmarks.wire_sink [MS]`.

It prints the port of the one, then of the other. An answer leaves so many milliseconds after its question came, as
over a network that far away: commands that came together are answered together.
"""

import asyncio
import re
import sys
from dataclasses import dataclass

EHLO = b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
LENGTH = re.compile(rb"(?i)\ncontent-length: *(\d+)")
QUOTA = b'{"type":"none"}'
TAKEN = b'{"sentMessages":[{"id":"461230966842064897","quoteToken":"IStG5h1Tz7b"}]}'


@dataclass(frozen=True, slots=True)
class Sink:
    """Serves connections; `latency` in seconds."""

    latency: float = 0.0

    async def mail(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.say(writer, b"220 sink\r\n")
        try:
            while line := await reader.readline():
                command = line[:4].upper()
                if command == b"EHLO":
                    self.say(writer, EHLO)
                elif command == b"DATA":
                    self.say(writer, b"354 go\r\n")
                    await reader.readuntil(b"\r\n.\r\n")
                    self.say(writer, b"250 queued\r\n")
                elif command == b"QUIT":
                    writer.write(b"221 bye\r\n")
                    break
                else:
                    self.say(writer, b"250 ok\r\n")
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if length := LENGTH.search(head):
                    await reader.readexactly(int(length[1]))
                body = QUOTA if head.startswith(b"GET") else TAKEN
                about = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
                self.say(writer, about + body)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def say(self, writer: asyncio.StreamWriter, words: bytes) -> None:
        if self.latency:
            asyncio.get_running_loop().call_later(self.latency, writer.write, words)
        else:
            writer.write(words)


async def main(latency: float) -> None:
    sink = Sink(latency)
    servers = [await asyncio.start_server(each, "127.0.0.1", 0, limit=2**24) for each in (sink.mail, sink.line)]
    for server in servers:
        print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) / 1000 if len(sys.argv) > 1 else 0.0))
