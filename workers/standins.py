"""Stand-ins on loopback for a mail relay and for LINE: real protocols, recorded arrivals, faults on order.

`tracker demo` sends to them, and the tests do.
"""

import asyncio
import email
import email.policy
import json
import re
import socket
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from uuid import UUID

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tracker.clock import SystemClock

HOST = "127.0.0.1"
LINE_RECIPIENT = re.compile(r"[UCR][0-9a-f]{32}")
LINE_TEXT_LIMIT = 5000

_CLOCK = SystemClock()


@dataclass(frozen=True, slots=True)
class ArrivedMail:
    """A mail that the relay accepted."""

    at: datetime
    to: str
    subject: str
    message_id: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class ArrivedPush:
    """A push that LINE accepted; a repeat under the same retry key is not another one."""

    at: datetime
    to: str
    retry_key: str | None
    text: str


@dataclass(slots=True)
class SmtpFaults:
    """What goes wrong: 550 for recipients that match, 451 for the first mails, a delay, lost answers."""

    reject: str | None = None
    fail_first: int = 0
    drop_first: int = 0  # accepted, then the connection is gone before the answer
    delay: float = 0.0


@dataclass(slots=True)
class LineFaults:
    """What goes wrong: 500 for the first pushes, lost answers, a used-up quota, 429, a wrong token."""

    fail_first: int = 0
    drop_first: int = 0  # accepted, then the connection is gone before the answer
    busy_first: int = 0  # 429, the API rate limit
    quota: int | None = None
    token: str | None = None  # any other one is answered with 401
    delay: float = 0.0


class SmtpStandin:
    """A mail relay on a free port of loopback; use it in a `with` statement."""

    def __init__(self, faults: SmtpFaults | None = None, port: int = 0, **server: Any) -> None:
        self.faults = faults or SmtpFaults()
        self._mails: list[ArrivedMail] = []
        self._controller = _ControllerOnFreePort(self, hostname=HOST, port=port, **server)

    @property
    def port(self) -> int:
        """Return the port; known once started."""
        return int(self._controller.port)

    @property
    def url(self) -> str:
        """Return the value of TRACKER_EMAIL_URL that leads here."""
        return f"mailto://{HOST}:{self.port}?from=ita@example.org&mode=insecure"

    @property
    def mails(self) -> tuple[ArrivedMail, ...]:
        """Return what has been accepted so far, in order."""
        return tuple(self._mails)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop(no_assert=True)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if self.faults.reject and re.search(self.faults.reject, address):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take, refuse or lose a mail."""
        await asyncio.sleep(self.faults.delay)
        if self.faults.fail_first > 0:
            self.faults.fail_first -= 1
            return "451 4.3.0 try later"
        self._mails.extend(_arrived(envelope, to) for to in envelope.rcpt_tos)
        if self.faults.drop_first > 0 and server.transport is not None:
            self.faults.drop_first -= 1
            server.transport.close()
        return "250 queued"


class LineStandin:
    """The part of the LINE API that we use, on a free port of loopback; use it in a `with` statement."""

    def __init__(self, faults: LineFaults | None = None, port: int = 0) -> None:
        self.faults = faults or LineFaults()
        self.lock = threading.Lock()
        self.requests: list[tuple[str, str, bytes]] = []  # method, path, body: whatever was asked
        self._pushes: list[ArrivedPush] = []
        self._keys: dict[str, list[dict[str, str]]] = {}
        self._server = _LineServer((HOST, port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """Return the value of TRACKER_LINE_API_URL that leads here."""
        return f"http://{HOST}:{self._server.server_port}"

    @property
    def pushes(self) -> tuple[ArrivedPush, ...]:
        """Return what has been accepted so far, in order."""
        return tuple(self._pushes)

    @property
    def connections(self) -> int:
        """Return how many connections were opened so far."""
        return self._server.connections

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        """Return status and JSON; 0 stands for a connection that is gone. The caller holds the lock."""
        self.requests.append((method, path, body))
        if not self._knows(headers.get("authorization", "")):
            return 401, {"message": "Authentication failed"}
        if method == "GET":
            return self._look_up(path)
        if path != "/v2/bot/message/push":
            return 404, {"message": "Not found"}
        return self._push(headers.get("x-line-retry-key"), body)

    def _knows(self, authorization: str) -> bool:
        scheme, _, token = authorization.partition(" ")
        return scheme == "Bearer" and self.faults.token in (None, token)

    def _look_up(self, path: str) -> tuple[int, dict[str, Any]]:
        quota = self.faults.quota
        known: dict[str, dict[str, Any]] = {
            "/v2/bot/message/quota": {"type": "limited", "value": quota} if quota is not None else {"type": "none"},
            "/v2/bot/message/quota/consumption": {"totalUsage": len(self._pushes)},
            "/v2/bot/info": {"userId": f"U{0:032}", "basicId": "@standin", "displayName": "stand-in"},
        }
        return (200, known[path]) if path in known else (404, {"message": "Not found"})

    def _push(self, key: str | None, body: bytes) -> tuple[int, dict[str, Any]]:
        if key and key in self._keys:
            return 409, {"message": "The retry key is already accepted", "sentMessages": self._keys[key]}
        if fault := self._fault():
            return fault
        try:
            push = _arrived_push(key, body)
        except (ValueError, KeyError, TypeError, IndexError) as wrong:
            return 400, {"message": f"The request body has 1 error(s): {wrong}"}
        return self._accept(push)

    def _fault(self) -> tuple[int, dict[str, Any]] | None:
        if self.faults.fail_first > 0:
            self.faults.fail_first -= 1
            return 500, {"message": "The server is down"}
        if self.faults.busy_first > 0:
            self.faults.busy_first -= 1
            return 429, {"message": "The API rate limit has been exceeded. Try again later."}
        if self.faults.quota is not None and len(self._pushes) >= self.faults.quota:
            return 429, {"message": "You have reached your monthly limit."}
        return None

    def _accept(self, push: ArrivedPush) -> tuple[int, dict[str, Any]]:
        self._pushes.append(push)
        sent = [{"id": str(len(self._pushes))}]
        if push.retry_key:
            self._keys[push.retry_key] = sent
        if self.faults.drop_first > 0:
            self.faults.drop_first -= 1
            return 0, {}
        return 200, {"sentMessages": sent}


class _ControllerOnFreePort(Controller):
    """Binds first and asks afterwards which port it was: nobody can take it in between."""

    def _create_server(self) -> Coroutine[Any, Any, asyncio.AbstractServer]:
        sock = socket.create_server((self.hostname, self.port))
        self.port = sock.getsockname()[1]
        return self.loop.create_server(self._factory_invoker, sock=sock, ssl=self.ssl_context)


class _LineServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], line: LineStandin) -> None:
        self.line = line
        self.connections = 0
        super().__init__(address, _LineRequest)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        super().process_request(request, client_address)


class _LineRequest(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # the whole answer in one packet: else each call waits 40 ms for an ACK
    server: _LineServer

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        line = self.server.line
        threading.Event().wait(line.faults.delay) if line.faults.delay else None
        with line.lock:
            status, told = line.answer(self.command, self.path, headers, body)
        if status == 0:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._tell(status, json.dumps(told).encode())

    def _tell(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = _serve  # noqa: N815 (http.server's names)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def _arrived(envelope: Envelope, to: str) -> ArrivedMail:
    raw = envelope.content or b""
    raw = raw.encode() if isinstance(raw, str) else raw
    headers = email.message_from_bytes(raw, policy=email.policy.default)
    return ArrivedMail(_CLOCK.now(), to, str(headers["Subject"]), str(headers["Message-ID"]).strip("<> "), raw)


def _arrived_push(key: str | None, body: bytes) -> ArrivedPush:
    """Return the push in a request; raises ValueError, KeyError, TypeError or IndexError when it is wrong."""
    if key:
        UUID(key)
    told = json.loads(body)
    text = str(told["messages"][0]["text"])
    if not LINE_RECIPIENT.fullmatch(str(told["to"])):
        raise ValueError("The property, 'to', in the request body is invalid")
    if not 1 <= len(text.encode("utf-16-le")) // 2 <= LINE_TEXT_LIMIT:
        raise ValueError("Length must be between 1 and 5000")
    return ArrivedPush(_CLOCK.now(), told["to"], key, text)
