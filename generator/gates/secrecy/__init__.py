"""The machine side of the secrecy gate (保密审查): marks, numbers of persons, what files hide."""

from __future__ import annotations

from generator.gates.gate import Gate
from generator.gates.secrecy.engine import find

__all__ = ["GATE"]

GATE = Gate(
    name="secrecy",
    title="保密审查",
    version="1.0",
    find=find,
    folders=("secrecy", "packs/secrecy"),
)
