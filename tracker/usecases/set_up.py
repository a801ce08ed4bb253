"""Makes a home: its folder, its configuration and its database. Safe to repeat."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.errors import Refused
from tracker.settings import CONFIG_NAME, Settings
from tracker.store.schema import upgrade
from tracker.store.session import Store

_TEMPLATE = """\
# Settings of this home. A key in the environment (TRACKER_EMAIL_URL) wins over the same key here (email_url).
# A secret can stand in a file of its own: email_url_file = "/run/secrets/email_url".

agency = {agency}

# email_url = "mailtos://user:password@smtp.example.go.th?from=ita@example.go.th"
# line_token = ""
# database_url = "postgresql+psycopg://tracker:password@localhost/tracker"
# redis_url = "redis://localhost:6379/0"
# office_hours = "08:30-16:30"
{more}"""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What was made, and what was there."""

    home: Path
    new: bool
    config_written: bool


def set_up(settings: Settings, agency: str | None) -> SetUp:
    """Make the home and bring its database to the newest version.

    A tracker.toml that is there is left as it is. Raises Refused when the home cannot be written.
    """
    home = settings.home
    new = not home.exists()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = write_config(home, {"agency": agency or ""})
    except OSError as error:
        raise Refused(f"The home {home} cannot be made ({error.strerror}): choose another with TRACKER_HOME.") from None
    store = Store(settings.database_url)
    try:
        upgrade(store)
    finally:
        store.close()
    return SetUp(home, new, written)


def write_config(home: Path, values: Mapping[str, Any]) -> bool:
    """Write a tracker.toml with some settings, unless there is one; raises OSError."""
    path = home / CONFIG_NAME
    if path.exists():
        return False
    # A JSON text, number or list of texts is one of TOML too.
    said = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
    agency, more = said.pop("agency", '""'), "".join(f"{key} = {value}\n" for key, value in said.items())
    path.touch(mode=0o600)
    path.write_text(_TEMPLATE.format(agency=agency, more=more), encoding="utf-8")
    return True
