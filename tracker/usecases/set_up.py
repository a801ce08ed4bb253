"""Makes a home: its folder, its configuration and its database. Safe to repeat."""

import json
from dataclasses import dataclass
from pathlib import Path

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
"""


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
        config = home / CONFIG_NAME
        written = not config.exists()
        if written:
            config.touch(mode=0o600)
            name = json.dumps(agency or "", ensure_ascii=False)  # a JSON string is a TOML string
            config.write_text(_TEMPLATE.format(agency=name), encoding="utf-8")
    except OSError as error:
        raise Refused(f"The home {home} cannot be made ({error.strerror}): choose another with TRACKER_HOME.") from None
    store = Store(settings.database_url)
    try:
        upgrade(store)
    finally:
        store.close()
    return SetUp(home, new, written)
