"""A web site on loopback that answers by the path that it is asked for, and counts who connects."""

import socket
import ssl
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import unquote


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers["Host"]))
        does = {"/no-head": self.refuse_head, "/drip": self.drip, "/huge": self.send_without_end}.get(self.path)
        if does is not None:
            does()
        elif self.path.startswith("/to"):
            place = self.path.removeprefix("/to")
            self.answer(302, (unquote(place[1:]) if place.startswith("=") else place) or "/")
        else:
            self.answer(int(self.path[1:]) if self.path[1:].isdecimal() else 200)

    def answer(self, status: int, location: str | None = None) -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location.encode().decode("latin-1"))  # the bytes of UTF-8, as they are
        self.send_header("Content-Length", "0")
        self.end_headers()

    def refuse_head(self) -> None:
        if self.command == "HEAD":
            self.close_connection = True
        else:
            self.answer(200)

    def drip(self) -> None:
        while not self.server.closed.wait(0.02):
            self.wfile.write(b"H")
            self.wfile.flush()

    def send_without_end(self) -> None:
        if self.command == "HEAD":
            self.answer(405)
            return
        self.send_response(200)
        self.end_headers()
        while not self.server.closed.is_set():
            self.wfile.write(b"x" * 65536)
            self.server.sent += 65536

    do_GET = do_HEAD = do  # noqa: N815 - the names of http.server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def handle(self) -> None:
        with suppress(OSError):  # whoever asked has heard enough
            super().handle()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.sent = 0
        self.closed = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, *_: object) -> None:
        """Say nothing of a handshake that the other side broke off."""


class WebSite:
    """`/404` answers 404, `/to/there` and `/to=http://…` lead there, `/no-head` takes GET only, `/drip` never ends."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._server = _Server()
        if context:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.asked, self.port = self._server.asked, self._server.server_address[1]
        self.url = f"{'https://localhost' if context else 'http://127.0.0.1'}:{self.port}"

    @property
    def sent(self) -> int:
        return self._server.sent

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.closed.set()
        self._server.shutdown()
        self._server.server_close()


def resolving(monkeypatch: object, *answers: str) -> list[str]:
    """Let every name resolve to each of some addresses in turn, as a name server of an attacker would."""
    given, real = list(answers), socket.getaddrinfo
    asked: list[str] = []

    def answer(host: str, port: int, *args: object, **more: object) -> object:
        asked.append(host)
        address = given.pop(0) if len(given) > 1 else given[0]
        return real(address, port, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", answer)  # type: ignore[attr-defined]
    return asked
