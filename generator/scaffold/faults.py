"""What the schema has against an answer, in the words that the check would use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.diagnostics import Diagnostic, Place
from generator.diagnostics.catalogue import hint, message
from generator.load import Pointer
from generator.schema import Schemas
from generator.schema.sentences import faults

__all__ = ["Fault", "of_record", "of_value"]

_MISSING = {"SCH-001", "SCH-010"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a record in the making."""

    pointer: Pointer  # of the value, or of the field that is missing
    missing: bool
    when: str  # for a field that is missing only in this case: the case, in a sentence
    sentence: str


def of_record(schemas: Schemas, kind: str, record: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything that keeps the record from being one of its kind."""
    for code, pointer, _, values in faults(schemas, kind, record):
        missing = code in _MISSING
        said = Diagnostic(code, Place(""), values)
        yield Fault(
            pointer=(*pointer, values["name"]) if missing else pointer,
            missing=missing,
            when=values.get("when", ""),
            sentence=f"{message(said, 'zh')}。{hint(said, 'zh')}",
        )


def of_value(schemas: Schemas, kind: str, pointer: Pointer, value: object) -> str:
    """What is wrong with one value, whatever the rest of the record will be; empty if nothing."""
    place = tuple(0 if isinstance(part, int) else part for part in pointer)
    record: Any = value
    for part in reversed(place):
        record = [record] if isinstance(part, int) else {part: record}
    for fault in of_record(schemas, kind, record):
        if not fault.missing and fault.pointer[: len(place)] == place:
            return fault.sentence
    return ""
