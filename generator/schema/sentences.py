"""A validation error → code and values: what a clerk needs to hear about it, and no more.

An error of jsonschema speaks of keywords, and one slip may break several. Here the slip is told
once, by the keyword (`keywords.py`) whose fault the author mends first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.load import Pointer
from generator.schema.keywords import HANDLERS, Fault, field_name, other
from generator.schema.store import Schemas

if TYPE_CHECKING:
    from jsonschema import ValidationError

__all__ = ["Fault", "faults"]

# What is wrong with a value, the first to be mended first: of one value only those are told.
_WEIGHT = {"SCH-005": 0, "SCH-004": 1, "SCH-011": 2, "SCH-012": 2} | {
    **dict.fromkeys(("SCH-006", "SCH-007", "SCH-009", "SCH-013"), 3),
    **dict.fromkeys(("SCH-008", "SCH-014"), 4),
    "SCH-015": 5,
}


def faults(schemas: Schemas, kind: str, value: object) -> Iterator[Fault]:
    """Every fault of a record, each once, the place being the nearest the author can see.

    One slip may break several keywords: a misspelt key is also a missing one, an empty text also
    has the wrong form. What the author mends first stands for all.
    """
    found = [fault for error in schemas.errors(kind, value) for fault in _of(schemas, kind, error)]
    misspelt = {
        (*pointer[:-1], values["near"]) for code, pointer, _, values in found if code == "SCH-003"
    }
    strongest: dict[Pointer, int] = {}
    for code, pointer, _, _ in found:
        if code in _WEIGHT:
            strongest[pointer] = min(_WEIGHT[code], strongest.get(pointer, _WEIGHT[code]))
    for code, pointer, is_key, values in found:
        if code in {"SCH-001", "SCH-010"} and (*pointer, values["name"]) in misspelt:
            continue
        if code in _WEIGHT and _WEIGHT[code] > strongest[pointer]:
            continue
        yield code, pointer, is_key, values
    if not found and not schemas.is_valid(kind, value):
        field = {"field": field_name(schemas, kind, ())}
        yield "SCH-015", (), False, {**field, "value": "", "description": ""}


def _of(schemas: Schemas, kind: str, error: ValidationError) -> Iterator[Fault]:
    keyword = str(error.validator)
    if keyword in {"anyOf", "oneOf"} and error.context:
        meant = _meant(error.context)
        if any(len(inner.absolute_path) > len(error.absolute_path) for inner in meant):
            for inner in meant:
                yield from _of(schemas, kind, inner)
            return
    pointer: Pointer = tuple(error.absolute_path)
    handler = HANDLERS.get(keyword, other)
    for code, place, is_key, values in handler(schemas, kind, error):
        yield code, place, is_key, {"field": field_name(schemas, kind, pointer), **values}


def _meant(context: Iterable[ValidationError]) -> list[ValidationError]:
    """What is wrong by the one option whose type fits; nothing where several fit, or none."""
    by_option: dict[object, list[ValidationError]] = {}
    for error in context:
        by_option.setdefault(error.schema_path[0], []).append(error)
    fitting = [
        errors
        for errors in by_option.values()
        if not any(error.validator == "type" and not error.path for error in errors)
    ]
    return fitting[0] if len(fitting) == 1 else []
