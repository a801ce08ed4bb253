"""Settings: the environment first, then the file; what is unknown or malformed stops the program."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from schedules.calendars import OfficeHours
from tracker.bootstrap import open_channels
from tracker.errors import Misconfigured
from tracker.settings import Settings, load_settings, parse_office_hours


def load(home: Path, **environ: str) -> Settings:
    return load_settings({"TRACKER_HOME": str(home), **{f"TRACKER_{key}": value for key, value in environ.items()}})


def write(home: Path, text: str) -> None:
    (home / "tracker.toml").write_text(text, encoding="utf-8")


def test_without_anything_the_defaults_of_the_contract_hold(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert found.database_url == f"sqlite:///{tmp_path / 'tracker.db'}"
    assert (found.email_url, found.line_token, found.redis_url, found.heartbeat_url) == (None,) * 4
    assert (found.channels, found.email_rate, found.line_api_url) == ((), None, "https://api.line.me")
    assert found.sweep_every == timedelta(seconds=60)
    assert found.office_hours == OfficeHours(time(8, 30), time(16, 30))


def test_the_home_defaults_to_tracker_home_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings({}).home == tmp_path / "tracker-home"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    write(tmp_path, 'agency = "ในไฟล์"\nsweep_every = 30\n')
    assert load(tmp_path).agency == "ในไฟล์"
    assert load(tmp_path).sweep_every == timedelta(seconds=30)
    assert load(tmp_path, AGENCY="ในสภาพแวดล้อม").agency == "ในสภาพแวดล้อม"


def test_an_empty_value_in_the_file_counts_as_none(tmp_path: Path) -> None:
    write(tmp_path, 'agency = ""\nline_token = ""\n')
    assert (load(tmp_path).agency, load(tmp_path).line_token) == (None, None)


@pytest.mark.parametrize(
    "key", ["DATABASE_URL", "REDIS_URL", "EMAIL_URL", "BOUNCE_URL", "LINE_TOKEN", "HEARTBEAT_URL", "ADMIN_URL"]
)
def test_each_secret_may_stand_in_a_file(tmp_path: Path, key: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a-secret\n", encoding="utf-8")
    assert getattr(load(tmp_path, **{f"{key}_FILE": str(secret)}), key.lower()) == "a-secret"
    write(tmp_path, f'{key.lower()}_file = "{secret}"\n')
    assert getattr(load(tmp_path), key.lower()) == "a-secret"


def test_a_secret_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"/no/such/file .*email_url_file"):
        load(tmp_path, EMAIL_URL_FILE="/no/such/file")


def test_an_unknown_key_stops_the_program_wherever_it_stands(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="Unknown setting TRACKER_COLOUR in the environment"):
        load(tmp_path, COLOUR="red")
    write(tmp_path, 'colour = "red"\n')
    with pytest.raises(Misconfigured, match=r"Unknown setting colour in .*tracker\.toml"):
        load(tmp_path)


def test_what_is_no_secret_has_no_file_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="TRACKER_AGENCY_FILE"):
        load(tmp_path, AGENCY_FILE="x")


@pytest.mark.parametrize("text", ["agency = ", "\x00", '"unclosed'])
def test_a_file_that_is_not_toml_is_named(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(Misconfigured, match=r"tracker\.toml cannot be read"):
        load(tmp_path)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "tracker.toml").write_bytes('agency = "กอง"'.encode("cp874"))
    with pytest.raises(Misconfigured, match=r"tracker\.toml cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "soon", "1e3", "9999999"])
@pytest.mark.parametrize("key", ["SWEEP_EVERY", "EMAIL_RATE"])
def test_a_number_that_is_none_is_named(tmp_path: Path, key: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=f"TRACKER_{key}"):
        load(tmp_path, **{key: value})


def test_channels_may_stand_as_a_list_in_the_file(tmp_path: Path) -> None:
    write(tmp_path, 'channels = ["tgram", "Slack"]\n')
    assert load(tmp_path).channels == ("tgram", "slack")
    assert load(tmp_path, CHANNELS="tgram, slack,").channels == ("tgram", "slack")


@pytest.mark.parametrize("name", ["email", "line", "tgram://", "a b"])
def test_a_channel_that_is_no_further_schema_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Misconfigured, match="TRACKER_CHANNELS"):
        load(tmp_path, CHANNELS=name)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("08:30-16:30", (time(8, 30), time(16, 30))),
        (" 9:00 - 17:00 ", (time(9), time(17))),
        ("00:00-24:00", (time(0), time(0))),
    ],
)
def test_office_hours_are_two_times_of_day(text: str, hours: tuple[time, time]) -> None:
    assert parse_office_hours(text) == OfficeHours(*hours)


@pytest.mark.parametrize(
    "text", ["", "always", "08:30", "16:30-08:30", "08:30-08:30", "08:60-16:30", "25:00-26:00", "00:30-25:00"]
)
def test_office_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="write it as 08:30-16:30"):
        parse_office_hours(text)


def test_settings_never_show_their_secrets(tmp_path: Path) -> None:
    found = load(tmp_path, EMAIL_URL="mailto://u:hush@h", BOUNCE_URL="imaps://u:hush@h", LINE_TOKEN="hush")
    assert "hush" not in repr(found)
    assert set(found.secrets()) >= {"mailto://u:hush@h", "imaps://u:hush@h", "hush"}


def test_an_empty_value_is_no_value(tmp_path: Path) -> None:
    empty = {"TRACKER_SWEEP_EVERY": "", "TRACKER_AGENCY": "", "TRACKER_EMAIL_URL": ""}
    settings = load_settings({"TRACKER_HOME": str(tmp_path), **empty})
    assert settings.sweep_every.total_seconds() == 60
    assert settings.agency is None
    assert settings.email_url is None


def test_the_channels_that_are_named_are_those_that_are_opened(tmp_path: Path) -> None:
    found = load(tmp_path, EMAIL_URL="mailto://127.0.0.1?from=a@example.org", LINE_TOKEN="t", CHANNELS="json")
    assert found.channel_names == tuple(open_channels(found)) == ("email", "line", "json")
    assert load(tmp_path).channel_names == ()


def test_a_secret_file_named_in_the_file_begins_at_the_home_and_one_of_the_environment_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    for folder, value in ((home, "of the home"), (here, "from here")):
        folder.mkdir()
        (folder / "token").write_text(value, encoding="utf-8")
    monkeypatch.chdir(here)
    write(home, 'line_token_file = "token"\n')
    assert load(home).line_token == "of the home"
    assert load(home, LINE_TOKEN_FILE="token").line_token == "from here"
