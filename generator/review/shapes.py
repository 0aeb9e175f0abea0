"""The schemas of the gate: what a value breaks of one, as places and words.

They belong to the program, like its code: they are read beside it, never from the content.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.schema.quick import compiled

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

__all__ = ["Breach", "breaches", "pointer_text"]

_FOLDER = Path(__file__).parents[2] / "schemas"
_ENDING = ".schema.json"

Breach = tuple[tuple[str | int, ...], str]


class _Files(dict[str, Any]):
    """The schema files by name: one of the gate's own folder, or one of the content's."""

    def __missing__(self, name: str) -> Any:
        own = _FOLDER / "review" / name
        self[name] = json.loads((own if own.exists() else _FOLDER / name).read_text("utf-8"))
        return self[name]


@cache
def _validator(name: str) -> Draft202012Validator:
    return compiled(_Files(), name + _ENDING)


def breaches(name: str, value: Any) -> list[Breach]:
    """Where a value breaks the schema `name`: the place, and the keyword that it breaks."""
    validator = _validator(name)
    if validator.is_valid(value):
        return []
    found = set()
    for error in validator.iter_errors(value):
        keyword = str(error.schema_path[-1]) if error.schema_path else ""
        found.add((tuple(error.instance_path), keyword))
    return sorted(found, key=lambda breach: ([str(step) for step in breach[0]], breach[1]))


def pointer_text(pointer: tuple[str | int, ...]) -> str:
    """A place in a value as one reads it: `people/0/id`; empty for the whole."""
    return "/".join(str(step) for step in pointer)
