"""A mail server that says what it is told to, line by line, and counts; for what a decent server never says."""

import socket
import struct
import threading
from contextlib import suppress
from typing import BinaryIO, Self

DROP, STALL, SLOW = "drop", "stall", "slow"
USUAL = {
    "GREETING": "220 scripted ESMTP",
    "EHLO": "250-scripted\r\n250 AUTH PLAIN",
    "AUTH": "235 welcome",
    "DATA": "354 go",
    "BODY": "250 queued",
    "NOBODY": "503 5.5.1 no valid recipients",
}


class ScriptedSmtp:
    """Answers each command from `script` (a list is used up one by one), else as a server would.

    `BODY` is the answer to a whole mail, `GREETING` the one to a connection. `drop` closes without a word,
    `stall` says nothing until the end; `slow` answers as usual, late. `hang_up_after=n` closes each connection once
    n mails came over it, `cut_mail=n` once n bytes of a mail were read. `pipelining` offers it, and keeps in
    `behind_mail` what came along with each MAIL; `greedy` takes a mail even for a sender or recipient that it refused.
    """

    def __init__(
        self,
        script: dict[str, str | list[str]] | None = None,
        hang_up_after: int | None = None,
        *,
        pipelining: bool = False,
        cut_mail: int | None = None,
        greedy: bool = False,
    ):
        self.greedy = greedy
        self.cut_mail = cut_mail
        self.pipelining = pipelining
        self.behind_mail: list[bytes] = []
        offer = {"EHLO": "250-scripted\r\n250-PIPELINING\r\n250 AUTH PLAIN"} if pipelining else {}
        self.usual = USUAL | offer
        self.script = {verb: said if isinstance(said, str) else list(said) for verb, said in (script or {}).items()}
        self.hang_up_after = hang_up_after
        self.connections = 0
        self.commands: list[str] = []
        self.mails: list[bytes] = []
        self.hung_up = threading.Event()
        self._over = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    def url(self, options: str = "", login: str = "") -> str:
        return f"mailto://{login}127.0.0.1:{self.port}?from=ita@example.org&mode=insecure{options}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError), connection, connection.makefile("rb") as lines:
            if self._say(connection, "GREETING"):
                self._converse(connection, lines)

    def _converse(self, connection, lines) -> None:
        taken, refused = 0, False
        for line in lines:
            self.commands.append(line.decode().strip())
            verb = self.commands[-1][:4].upper()
            if verb == "MAIL" and self.pipelining:
                self.behind_mail.append(bytes(lines.peek(1)))  # who waits for an answer to MAIL first waits for ever
            said = self._say(connection, "NOBODY" if verb == "DATA" and refused and not self.greedy else verb)
            if not said or verb == "QUIT":
                break
            refused = said[0] != "2" if verb in ("MAIL", "RCPT") and not refused else refused and verb != "RSET"
            if verb == "DATA" and said.startswith("354"):
                if self.cut_mail is not None:
                    lines.read(self.cut_mail)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset
                    return
                if (mail := whole_mail(lines)) is None:
                    break
                self.mails.append(mail)
                taken += 1
                if not self._say(connection, "BODY"):
                    return
                if taken == self.hang_up_after:
                    break
        connection.close()
        self.hung_up.set()

    def _say(self, connection: socket.socket, verb: str) -> str:
        usual = self.usual.get(verb, "250 ok")
        said = self.script.get(verb, usual)
        if isinstance(said, list):
            said = said.pop(0) if said else usual
        if said == SLOW:
            self._over.wait(0.3)
            said = usual
        if said == STALL:
            self._over.wait(10)
        if said in (STALL, DROP):
            connection.shutdown(socket.SHUT_RDWR)
            return ""
        connection.sendall(said.encode() + b"\r\n")
        return said


def whole_mail(lines: BinaryIO) -> bytes | None:
    """Read a mail up to its dot; None when the connection ends before."""
    mail = b""
    for line in lines:
        if line == b".\r\n":
            return mail
        mail += line
    return None


def closed_port() -> int:
    """Return a port of loopback on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
