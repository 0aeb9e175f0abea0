"""The wording gate (文字关): the form of official texts, by the data packs of `packs/wording/`."""

from __future__ import annotations

from generator.gates.gate import Gate
from generator.gates.wording.engine import find
from generator.gates.wording.fixing import fixed

__all__ = ["GATE"]

GATE = Gate(
    name="wording",
    title="文字关",
    version="1.0",
    find=find,
    folders=("wording", "packs/wording"),
    fix=fixed,
)
