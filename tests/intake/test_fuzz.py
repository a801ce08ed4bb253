import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.intake import fuzz as command
from tests.intake.fuzz import verdict
from tests.intake.fuzz_damage import ACTS, LAYOUTS, XML_ACTS, changed_text, damaged
from tests.intake.fuzz_documents import FORMATS, ODDITIES, make
from tests.patience import PATIENCE
from tracker.errors import Refused
from tracker.intake import read_plan
from tracker.intake.documents import kind_of


def fuzz(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.intake.fuzz", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=10 * PATIENCE)


def test_three_hundred_damaged_documents_are_plans_or_clear_refusals():
    done = fuzz("300", "--seed", "12", "--seconds", str(PATIENCE))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("fuzz: 300 documents, seed 12: ")
    assert "0 tracebacks, 0 late, 0 crashes" in done.stdout


def test_one_document_of_a_run_can_be_made_again():
    assert "fuzz: 1 documents, seed 7" in fuzz("--seed", "7", "--only", "3").stdout


def test_the_same_seed_makes_the_same_text_again():
    assert make(Random("7/3"))[0] == make(Random("7/3"))[0]
    assert changed_text(Random(5)) == changed_text(Random(5)) != changed_text(Random(6))


@pytest.mark.parametrize("kind", FORMATS)
def test_an_undamaged_layout_is_a_document_of_its_format(kind):
    expected = {"export": "xlsx"}.get(kind, kind)
    kinds = {kind_of(FORMATS[kind](LAYOUTS[0], Random(seed))) for seed in range(6)}
    assert expected in kinds


@pytest.mark.parametrize("kind", ODDITIES)
def test_an_oddity_is_never_a_traceback(kind, tmp_path):
    path = tmp_path / f"plan.{kind}"
    for seed in range(6):
        path.write_bytes(ODDITIES[kind](Random(seed)))
        assert verdict(path, PATIENCE)[2] == ""


def acted(act, seed: int) -> str:
    lines = LAYOUTS[0].splitlines()
    act(lines, 5, Random(seed))
    return "\n".join(lines)


def test_every_way_to_damage_a_document_does_something():
    for act in ACTS:
        assert {acted(act, seed) for seed in range(9)} != {LAYOUTS[0].rstrip("\n")}
    xml = b'<a x="1"><b><c y="2">words</c></b><b/></a>'
    for act in XML_ACTS:
        assert {act(xml, Random(seed)) for seed in range(9)} != {xml}
    archive = FORMATS["docx"](LAYOUTS[0], Random(0))
    assert len({damaged(archive, Random(seed)) for seed in range(9)}) > 5


def ends(read) -> tuple[str, str]:
    end, _, wrong = verdict(Path("1-plan.txt"), 0.2, read)
    return end, wrong


def refuse(words: str):
    raise Refused(words)


def test_what_is_wrong_is_told():
    assert ends(divide)[0] == "tracebacks"
    assert ends(divide)[1].startswith("ZeroDivisionError: division by zero (test_fuzz.py:")
    assert ends(lambda _: refuse("Something went wrong"))[1].startswith("an unclear refusal")
    assert ends(lambda _: refuse("1-plan.txt is empty: give another."))[0] == "refusals"
    assert ends(forever)[0] == "late"


def forever(_):
    while True:
        pass


def divide(_):
    return 1 / 0


def test_a_plan_is_a_plan(tmp_path):
    path = tmp_path / "1-plan.txt"
    path.write_text(LAYOUTS[0], encoding="utf-8")
    assert verdict(path, PATIENCE, read_plan)[::2] == ("plans", "")


def test_a_process_that_dies_is_a_crash_and_the_next_document_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "verdict", lambda path, _: die() if path.name.startswith("0-") else ("plans", 0.1, ""))
    results = list(command.Worker(command.Run(1, 5.0, tmp_path), range(2), tmp_path / "log").results())
    assert [end for end, *_ in results] == ["crashes", "plans"]
    assert Path(results[0][2]).exists()


def die():
    os._exit(3)
