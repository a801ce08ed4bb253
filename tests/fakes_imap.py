"""A mailbox on loopback that speaks as much IMAP (RFC 9051) as a reader needs, counts, and fails on order."""

import re
import socket
import socketserver
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

DROP, STALL = "drop", "stall"


@dataclass
class ImapServer:
    """Holds mails by UID. `script` is what to answer to a command instead: raw lines, `drop` or `stall`."""

    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    folder: str = "INBOX"
    user: str = "ita"
    password: str = "s3cret"
    script: dict[str, str] = field(default_factory=dict)
    uid_comes_last: bool = False  # as Exchange writes it
    implicit: ssl.SSLContext | None = None
    starttls: ssl.SSLContext | None = None
    commands: list[str] = field(default_factory=list)
    fetched: list[tuple[int, str]] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.over = threading.Event()
        fake = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with suppress(OSError, ssl.SSLError):
                    _Dialogue(fake, self.request).run()

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def put(self, *mails: bytes) -> None:
        for mail in mails:
            self.mails[max(self.mails, default=0) + 1] = mail

    def url(
        self, options: str = "", *, host: str = "127.0.0.1", scheme: str = "imap", login: str = "ita:s3cret"
    ) -> str:
        return f"{scheme}://{login}@{host}:{self.port}/{self.folder}{options}"


class _Dialogue:
    def __init__(self, fake: ImapServer, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if fake.implicit:
            connection = fake.implicit.wrap_socket(connection, server_side=True)
        self.fake, self.connection = fake, connection
        self.lines = connection.makefile("rb")
        self.logged_in = self.selected = False

    def run(self) -> None:
        if not self.scripted("GREETING", "*"):
            self.say("* OK ready")
        while line := self.lines.readline():  # of another stream after STARTTLS
            tag, _, command = line.decode().strip().partition(" ")
            verb, _, rest = command.partition(" ")
            if verb.upper() == "UID":
                verb, _, rest = rest.partition(" ")
            self.fake.commands.append(verb.upper() if verb.upper() == "LOGIN" else command)
            if self.scripted(verb.upper(), tag):
                continue
            getattr(self, f"do_{verb.lower()}", self.unknown)(tag, rest)
            if verb.upper() == "LOGOUT":
                return

    def say(self, text: str | bytes) -> None:
        self.connection.sendall((text.encode() if isinstance(text, str) else text) + b"\r\n")

    def scripted(self, verb: str, tag: str) -> bool:
        said = self.fake.script.get(verb)
        if said == STALL:
            self.fake.over.wait(20)
        if said in (STALL, DROP):
            raise ConnectionError
        if said:
            self.say(said.replace("TAG", tag))
        return bool(said)

    def unknown(self, tag: str, _rest: str) -> None:
        self.say(f"{tag} BAD what?")

    def do_capability(self, tag: str, _rest: str) -> None:
        self.say(f"* CAPABILITY IMAP4rev1{' STARTTLS' if self.fake.starttls else ''}")
        self.say(f"{tag} OK done")

    def do_starttls(self, tag: str, _rest: str) -> None:
        if not self.fake.starttls:
            return self.say(f"{tag} BAD no TLS here")
        self.say(f"{tag} OK go")
        self.connection = self.fake.starttls.wrap_socket(self.connection, server_side=True)
        self.lines = self.connection.makefile("rb")
        return None

    def do_login(self, tag: str, rest: str) -> None:
        user, password = (re.sub(r"\\(.)", r"\1", each) for each in re.findall(r'"((?:\\.|[^"\\])*)"', rest))
        self.fake.logins.append((user, password))
        self.logged_in = (user, password) == (self.fake.user, self.fake.password)
        self.say(f"{tag} OK welcome" if self.logged_in else f"{tag} NO [AUTHENTICATIONFAILED] wrong")

    def do_status(self, tag: str, rest: str) -> None:
        if not self.logged_in or f'"{self.fake.folder}"' not in rest:
            return self.say(f"{tag} NO no such mailbox")
        following = max(self.fake.mails, default=0) + 1
        self.say(f'* STATUS "{self.fake.folder}" (UIDNEXT {following} UIDVALIDITY {self.fake.validity})')
        return self.say(f"{tag} OK done")

    def do_examine(self, tag: str, _rest: str) -> None:
        self.selected = self.logged_in
        self.say(f"* {len(self.fake.mails)} EXISTS")
        self.say(f"{tag} OK [READ-ONLY] done")

    def do_search(self, tag: str, rest: str) -> None:
        if not self.selected:
            return self.say(f"{tag} BAD nothing is selected")
        first, last = map(int, re.fullmatch(r"UID (\d+):(\d+)", rest).groups())
        found = [uid for uid in sorted(self.fake.mails) if first <= uid <= last]
        self.say(f"* SEARCH {' '.join(map(str, found))}".rstrip())
        return self.say(f"{tag} OK done")

    def do_fetch(self, tag: str, rest: str) -> None:
        uid, what = re.fullmatch(r"(\d+) \(BODY\.PEEK(.*)\)", rest).groups()
        self.fake.fetched.append((int(uid), what))
        if mail := self.fake.mails.get(int(uid)):
            if cut := re.fullmatch(r"\[\]<0\.(\d+)>", what):
                part, name = mail[: int(cut[1])], "BODY[]<0>"
            else:
                head = mail.partition(b"\r\n\r\n")[0] + b"\r\n"
                part = b"".join(re.findall(rb"(?im)^content-type:.*\r\n(?:[ \t].*\r\n)*", head)) + b"\r\n"
                name = f"BODY{what}"
            before, after = ("", f" UID {uid}") if self.fake.uid_comes_last else (f"UID {uid} ", "")
            self.say(f"* 1 FETCH ({before}{name} {{{len(part)}}}\r\n".encode() + part + f"{after})".encode())
        self.say(f"{tag} OK done")

    def do_logout(self, tag: str, _rest: str) -> None:
        self.say("* BYE")
        self.say(f"{tag} OK bye")
