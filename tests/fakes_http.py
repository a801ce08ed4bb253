"""A web server on loopback that counts what it is asked for: a heartbeat service, an administrator's hook."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    path: str
    body: str


class WebListener:
    """Answers every request with `status`, and with `location` when that is set."""

    def __init__(self) -> None:
        self.status = 200
        self.location: str | None = None
        self.asked: list[Asked] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                listener.asked.append(Asked(self.command, self.path, body.decode()))
                self.send_response(listener.status)
                if listener.location:
                    self.send_header("Location", listener.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST = answer  # noqa: N815 - the names of http.server

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/ping/a-secret"

    @property
    def hook(self) -> str:
        """Return the Apprise URL that posts JSON here."""
        return f"json://127.0.0.1:{self.port}/hook"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
