"""How `tracker doctor` shows what it proves, line by line as it is seen."""

import sys
from collections.abc import Iterator

from tracker.cli.output import folded, print_json, say
from tracker.domain.counting import counted
from tracker.errors import Unavailable
from tracker.usecases.bench import Proof

_PART = 15


def show_proofs(proofs: Iterator[Proof], *, as_json: bool) -> None:
    """Print each proof; raises Unavailable on what is broken, after everything that is known was shown."""
    seen: list[Proof] = []
    for proof in proofs:
        seen.append(proof)
        if not as_json and proof.state != "broken":
            head = f"{proof.state:<7} {proof.part:<{_PART}} "
            say(head + folded(_sentence(proof), sys.stdout, indent=len(head)))
            sys.stdout.flush()
    if as_json:
        print_json([proof.to_json() for proof in seen])
    if seen[-1].state == "broken":
        raise Unavailable(f"{seen[-1].part} is broken: {_sentence(seen[-1])}")
    if not as_json:
        remarks = sum(proof.state == "remark" for proof in seen)
        with_remarks = f", with {counted(remarks, 'remark')}" if remarks else ""
        say(f"Everything works{with_remarks}.")


def _sentence(proof: Proof) -> str:
    return f"{proof.said} {proof.mend}".strip()
