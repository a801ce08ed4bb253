"""Damaged documents by the thousand: each must end as a plan with its warnings, or as one clear refusal.

    python -m tests.intake.fuzz [N] [--seed S] [--seconds T] [--only I]

makes N documents (default 1000) from our own layouts in every format, cut, doubled, shuffled, garbled, nested, swollen
or renamed, reads them in two processes and prints one summary line. A traceback, a crash or a reading that takes over
T seconds of processor time (default 5) ends in exit code 1: the document is kept in a folder, its path is printed with
its number I, and `--seed S --only I` makes and reads it again.
"""

import argparse
import faulthandler
import json
import multiprocessing
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.intake.fuzz_documents import make
from tracker.domain.plans import Plan, plan_to_json
from tracker.errors import Refused
from tracker.intake import read_plan

PROCESSES, SECONDS, STUCK = 2, 5.0, 6  # a reader stuck in C is killed after STUCK times its seconds
ENDS = ("plans", "empty plans", "refusals", "tracebacks", "late", "crashes")

Result = tuple[str, float, str, str]
"""How the reading of one document ended, its seconds, the document's path, and what is wrong ("" when nothing is)."""


class Late(BaseException):
    """A reading took too long; no Exception, so that no reader takes it for a damaged file."""


@dataclass(frozen=True)
class Run:
    """One run of the command."""

    seed: int
    seconds: float
    folder: Path

    def document(self, index: int) -> Path:
        """Make one document and return where it lies."""
        name, data = make(Random(f"{self.seed}/{index}"))
        path = self.folder / f"{index}-{name}"
        path.write_bytes(data)
        return path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser("python -m tests.intake.fuzz", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("documents", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--only", type=int, help="the number of one document")
    asked = parser.parse_args(arguments)
    run = Run(asked.seed, asked.seconds, Path(tempfile.mkdtemp(prefix="fuzz-")))
    start = time.perf_counter()
    results = read_all(run, range(asked.documents) if asked.only is None else range(asked.only, asked.only + 1))
    for _, _, path, wrong in results:
        if wrong:
            print(f"{path} (--seed {run.seed} --only {Path(path).name.split('-')[0]}): {wrong}")  # noqa: T201
    print(summary(run.seed, results, time.perf_counter() - start))  # noqa: T201
    return 1 if any(wrong for *_, wrong in results) else 0


def summary(seed: int, results: Sequence[Result], seconds: float) -> str:
    """Return the one line that says how all readings ended."""
    ends = Counter(end for end, *_ in results)
    counts = ", ".join(f"{ends[end]} {end}" for end in ENDS)
    longest, slowest = max(((took, Path(path).name) for _, took, path, _ in results), default=(0.0, "-"))
    return (
        f"fuzz: {len(results)} documents, seed {seed}: {counts}; slowest {longest:.2f} s ({slowest}); {seconds:.0f} s"
    )


def read_all(run: Run, indices: range) -> list[Result]:
    """Return how each document's reading ended, read by several processes side by side."""
    workers = [Worker(run, indices[n::PROCESSES], run.folder / f"results-{n}") for n in range(PROCESSES)]
    results = [result for worker in workers for result in worker.results()]
    for worker in workers:
        worker.log.unlink(missing_ok=True)
    if not any(run.folder.iterdir()):
        run.folder.rmdir()
    return results


class Worker:
    """A process that reads its share of the documents and writes down each end; a new one goes on where it dies."""

    def __init__(self, run: Run, share: range, log: Path) -> None:
        self.run, self.share, self.log = run, share, log
        self.process = self._started(share)

    def results(self) -> Iterator[Result]:
        """Wait for the process and yield its results."""
        todo = self.share
        while True:
            self.process.join()
            lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
            self.log.unlink(missing_ok=True)
            yield from (tuple(json.loads(line)) for line in lines)
            if not (todo := todo[len(lines) :]):
                return
            path = next(self.run.folder.glob(f"{todo[0]}-*"), Path(f"{todo[0]}-unmade"))
            yield "crashes", 0.0, str(path), f"the reading process died with code {self.process.exitcode}"
            todo = todo[1:]
            self.process = self._started(todo)

    def _started(self, share: range) -> multiprocessing.Process:
        process = multiprocessing.Process(target=read_share, args=(self.run, share, self.log))
        process.start()
        return process


def read_share(run: Run, share: range, log: Path) -> None:
    """Make and read documents one after the other; only those that failed stay in the folder."""
    with log.open("a", encoding="utf-8", buffering=1) as lines:
        for index in share:
            path = run.document(index)
            faulthandler.dump_traceback_later(run.seconds * STUCK, exit=True)
            end, seconds, wrong = verdict(path, run.seconds)
            faulthandler.cancel_dump_traceback_later()
            if not wrong:
                path.unlink()
            lines.write(json.dumps([end, seconds, str(path), wrong]) + "\n")


def verdict(path: Path, most: float, read: Callable[[Path], Plan] = read_plan) -> tuple[str, float, str]:
    """Return how the reading of one document ended, the seconds it took, and what is wrong with that."""
    start = time.process_time()
    try:
        with time_limit(most):
            end, wrong = ended(path, read)
    except Late:
        end, wrong = "late", f"not read in {most:g} s: " + "".join(traceback.format_exc(limit=-3)).replace("\n", " ")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        place = traceback.extract_tb(error.__traceback__)[-1]
        end, wrong = "tracebacks", f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
    seconds = time.process_time() - start
    return ("late", seconds, f"read in {seconds:.1f} s") if seconds > most and not wrong else (end, seconds, wrong)


def ended(path: Path, read: Callable[[Path], Plan]) -> tuple[str, str]:
    """Return how a reading ended and, for a plan or refusal that is none, what is wrong with it."""
    try:
        plan = read(path)
    except Refused as refusal:
        said = str(refusal)
        is_clear = path.name in said and said.endswith(".") and "\n" not in said
        return ("refusals", "") if is_clear else ("tracebacks", f"an unclear refusal: {said}")
    json.dumps(plan_to_json(plan), allow_nan=False).encode()
    numbers = [one.seq for one in plan.measures]
    if numbers != list(range(1, len(numbers) + 1)) and not path.name.count("-export."):  # there a person numbers them
        return "tracebacks", f"measures numbered {numbers}"
    if not all(one.title for one in plan.measures) or not (plan.measures or plan.warnings):
        return "tracebacks", "a plan without titles or warnings"
    return "plans" if plan.measures else "empty plans", ""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise Late in this process when the time is up."""

    def late(*_: object) -> None:
        raise Late

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


if __name__ == "__main__":
    raise SystemExit(main())
