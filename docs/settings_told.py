"""What each setting means, by its key in `tracker.toml`: (meaning, default)."""

SETTINGS: dict[str, tuple[str, str]] = {
    "home": ("folder of one installation; in the environment only", "`./tracker-home`"),
    "agency": ("the agency's name in messages", "from `tracker init`"),
    "database_url": ("PostgreSQL (`postgresql+psycopg://...`) or SQLite", "SQLite file in the home"),
    "redis_url": ("Celery broker", "a private Redis started by `tracker up`"),
    "email_url": ("Apprise `mailto://` or `mailtos://` URL without recipients", "none: e-mail is off"),
    "bounce_url": (
        "mailbox of delivery reports: `imaps://user:password@host/INBOX` or `maildir:///path`",
        "none: mails that come back are not noticed",
    ),
    "line_token": ("LINE channel access token", "none: LINE is off"),
    "line_api_url": ("base of the LINE API", "the official one"),
    "channels": ("further Apprise schemas that people's channels may name, such as `tgram`", "none"),
    "sweep_every": ("seconds between checks", "`60`"),
    "office_hours": ("sending window, Bangkok time", "`08:30-16:30`"),
    "email_rate": ("messages a minute that the relay allows, kept by all workers together", "none"),
    "heartbeat_url": (
        "asked for (GET) each minute in which all is proven well: [the watch](operations.md#the-watch)",
        "none",
    ),
    "admin_url": ("Apprise URL with its recipient: whom to tell when something is wrong", "none"),
}
