"""What `tracker doctor` looks at first: the home, the database, the disk, the clock."""

import os
from tempfile import TemporaryFile

from tracker.store.evidence import FOLDER
from tracker.store.schema import HEAD, prove_writing
from tracker.usecases.bench import Bench, Proof, broken, proved, remark
from tracker.usecases.gather_facts import gather

_OTHERS = 0o077


def home(bench: Bench) -> Proof:
    """See that the home is ours alone; that its settings can be read was proved before."""
    settings = bench.settings
    if settings.home.stat().st_mode & _OTHERS:
        mend = f"It holds names, addresses and secrets. Say: chmod go= {settings.home}"
        return remark(f"Other users of this machine can look into {settings.home}.", mend)
    what = "tracker.toml is read" if settings.config_path.exists() else "the environment alone has the settings"
    return proved(f"{settings.home}; {what}")


def database(bench: Bench) -> Proof:
    """Ask the database; what it answers serves the looks that follow."""
    if bench.services.store.is_missing():  # asking SQLite would make an empty file
        return broken("There is no database file yet.", "Say: tracker init")
    bench.facts = gather(bench.services, None)
    dialect = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[bench.services.store.engine.dialect.name]
    return bench.found("database") or proved(f"{dialect} answers")


def migrations(bench: Bench) -> Proof:
    """See that the database is at the version of this program."""
    return bench.found("schema") or proved(f"version {HEAD} is current")


def writing(bench: Bench) -> Proof:
    """Write a row and take it back."""
    prove_writing(bench.services.store)
    return proved("the database takes a change, which was taken back")


def disk(bench: Bench) -> Proof:
    """See that there is room."""
    return bench.found("disk") or proved(f"{(bench.facts.free or 0) // 1024**2} MB are free")


def clock(bench: Bench) -> Proof:
    """Compare this machine's clock with the database's, and with what is written down already."""
    kept = "agrees with the database's" if bench.facts.database_clock else "is not behind what is written down"
    return bench.found("clock") or proved(f"the clock of this machine {kept}")


def evidence(bench: Bench) -> Proof:
    """Write a file where evidence is kept, and remove it."""
    folder = bench.settings.home / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(b"proof")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return broken(
            f"The folder {folder} cannot be written ({error.strerror}), so no evidence can be kept.",
            "Let this user write there, or make room on the disk.",
        )
    return proved(f"{folder} takes files")
