"""What somebody with the database in hand can do to the trail: one random act, as SQL on SQLite."""

import json
from collections.abc import Callable
from random import Random

from sqlalchemy import Connection, text

Act = tuple[str, dict[str, object]]
FIELDS = ("id", "at", "actor", "action", "task_id", "reason", "detail", "hash")


def _other(draw: Random, field: str, n: int) -> object:
    """Return a value that the field does not have; now and then one that no program of ours writes."""
    if field in ("id", "task_id"):
        return 1000 + n
    if draw.random() < 0.1:
        return b"\xff\x00"
    if field == "at":
        return draw.choice([f"2021-01-01 00:00:{n % 60:02}.000000", "yesterday"])
    if field == "detail":
        return draw.choice([json.dumps({"n": n, "more": 1}), '{"n": "\\ud800"}', "{", "[]", "null"])
    if field == "hash":
        return draw.choice(["", "0" * 64, f"{draw.getrandbits(256):064x}"])
    return draw.choice(["", f"ผู้อื่น {n}", "x"])


def _edit(field: str) -> Callable[[Random, int], list[Act]]:
    def edit(draw: Random, length: int) -> list[Act]:
        value = _other(draw, field, draw.randrange(1000))
        return [(f"UPDATE audit SET {field} = :value WHERE id = :id", {"value": value, "id": _one(draw, length)})]

    return edit


def _one(draw: Random, length: int) -> int:
    return draw.randint(1, length)


def _delete(draw: Random, length: int) -> list[Act]:
    return [("DELETE FROM audit WHERE id = :id", {"id": _one(draw, length)})]


def _delete_and_close_up(draw: Random, length: int) -> list[Act]:
    gone = {"id": _one(draw, length)}
    return [
        ("DELETE FROM audit WHERE id = :id", gone),
        ("UPDATE audit SET id = -(id - 1) WHERE id > :id", gone),
        ("UPDATE audit SET id = -id WHERE id < 0", {}),
        ("UPDATE audit_head SET last_id = last_id - 1", {}),
    ]


def _truncate(draw: Random, length: int) -> list[Act]:
    return [("DELETE FROM audit WHERE id > :id", {"id": _one(draw, length) - 1})]


def _swap(draw: Random, length: int) -> list[Act]:
    one, other = draw.sample(range(1, length + 1), 2)
    return [
        ("UPDATE audit SET id = -1 WHERE id = :id", {"id": one}),
        ("UPDATE audit SET id = :to WHERE id = :id", {"id": other, "to": one}),
        ("UPDATE audit SET id = :to WHERE id = -1", {"to": other}),
    ]


def _insert(draw: Random, length: int) -> list[Act]:
    columns = "at, actor, action, task_id, reason, detail, hash"
    place = {"id": draw.choice([0, -3, length + 1, length + 7]), "like": _one(draw, length)}
    return [(f"INSERT INTO audit (id, {columns}) SELECT :id, {columns} FROM audit WHERE id = :like", place)]


def _squeeze_in(draw: Random, length: int) -> list[Act]:
    columns, place = "at, actor, action, task_id, reason, detail, hash", {"id": _one(draw, length)}
    return [
        ("UPDATE audit SET id = -(id + 1) WHERE id >= :id", place),
        ("UPDATE audit SET id = -id WHERE id < 0", {}),
        (f"INSERT INTO audit (id, {columns}) SELECT :id, {columns} FROM audit WHERE id = :id + 1", place),
        ("UPDATE audit_head SET last_id = last_id + 1", {}),
    ]


def _head(draw: Random, length: int) -> list[Act]:
    return draw.choice(
        [
            [("DELETE FROM audit_head", {})],
            [("UPDATE audit_head SET last_id = :id", {"id": _one(draw, length) - 1})],
            [("UPDATE audit_head SET hash = 'x'", {})],
        ]
    )


ACTS: dict[str, Callable[[Random, int], list[Act]]] = {
    **{f"{field} edited": _edit(field) for field in FIELDS},
    "deleted": _delete,
    "deleted and closed up": _delete_and_close_up,
    "cut off": _truncate,
    "swapped": _swap,
    "inserted": _insert,
    "squeezed in": _squeeze_in,
    "head": _head,
}


def rewind(connection: Connection, to: int) -> None:
    """Cut the newest entries off and move the head back: the chain holds, as it did at that time."""
    connection.execute(text("DELETE FROM audit WHERE id > :id"), {"id": to})
    connection.execute(
        text("UPDATE audit_head SET last_id = :id, hash = (SELECT hash FROM audit WHERE id = :id)"), {"id": to}
    )


def missed(connection: Connection, faults: Callable[[Connection], list[str]], acts: int, length: int) -> list[str]:
    """Do random acts of every kind, one at a time and each undone, and return those after which nothing was found."""
    draw, names, found = Random(2569), list(ACTS), []
    connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
    for n in range(acts):
        name = names[n % len(names)]
        with connection.begin() as kept:
            done = ACTS[name](draw, length)
            for statement, values in done:
                connection.execute(text(statement), values)
            if not faults(connection):
                found.append(f"{name}: {done}")
            kept.rollback()
    return found
