"""The gates that a machine can judge, in the order in which they are shown."""

from __future__ import annotations

from generator.gates import secrecy, wording
from generator.gates.gate import Gate

__all__ = ["GATES"]

GATES: tuple[Gate, ...] = (wording.GATE, secrecy.GATE)
