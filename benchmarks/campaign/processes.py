"""Programs that are started again as soon as they end, as systemd would; whatever happens, all of them end with us."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Self

RESTART_AFTER = 0.1
"""Seconds, systemd's default."""

# The kernel ends the program when we die, even by SIGKILL; set between fork and exec without `preexec_fn`, which may
# deadlock beside other threads. As another user that one could not run our Python, so it changes the user too.
_DIES_WITH_US = """
import ctypes, os, pwd, signal, sys
_, parent, user, *command = sys.argv
if user:
    who = pwd.getpwnam(user)
    os.initgroups(user, who.pw_gid), os.setgid(who.pw_gid), os.setuid(who.pw_uid), os.chdir("/")
ctypes.CDLL(None).prctl(1, signal.SIGKILL)
if os.getppid() == int(parent):
    os.execvp(command[0], command)
"""


@dataclass(frozen=True, slots=True)
class Program:
    """What is run, and where its words go."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    user: str | None = None


@dataclass(frozen=True, slots=True)
class Kill:
    """What was killed and when, on the monotonic clock that every process of the machine shares.

    A disk is full for a while: `lasts` seconds.
    """

    at: float
    name: str
    lasts: float = 0.0


@dataclass(slots=True)
class _Kept:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    wanted: bool = True
    ended_at: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """Keeps programs running. Every start happens in one thread: the kernel's death signal follows that thread."""

    kills: list[Kill] = field(default_factory=list)
    own_ends: Counter[str] = field(default_factory=Counter)  # those that nobody asked for
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _killed: set[int] = field(default_factory=set)
    _over: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)
    _thread: Thread | None = None

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._keep, name="supervisor", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for name in reversed(self._kept):
            self.stop(name, within=5)
        self._over.set()
        if self._thread:
            self._thread.join()

    def keep(self, program: Program) -> None:
        """Run a program until it is stopped."""
        with self._lock:
            self._kept[program.name] = _Kept(program)

    def pid(self, name: str) -> int | None:
        """Return the process id, None while it is down."""
        process = self._kept[name].process
        return process.pid if process and process.poll() is None else None

    def kill(self, name: str) -> bool:
        """End a program and all that it started, at once; False when it is down already."""
        pid = self.pid(name)
        if pid is None:
            return False
        self._killed.add(pid)
        self.kills.append(Kill(time.monotonic(), name))
        _kill_tree(pid)
        return True

    def signal(self, name: str, number: signal.Signals) -> None:
        """Send a signal to a program and to all that it started."""
        for each in tree(self.pid(name) or 0):
            with suppress(ProcessLookupError):
                os.kill(each, number)

    def restart(self, name: str) -> None:
        """Let a program end in its own way, at once, and start it again; it counts as a kill."""
        if pid := self.pid(name):
            self._killed.add(pid)
            self.kills.append(Kill(time.monotonic(), name))
            os.kill(pid, signal.SIGINT)  # PostgreSQL's fast shutdown

    def stop(self, name: str, within: float = 60) -> None:
        """End a program for good: with SIGTERM, and with SIGKILL when it takes too long."""
        kept = self._kept[name]
        with self._lock:
            kept.wanted = False
        process = kept.process
        if process is None or process.poll() is not None:
            return
        self._killed.add(process.pid)
        process.send_signal(signal.SIGINT if name == "postgresql" else signal.SIGTERM)  # its fast shutdown
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            _kill_tree(process.pid)
            process.wait()

    def _keep(self) -> None:
        while not self._over.wait(0.05):
            for kept in list(self._kept.values()):
                with self._lock:
                    self._look_after(kept)

    def _look_after(self, kept: _Kept) -> None:
        now, process = time.monotonic(), kept.process
        if process and process.poll() is not None:
            if process.pid not in self._killed:
                self.own_ends[kept.program.name] += 1
            kept.process, kept.ended_at = None, now
        elif not process and kept.wanted and now - kept.ended_at >= RESTART_AFTER:
            kept.process = _start(kept.program)


def _start(program: Program) -> subprocess.Popen[bytes]:
    with program.log.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _DIES_WITH_US, str(os.getpid()), program.user or "", *program.command],
            env=dict(program.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=program.log.parent,
        )


def tree(pid: int) -> list[int]:
    """Return a process and all that descend from it, parents first."""
    try:
        listed = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return [pid]
    return [pid, *(each for children in listed for child in children for each in tree(int(child)))]


def _kill_tree(pid: int) -> None:
    for each in tree(pid):  # not the group alone: PostgreSQL's backends have groups of their own
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


@dataclass(slots=True)
class Controlled:
    """A module of ours in a process of its own: says its port, obeys lines on stdin, ends when they end."""

    module: str
    arguments: Sequence[str]
    log: Path
    port: int = 0
    _process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self.module, *self.arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # Ctrl-C is for us
            )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process
        self._process.kill()
        self._process.wait()

    def tell(self, line: str) -> None:
        """Give an order."""
        assert self._process
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
