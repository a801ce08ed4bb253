"""`tracker doctor`: each part is proved by a real exchange, and each one that is broken is named with its mending."""

import email
import email.policy
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from sqlalchemy import text
from sqlmodel import create_engine

from tests.cli.conftest import Program
from tracker.clock import SystemClock
from tracker.store import marks
from tracker.store.schema import upgrade
from tracker.store.session import Store
from tracker.usecases.examine import PARTS
from tracker.usecases.sweep import MARK
from workers.redis_server import PrivateRedis
from workers.standins import LineFaults, LineStandin, SmtpFaults, SmtpStandin

LINE_ID = "U" + "0123456789abcdef" * 2


def proofs(program: Program, *args: str) -> dict[str, dict[str, str]]:
    return {each["part"]: each for each in json.loads(program("doctor", "--json", *args).out)}


def swept(program: Program, ago: timedelta) -> None:
    store = Store(f"sqlite:///{program.home / 'tracker.db'}")
    with store.writing() as session:
        marks.set_mark(session, MARK, SystemClock().now() - ago)
    store.close()


def sql(program: Program, statement: str) -> None:
    with sqlite3.connect(program.home / "tracker.db") as connection:
        connection.execute(statement)


@contextmanager
def running(program: Program, *command: str) -> Iterator[None]:
    """Run a program of ours beside, with the settings of the test."""
    with (program.home / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-m", *command], stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


def until_proved(program: Program, part: str) -> dict[str, dict[str, str]]:
    """Ask until a part is proved; fails when it never is."""
    end = time.monotonic() + 60
    while (found := proofs(program)).get(part, {}).get("state") != "ok":
        assert time.monotonic() < end, found
    return found


def test_a_sound_but_minimal_home_gives_remarks_and_ends_with_0(bare: Program) -> None:
    bare.done("init", "--agency", "ก")
    shown = bare.done("doctor")
    assert [line.split()[0] for line in shown.splitlines()] == [
        *["ok"] * 7, "remark", "remark", "remark", "ok", "ok", "remark", "ok", "Everything",
    ]  # fmt: skip
    assert "Everything works, with 4 remarks." in shown
    assert "Start it: tracker up" in shown
    assert "Set TRACKER_EMAIL_URL" in shown


def test_nothing_that_it_looks_at_is_changed(filled: Program) -> None:
    before = filled.dump()
    assert filled("doctor").code == 0
    assert filled.dump() == before
    assert list((filled.home / "evidence").iterdir()) == []


def test_json_has_every_part_and_no_secret(filled: Program) -> None:
    with SmtpStandin() as relay, LineStandin() as line:
        filled.setting("TRACKER_EMAIL_URL", relay.url)
        filled.setting("TRACKER_LINE_TOKEN", "hush-hush-token")
        filled.setting("TRACKER_LINE_API_URL", line.url)
        ran = filled("doctor", "--json")
    assert ran.code == 0
    assert set(json.loads(ran.out)[0]) == {"part", "state", "said", "mend"}
    assert {each["part"] for each in json.loads(ran.out)} <= set(PARTS)
    assert "hush" not in ran.out + ran.err


def break_settings(program: Program) -> None:
    (program.home / "tracker.toml").write_text('colour = "red"\n', encoding="utf-8")


def lose_database(program: Program) -> None:
    (program.home / "tracker.db").unlink()


def break_database(program: Program) -> None:
    program.setting("TRACKER_DATABASE_URL", "postgresql+psycopg://tracker:hush-hush@127.0.0.1:1/tracker")


def damage_database(program: Program) -> None:
    (program.home / "tracker.db").write_bytes(b"no database at all" * 1000)


def age_schema(program: Program) -> None:
    sql(program, "UPDATE alembic_version SET version_num = '0001'")


def turn_clock_back(program: Program) -> None:
    swept(program, ago=timedelta(hours=-2))


def block_evidence(program: Program) -> None:
    (program.home / "evidence").write_text("a file where the folder should be")


def break_redis(program: Program) -> None:
    program.setting("TRACKER_REDIS_URL", "redis://:hush-hush@127.0.0.1:1/0")


def stop_service(program: Program) -> None:
    swept(program, ago=timedelta(hours=2))


def stop_relay(program: Program) -> None:
    program.setting("TRACKER_EMAIL_URL", "mailto://ita:hush-hush@127.0.0.1:1?from=ita@example.org&mode=insecure")


def misspell_relay(program: Program) -> None:
    program.setting("TRACKER_EMAIL_URL", "smtp://ita:hush-hush@127.0.0.1")


def stop_line(program: Program) -> None:
    program.setting("TRACKER_LINE_TOKEN", "hush-hush")
    program.setting("TRACKER_LINE_API_URL", "http://127.0.0.1:1")


def misspell_channel(program: Program) -> None:
    program.setting("TRACKER_CHANNELS", "nosuchservice")


def lose_mailbox(program: Program) -> None:
    program.setting("TRACKER_BOUNCE_URL", f"maildir://{program.home / 'nothing'}")


def dismiss_coordinator(program: Program) -> None:
    sql(program, "DELETE FROM post WHERE role = 'coordinator'")


BREAKS: dict[str, tuple[Callable[[Program], None], str]] = {
    "an unknown setting": (break_settings, "home is broken: Unknown setting colour"),
    "a database that was never made": (lose_database, "database is broken: .* Say: tracker init"),
    "a database that is away": (break_database, "database is broken: .* mend TRACKER_DATABASE_URL"),
    "a file that is no database": (damage_database, "database is broken: .* then restore it from a backup"),
    "an older schema": (age_schema, "migrations is broken: .* run `tracker init`"),
    "a clock that is behind": (turn_clock_back, "clock is broken: .* Let NTP set the clocks"),
    "no room for evidence": (block_evidence, "evidence is broken: .* Let this user write there"),
    "a Redis that is away": (break_redis, "Redis is broken: .* mend TRACKER_REDIS_URL"),
    "a service that has stopped": (stop_service, "sweep is broken: .* not running. Start it: tracker up"),
    "a relay that is away": (stop_relay, "e-mail is broken: .* TRACKER_EMAIL_URL runs and can be reached"),
    "a relay's URL misspelt": (misspell_relay, "e-mail is broken: TRACKER_EMAIL_URL is not an Apprise"),
    "a LINE that is away": (stop_line, "LINE is broken: .* TRACKER_LINE_TOKEN runs and can be reached"),
    "a channel that does not exist": (misspell_channel, "other channels is broken: .* remove it"),
    "a mailbox that is not there": (lose_mailbox, "returned mail is broken: .* must hold the folders"),
    "no coordinator": (dismiss_coordinator, "coordinator is broken: .* role coordinator: tracker people import"),
}


@pytest.mark.parametrize("fault", BREAKS.values(), ids=BREAKS.keys())
def test_what_is_broken_is_named_with_its_mending_and_is_the_last(
    filled: Program, fault: tuple[Callable[[Program], None], str]
) -> None:
    breaks, said = fault
    breaks(filled)
    ran = filled("doctor")
    assert ran.code == 1
    part, _, mending = said.partition(" .* ")
    assert ran.complaint.startswith(f"tracker: {part}")
    assert mending in ran.complaint
    assert "hush" not in ran.out + ran.err
    seen = json.loads(filled("doctor", "--json").out)
    assert [each["state"] for each in seen].index("broken") == len(seen) - 1


def test_a_home_that_was_never_made_is_named(bare: Program) -> None:
    ran = bare("doctor")
    assert (ran.code, ran.out) == (1, "")
    assert "home is broken: There is no tracker home" in ran.complaint
    assert "tracker init" in ran.complaint


def test_a_database_that_takes_no_changes_is_named(filled: Program, postgres_url: str) -> None:
    filled.setting("TRACKER_DATABASE_URL", postgres_url)
    store = Store(postgres_url)
    upgrade(store)
    store.close()
    found = proofs(filled)
    assert (found["writing"]["state"], found["database"]["said"]) == ("ok", "PostgreSQL answers")
    assert "agrees with the database's" in found["clock"]["said"]
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        name = engine.url.database
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    engine.dispose()
    ran = filled("doctor")
    assert ran.code == 1
    assert "writing is broken: The database takes no changes (cannot execute UPDATE" in ran.complaint


def test_a_relay_that_refuses_the_login_is_told_from_one_that_takes_it(filled: Program) -> None:
    def authenticate(*given: object) -> AuthResult:
        return AuthResult(success=given[-1].password == b"right", handled=False)  # type: ignore[attr-defined]

    with SmtpStandin(authenticator=authenticate, auth_required=True, auth_require_tls=False) as relay:
        filled.setting("TRACKER_EMAIL_URL", relay.url.replace("://", "://ita:right@"))
        assert "took the login" in proofs(filled)["e-mail"]["said"]
        filled.setting("TRACKER_EMAIL_URL", relay.url.replace("://", "://ita:wrong@"))
        ran = filled("doctor")
        assert ran.code == 1
        assert "e-mail is broken: It does not work (535" in ran.complaint
        assert "Mend TRACKER_EMAIL_URL" in ran.complaint
        assert relay.mails == ()


def test_a_relay_without_tls_where_tls_is_set_is_broken(filled: Program) -> None:
    with SmtpStandin() as relay:
        url = relay.url.replace("mailto://", "mailtos://").replace("insecure", "starttls")
        filled.setting("TRACKER_EMAIL_URL", url)
        ran = filled("doctor")
    assert ran.code == 1
    assert "e-mail is broken" in ran.complaint


def test_line_says_whose_token_it_is_and_what_is_left(filled: Program) -> None:
    with LineStandin(LineFaults(quota=500, token="right")) as line:
        filled.setting("TRACKER_LINE_API_URL", line.url)
        filled.setting("TRACKER_LINE_TOKEN", "right")
        assert "500 messages left this month" in proofs(filled)["LINE"]["said"]
        line.faults.quota = 0
        assert proofs(filled)["LINE"]["state"] == "remark"
        filled.setting("TRACKER_LINE_TOKEN", "wrong")
        ran = filled("doctor")
        assert ran.code == 1
        assert "LINE is broken: It does not work (401 Authentication failed). Mend TRACKER_LINE_TOKEN" in ran.complaint
        assert line.pushes == ()


def test_units_without_anybody_and_days_off_are_remarks_with_names(filled: Program) -> None:
    found = proofs(filled)
    assert found["units"]["state"] == "ok"
    assert "tracker holiday confirm 25" in found["days off"]["mend"]
    sql(filled, "UPDATE person SET email = NULL, line = NULL WHERE name = 'นายตัวอย่าง กองคลัง'")
    sql(filled, "DELETE FROM post WHERE role = 'officer' AND unit_id = (SELECT id FROM unit WHERE name = 'กองช่าง')")
    found = proofs(filled)
    assert found["units"]["state"] == "remark"
    assert "กองคลัง, กองช่าง" in found["units"]["said"]


def test_a_test_message_in_thai_really_arrives_by_mail_and_by_line(filled: Program) -> None:
    filled.setting("TRACKER_AGENCY", "เทศบาลตำบลตัวอย่าง")
    with SmtpStandin() as relay, LineStandin() as line:
        filled.setting("TRACKER_EMAIL_URL", relay.url)
        filled.setting("TRACKER_LINE_TOKEN", "token")
        filled.setting("TRACKER_LINE_API_URL", line.url)
        assert proofs(filled, "--send-to", "ita@example.org")["test message"]["state"] == "ok"
        assert proofs(filled, "--send-to", LINE_ID)["test message"]["state"] == "ok"
        (mail,), (push,) = relay.mails, line.pushes
    assert (mail.to, push.to) == ("ita@example.org", LINE_ID)
    assert mail.subject == "ทดสอบการส่งข้อความ: ระบบติดตามแผน ITA ของเทศบาลตำบลตัวอย่าง"
    body = email.message_from_bytes(mail.raw, policy=email.policy.default).get_body(("plain",))
    assert body is not None
    assert "ท่านไม่ต้องดำเนินการใด" in body.get_content()
    assert "ท่านไม่ต้องดำเนินการใด" in push.text


def test_a_test_message_that_is_refused_is_broken_with_the_servers_words(filled: Program) -> None:
    with SmtpStandin(SmtpFaults(reject="^gone@")) as relay:
        filled.setting("TRACKER_EMAIL_URL", relay.url)
        ran = filled("doctor", "--send-to", "gone@example.org")
    assert ran.code == 1
    assert "test message is broken: It does not work (550 5.1.1 no such user). Mend the address" in ran.complaint


@pytest.mark.parametrize(
    ("address", "said"),
    [("nobody", "--send-to takes"), ("ita@example.org", "set TRACKER_EMAIL_URL"), (LINE_ID, "set TRACKER_LINE_TOKEN"),
     ("tgram://token/1", "name tgram in TRACKER_CHANNELS")],
)  # fmt: skip
def test_an_address_for_which_no_channel_is_on_is_refused_at_once(filled: Program, address: str, said: str) -> None:
    ran = filled("doctor", "--send-to", address)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.complaint


def test_a_broker_without_a_worker_a_queue_without_one_and_no_beat_are_each_named(filled: Program) -> None:
    with SmtpStandin() as relay, PrivateRedis(filled.home) as redis:
        filled.setting("TRACKER_EMAIL_URL", relay.url)
        filled.setting("TRACKER_REDIS_URL", redis.url)
        assert "worker is broken: No worker answers" in filled("doctor").complaint
        with running(filled, "celery", "-A", "workers.app", "worker", "--queues", "sweep"):
            assert "ok" in until_proved(filled, "worker")["worker"]["state"]
            assert "queues is broken: No worker serves deliver-email." in filled("doctor").complaint
        with running(filled, "celery", "-A", "workers.app", "worker"):
            until_proved(filled, "queues")
            assert "sweep is broken: No sweep has ended yet. Start beat" in filled("doctor").complaint


def test_the_whole_service_of_tracker_up_is_proved_and_missed_when_it_has_gone(filled: Program) -> None:
    with SmtpStandin() as relay:
        filled.setting("TRACKER_EMAIL_URL", relay.url)
        with running(filled, "tracker.cli.main", "up"):
            found = until_proved(filled, "sweep")
            assert "private Redis of `tracker up`" in found["Redis"]["said"]
            assert found["worker"]["state"] == found["queues"]["state"] == "ok"
        assert not (filled.home / "redis.sock").is_symlink()
        assert proofs(filled)["Redis"]["state"] == "remark"
        swept(filled, ago=timedelta(minutes=10))
        assert "not running. Start it: tracker up" in filled("doctor").complaint


def test_a_link_that_a_killed_service_left_is_no_running_service(filled: Program, tmp_path: Path) -> None:
    (filled.home / "redis.sock").symlink_to(tmp_path / "gone.sock")
    assert proofs(filled)["Redis"]["state"] == "remark"
