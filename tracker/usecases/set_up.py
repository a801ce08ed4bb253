"""Makes a home: its folder, its configuration and its database. Safe to repeat."""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tracker.errors import Refused
from tracker.reports.whole_file import write_whole
from tracker.settings import CONFIG_NAME, Settings
from tracker.store.schema import upgrade
from tracker.store.session import Store

SECRETS = "secrets"
"""The folder of the home for what only its owner may read."""

_TEMPLATE = """\
# Settings of this home. A key in the environment (TRACKER_EMAIL_URL) wins over the same key here (email_url).
# A secret can stand in a file of its own: email_url_file = "/run/secrets/email_url". A path begins at this folder.

agency = ""

# email_url = "mailtos://user:password@smtp.example.go.th?from=ita@example.go.th"
# line_token = ""
# database_url = "postgresql+psycopg://tracker:password@localhost/tracker"
# redis_url = "redis://localhost:6379/0"
# office_hours = "08:30-16:30"
"""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What was made; `kept` are the keys that tracker.toml had already with another value, which they keep."""

    home: Path
    new: bool
    kept: tuple[str, ...]


def set_up(
    settings: Settings,
    agency: str | None,
    *,
    files: Mapping[str, Path] = MappingProxyType({}),
    secrets: Mapping[str, str] = MappingProxyType({}),
) -> SetUp:
    """Make the home, write what is given into its tracker.toml, and bring its database to the newest version.

    By their keys, `files` are those that hold secrets already, and `secrets` go into files of the home that only this
    user can read. What tracker.toml says already is left as it is. Raises Refused when the home cannot be written.
    """
    home = settings.home
    new = not home.exists()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        values = {"agency": agency or "", **{f"{key}_file": str(path.absolute()) for key, path in files.items()}}
        kept = configure(home, {key: value for key, value in values.items() if value}, secrets)
    except OSError as error:
        raise Refused(f"The home {home} cannot be made ({error.strerror}): choose another with TRACKER_HOME.") from None
    store = Store(settings.database_url)
    try:
        upgrade(store)
    finally:
        store.close()
    return SetUp(home, new, kept)


def configure(
    home: Path, values: Mapping[str, Any], secrets: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, ...]:
    """Write settings into tracker.toml, secrets into files of their own; return the keys that keep another value.

    Raises OSError; Refused when tracker.toml, as it is written, cannot take them.
    """
    path = home / CONFIG_NAME
    before = text = path.read_text(encoding="utf-8") if path.exists() else _TEMPLATE
    said, kept = tomllib.loads(text), []
    for key, value in {**values, **{f"{key}_file": f"{SECRETS}/{key}" for key in secrets}}.items():
        standing = said.get(key) or said.get(key.removesuffix("_file"))
        if not standing:
            text = _with(text, key, value, path)
        elif standing != value:
            kept.append(key)
    for key, secret in secrets.items():
        if f"{key}_file" not in kept:
            (home / SECRETS).mkdir(exist_ok=True, mode=0o700)
            _write_private(home / SECRETS / key, secret + "\n")
    if text != before or not path.exists():
        _write_private(path, text)
    return tuple(kept)


def _with(text: str, key: str, value: Any, path: Path) -> str:
    """Return a TOML text in which a key that was absent or empty has a value."""
    # A JSON text, number or list of texts is one of TOML too.
    line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    empty = re.compile(rf"""^[ \t]*{key}[ \t]*=[ \t]*(?:""|'')(?=[ \t]*(?:#.*)?$)""", re.MULTILINE)
    after = empty.sub(lambda _: line, text, count=1) if empty.search(text) else f"{text.rstrip()}\n{line}\n"
    try:
        is_said = tomllib.loads(after).get(key) == value
    except tomllib.TOMLDecodeError:
        is_said = False
    if not is_said:
        raise Refused(f"{path} cannot take {key} as it is written: add it there by hand, then repeat.")
    return after


def _write_private(path: Path, text: str) -> None:
    """Write a file that nobody else could read at any moment."""

    def write(partial: Path) -> None:
        with open(partial, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(text)

    write_whole(path, write)
