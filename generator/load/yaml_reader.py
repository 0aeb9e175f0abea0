"""YAML text → plain values, with every construct refused that two readers could take differently.

The careful reader: built on libyaml's event stream (`yaml_events.py`) rather than on its composer,
and loaded only once something is not plain (`plain.py`). A date stays the text an editor wrote.
Positions are recorded only when a finding asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Diagnostic, Place

__all__ = ["MAX_DEPTH", "Parsed", "Pointer", "Problem", "Spots", "read_yaml"]

MAX_DEPTH = 32

Pointer = tuple[str | int, ...]
Spots = dict[Pointer, tuple[int, int]]

_BREAKS = re.compile("[\u0085\u2028\u2029]")  # only libyaml takes them for line ends


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the text: its code, its place (from 1, within the text), and what it names."""

    code: str
    line: int
    column: int
    values: Mapping[str, Any] = field(default_factory=dict)

    def at(self, path: str, above: int = 0) -> Diagnostic:
        """The finding it is in a file, with so many lines above the text."""
        return Diagnostic(self.code, Place(path, self.line + above, self.column), self.values)


@dataclass(slots=True)
class Parsed:
    """What a text says, as far as it could be read, and what was wrong with it.

    `keys` and `spots` give the places of keys and values by pointer; both stay empty unless the
    text was read with `positions`.
    """

    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    spots: Spots = field(default_factory=dict)
    keys: Spots = field(default_factory=dict)


def read_yaml(text: str, positions: bool = False) -> Parsed:
    """What one YAML document says; never raises for what the text holds.

    A key given twice keeps its first value; what stands under a stand-in key is dropped. A text
    that could not be read to its end has no value.
    """
    from generator.load.yaml_events import build

    parsed = Parsed()
    if _BREAKS.search(text) is not None:
        text = _BREAKS.sub(" ", text)
    build(text, parsed, positions)
    return parsed
