"""Settings: the environment first, then `tracker.toml` in the home; one frozen object.

A key is `TRACKER_EMAIL_URL` in the environment, `email_url` in the file; a secret may also come from a file
named by `TRACKER_EMAIL_URL_FILE` (`email_url_file`, whose path begins at the home). Unknown keys stop the program; an
empty value is no value.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path

from schedules.calendars import OfficeHours
from tracker.errors import Misconfigured

PREFIX = "TRACKER_"
CONFIG_NAME = "tracker.toml"
DEFAULT_HOME = "tracker-home"
LINE_API = "https://api.line.me"
_SWEEP_EVERY = timedelta(seconds=60)

_KEYS = {
    "admin_url",
    "agency",
    "database_url",
    "redis_url",
    "email_url",
    "bounce_url",
    "line_token",
    "line_api_url",
    "channels",
    "sweep_every",
    "email_rate",
    "heartbeat_url",
    "office_hours",
}
_SECRETS = {"database_url", "redis_url", "email_url", "bounce_url", "line_token", "heartbeat_url", "admin_url"}
MOVED = ("agency", "channels", "sweep_every", "email_rate", "office_hours")
"""What a backup takes along. Not where LINE is: a forged backup would have the token sent elsewhere."""
_END_OF_DAY = (24, 0)
_BUILT_IN_CHANNELS = {"email", "line"}


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """Everything that an administrator can set. `repr` is the plain one of object: it holds secrets."""

    home: Path
    agency: str | None
    database_url: str
    redis_url: str | None
    email_url: str | None
    bounce_url: str | None
    line_token: str | None
    line_api_url: str
    channels: tuple[str, ...]
    sweep_every: timedelta
    email_rate: int | None
    heartbeat_url: str | None
    admin_url: str | None
    office_hours: OfficeHours

    @property
    def config_path(self) -> Path:
        """Return where tracker.toml stands."""
        return self.home / CONFIG_NAME

    @property
    def channel_names(self) -> tuple[str, ...]:
        """Return the names of the channels that are switched on."""
        own = (("email", self.email_url), ("line", self.line_token))
        return (*(name for name, given in own if given), *self.channels)

    def to_move(self) -> dict[str, str | int | list[str]]:
        """Return what another home takes over as its tracker.toml: no secret, and nothing that is as by default."""
        hours, closes = self.office_hours, f"{self.office_hours.closes:%H:%M}".replace("00:00", "24:00")
        moved: dict[str, str | int | list[str] | None] = {
            "agency": self.agency,
            "channels": list(self.channels),
            "sweep_every": int(self.sweep_every.total_seconds()) if self.sweep_every != _SWEEP_EVERY else None,
            "email_rate": self.email_rate,
            "office_hours": f"{hours.opens:%H:%M}-{closes}" if hours != OfficeHours() else None,
        }
        return {key: value for key, value in moved.items() if value}

    def secrets_to_give_again(self) -> tuple[str, ...]:
        """Return the names of the secrets that another home needs too; database and broker are the machine's own."""
        own = ("email_url", "bounce_url", "line_token", "heartbeat_url", "admin_url")
        return tuple(f"{PREFIX}{key.upper()}" for key in own if getattr(self, key))

    def secrets(self) -> tuple[str, ...]:
        """Return every value that must never appear in a log."""
        held = (
            self.database_url,
            self.redis_url,
            self.email_url,
            self.bounce_url,
            self.line_token,
            self.heartbeat_url,
            self.admin_url,
        )
        return tuple(value for value in held if value)


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings in force; raises Misconfigured on an unknown key or a malformed value."""
    home = Path(environ.get(f"{PREFIX}HOME") or DEFAULT_HOME).absolute()
    values = _from_file(home / CONFIG_NAME) | _from_environment(environ)
    return Settings(
        home=home,
        agency=values.get("agency"),
        database_url=values.get("database_url") or f"sqlite:///{home / 'tracker.db'}",
        redis_url=values.get("redis_url"),
        email_url=values.get("email_url"),
        bounce_url=values.get("bounce_url"),
        line_token=values.get("line_token"),
        line_api_url=values.get("line_api_url", LINE_API).rstrip("/"),
        channels=_channel_names(values.get("channels", "")),
        sweep_every=timedelta(seconds=_whole("sweep_every", values.get("sweep_every", str(_SWEEP_EVERY.seconds)))),
        email_rate=_whole("email_rate", values["email_rate"]) if "email_rate" in values else None,
        heartbeat_url=values.get("heartbeat_url"),
        admin_url=values.get("admin_url"),
        office_hours=parse_office_hours(values.get("office_hours", "08:30-16:30")),
    )


def parse_office_hours(text: str) -> OfficeHours:
    """Return the office hours that `08:30-16:30` says; `24:00` is the end of the day."""
    found = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*", text)
    try:
        if not found:
            raise ValueError("it is not two times of day")
        opens, closes = time(int(found[1]), int(found[2])), (int(found[3]), int(found[4]))
        return OfficeHours(opens, time(0) if closes == _END_OF_DAY else time(*closes))
    except ValueError as error:
        raise Misconfigured(f"{PREFIX}OFFICE_HOURS is “{text}”, but {error}: write it as 08:30-16:30.") from None


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    found = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and name != f"{PREFIX}HOME" and value
    }
    return _resolved(found, "the environment", lambda key: f"{PREFIX}{key.upper()}", Path())


def _from_file(path: Path) -> dict[str, str]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise Misconfigured(f"{path} cannot be read: {error}. Mend it or move it away.") from None
    rows = {
        key: ",".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in data.items()
        if value != ""
    }
    return _resolved(rows, str(path), lambda key: key, path.parent)


def _resolved(found: dict[str, str], where: str, written: Callable[[str], str], base: Path) -> dict[str, str]:
    """Return known keys with `..._file` ones read, from a folder on; raises Misconfigured on an unknown one."""
    values: dict[str, str] = {}
    for key, value in found.items():
        plain = key.removesuffix("_file")
        if key in _KEYS:
            values[key] = value
        elif plain in _SECRETS and plain != key:
            values.setdefault(plain, read_secret(key, base / value))
        else:
            raise Misconfigured(
                f"Unknown setting {written(key)} in {where}: remove it, or use one of {', '.join(sorted(_KEYS))}."
            )
    return values


def read_secret(key: str, path: Path) -> str:
    """Return what a secret file holds; raises Misconfigured, naming the setting, when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Misconfigured(
            f"The secret file {path} (setting {key}) cannot be read: {error.strerror}. Check its path and rights."
        ) from None


def _whole(key: str, text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,5}", text.strip()):
        raise Misconfigured(f"{PREFIX}{key.upper()} is “{text}”: write a whole number from 1, such as 60.")
    return int(text)


def _channel_names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    for name in names:
        if name in _BUILT_IN_CHANNELS or not re.fullmatch(r"[a-z][a-z0-9]*", name):
            raise Misconfigured(
                # Not what follows the colon: who took a URL for a schema wrote a token here.
                f"{PREFIX}CHANNELS names “{name.partition(':')[0]}”: "
                "list Apprise schemas other than email and line, such as tgram."
            )
    return names
