"""docker-compose.yml is checked without Docker: its shape, what it refers to, and what it starts."""

import re
from datetime import timedelta
from pathlib import Path

import click
import jsonschema
import pytest
import typer.main
import yaml
from celery.bin.base import CLIContext
from celery.bin.celery import celery as celery_program

from tracker.cli.main import app as tracker_program
from tracker.settings import load_settings
from workers.app import make_app

REPOSITORY = Path(__file__).parents[1]
DURATION = {"type": "string", "pattern": r"^(\d+(us|ms|s|m|h))+$"}
TEXT = {"type": "string", "minLength": 1}
WORDS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
NAMES = {"type": "array", "items": TEXT, "uniqueItems": True}


def strict(required: list[str] | None = None, **properties: object) -> dict[str, object]:
    return {
        "type": "object", "properties": properties, "required": required or [], "additionalProperties": False,
    }  # fmt: skip


HEALTHCHECK = strict(
    ["test"],
    test={"type": "array", "prefixItems": [{"enum": ["CMD", "CMD-SHELL"]}], "items": TEXT, "minItems": 2},
    interval=DURATION,
    timeout=DURATION,
    start_period=DURATION,
    retries={"type": "integer", "minimum": 1},
)
CONDITIONS = ["service_started", "service_healthy", "service_completed_successfully"]
SERVICE = strict(
    ["image", "restart"],
    image=TEXT,
    build=strict(["context"], context=TEXT, dockerfile=TEXT),
    command=WORDS,
    init={"type": "boolean"},
    restart={"type": "string", "pattern": r"^(no|always|unless-stopped|on-failure(:\d+)?)$"},
    read_only={"type": "boolean"},
    cap_drop=NAMES,
    security_opt=NAMES,
    tmpfs=NAMES,
    volumes=NAMES,
    secrets=NAMES,
    environment={"type": "object", "additionalProperties": {"type": ["string", "integer"]}},
    depends_on={"type": "object", "additionalProperties": strict(["condition"], condition={"enum": CONDITIONS})},
    stop_grace_period=DURATION,
    shm_size={"type": "string", "pattern": r"^\d+(b|k|m|g|kb|mb|gb)$"},
    healthcheck=HEALTHCHECK,
)
COMPOSE = strict(
    ["services"],
    name={"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"},
    services={"type": "object", "additionalProperties": SERVICE, "minProperties": 1},
    volumes={"type": "object", "additionalProperties": {"type": "null"}},
    secrets={"type": "object", "additionalProperties": strict(["file"], file=TEXT)},
) | {"patternProperties": {"^x-": {}}}
"""The part of the compose specification that we use, and nothing else: a misspelt key is an error."""


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


@pytest.fixture(scope="module")
def ours(services):
    return {name: service for name, service in services.items() if "build" in service}


def test_every_key_is_one_of_the_compose_specification(compose):
    jsonschema.validate(compose, COMPOSE)


def test_a_misspelt_key_would_be_seen(compose):
    wrong = {**compose, "services": {"worker": {**compose["services"]["worker"], "health_check": {}}}}
    with pytest.raises(jsonschema.ValidationError, match="health_check"):
        jsonschema.validate(wrong, COMPOSE)


def test_dependencies_can_come_true(services):
    for name, service in services.items():
        for other, demand in service.get("depends_on", {}).items():
            wanted = services[other]
            ends = demand["condition"] == "service_completed_successfully"
            assert ends == (wanted.get("command") == ["tracker", "init"]), f"{name} waits for {other} to end"
            assert ends or "healthcheck" in wanted, f"{name} waits for the health of {other}"


def test_every_service_that_stays_is_watched(services):
    staying = {name for name, service in services.items() if service["restart"] == "unless-stopped"}
    assert staying == services.keys() - {"migrate"}
    assert all("healthcheck" in services[name] and "stop_grace_period" in services[name] for name in staying)


def test_every_volume_and_secret_exists_and_none_is_left_over(compose):
    for kind, name_of in (("volumes", lambda said: said.partition(":")[0]), ("secrets", str)):
        used = {name_of(said) for service in compose["services"].values() for said in service.get(kind, [])}
        assert used == compose[kind].keys()


def test_a_secret_is_read_where_it_is_mounted(services):
    for name, service in services.items():
        mounted = {f"/run/secrets/{secret}" for secret in service.get("secrets", [])}
        read = {value for key, value in service["environment"].items() if key.endswith("_FILE")} if mounted else set()
        assert read == mounted, name


def test_nothing_is_published_and_no_password_stands_in_the_file(compose, services):
    assert not any("ports" in service for service in services.values())
    for service in services.values():
        for key, value in service.get("environment", {}).items():
            assert not re.search("PASSWORD|TOKEN|SECRET", key) or key.endswith("_FILE")
            assert not re.search(r"://[^/\s]*:[^/\s]*@", str(value))


def test_postgresql_keeps_its_data_in_the_volume(services):
    version = int(services["database"]["image"].partition(":")[2])
    (target,) = (said.partition(":")[2] for said in services["database"]["volumes"])
    assert version >= 18
    assert target == "/var/lib/postgresql"


def test_the_settings_are_ones_the_program_knows(ours, tmp_path):
    for service in ours.values():
        said = {key: plain(str(value)) for key, value in service["environment"].items() if key.startswith("TRACKER_")}
        for key in [key for key in said if key.endswith("_FILE")]:
            said[key] = str(tmp_path / "secret")
            (tmp_path / "secret").write_text("sqlite:////tmp/x.db" if "DATABASE" in key else "", encoding="utf-8")
        settings = load_settings(said)
        assert settings.redis_url
        assert not settings.email_url  # an empty secret switches a channel off
        assert not settings.line_token


def plain(value: str) -> str:
    """Return a value as compose gives it when the variables are not set."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)


def test_each_service_starts_something_that_exists(ours):
    for name, service in ours.items():
        assert_command(service["command"], name)
        if check := service.get("healthcheck"):
            assert check["test"][0] == "CMD"
            assert_command(check["test"][1:], name)


def assert_command(words: list[str], name: str) -> None:
    if words[:3] == ["celery", "-A", "workers.app"]:
        program, words = celery_program, words[3:]
    else:
        assert words[0] == "tracker", f"{name} starts {words[0]}"
        program, words = typer.main.get_command(tracker_program), words[1:]
    command = program.commands[words[0]]
    celery_app = make_app("redis://127.0.0.1:1/0", timedelta(minutes=1))
    above = click.Context(program, obj=CLIContext(app=celery_app, no_color=True, workdir=None))
    command.make_context(words[0], list(words[1:]), parent=above)  # refuses an option or argument that it does not know


def test_an_option_that_the_program_lacks_would_be_seen(ours):
    with pytest.raises(Exception, match="no-such"):
        assert_command(["tracker", "health", "--no-such"], "worker")
    with pytest.raises(Exception, match="no-such"):
        assert_command(["celery", "-A", "workers.app", "beat", "--no-such"], "beat")


def test_the_image_runs_as_nobody_special_and_installs_by_hash():
    lines = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    assert re.findall(r"^USER (\S+)$", lines, re.MULTILINE) not in ([], ["root"], ["0"])
    assert "--require-hashes -r requirements/runtime.txt" in lines
    assert not re.search(r"https?://|\w+\.\w+/\S+:\S+$", lines, re.MULTILINE)


def test_what_the_image_is_built_from_reaches_the_builder():
    ignored = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (REPOSITORY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    for path in " ".join(copied).split():
        assert (REPOSITORY / path).exists()
        assert f"!{path}" in ignored.splitlines(), path
