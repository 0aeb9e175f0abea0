"""The machine gates over trunk: its packs, and what its own files tell of leaders and units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.gates import Known, known_of
from generator.gates.gate import Gate
from generator.gates.known import is_known
from generator.gates.registry import GATES
from generator.keeper.scanner import Files, Noticed, Scanner
from generator.tree.raw import Objects

__all__ = ["machine_gates"]

_EVERY_COMMIT = frozenset({"secrecy"})  # what was deleted again is still in the repository


def machine_gates(objects: Objects, trunk: str, today: date) -> list[Scanner]:
    """The gates that a machine can judge, with trunk's rules: a change brings no excuse of its own.

    Errors: GitError; MissingObjectError.
    """
    listed = objects.files(trunk)
    paths = [path for path, (mode, _) in listed.items() if is_known(path) and mode == "100644"]
    known = known_of(zip(paths, objects.objects([listed[path][1] for path in paths]), strict=True))
    return [_scanner(gate, known, today) for gate in GATES]


def _scanner(gate: Gate, known: Known, today: date) -> Scanner:
    def find(files: Files) -> Iterator[Noticed]:
        for one in gate.find(files, known, today):
            yield Noticed(
                gate=one.gate,
                rule=one.rule,
                severity=one.severity,
                path=one.path,
                line=one.line,
                message=f"{one.place}：{one.message}" if one.place else one.message,
                proposal=one.proposal,
            )

    return Scanner(
        gate=gate.name,
        tool=gate.tool,
        ruleset=gate.ruleset(known),
        find=find,
        every_commit=gate.name in _EVERY_COMMIT,
    )
