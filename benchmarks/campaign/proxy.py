"""A TCP proxy that can become a black hole: `python -m benchmarks.campaign.proxy PORT`, then `hole` or `pass` on stdin.

As a firewall that forgot a connection: nothing is forwarded, nobody is told, new connections are taken and say nothing.
What was sent into the hole is gone, and so is its connection once it passes again.
"""

import asyncio
import os
import sys
import threading


class Proxy:
    def __init__(self, port: int) -> None:
        self._port = port
        self.hole = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._pump(reader, there_writer), self._pump(there_reader, writer), return_exceptions=True)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        swallowed = False
        try:
            while data := await reader.read(65536):
                swallowed = swallowed or self.hole
                if swallowed and not self.hole:
                    break  # bytes are missing from this stream: reset it, as a host that knows no such connection
                if not swallowed:
                    writer.write(data)
        finally:
            while self.hole:  # noqa: ASYNC110 - another thread sets it; an end is not forwarded either
                await asyncio.sleep(0.1)
            writer.close()

    def obey_stdin(self) -> None:
        for line in sys.stdin:
            self.hole = line.strip() == "hole"
        os._exit(0)


async def main(port: int) -> None:
    proxy = Proxy(port)
    threading.Thread(target=proxy.obey_stdin, daemon=True).start()
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
