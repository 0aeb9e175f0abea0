"""Documents → diagnostics, by `schemas/`: shape only, said once, in a clerk's words."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.load import Document, Pointer
from generator.schema.store import Schemas
from generator.schema.tables import bound

__all__ = ["Schemas", "bound", "shape_findings"]


def shape_findings(document: Document, schemas: Schemas) -> list[Diagnostic]:
    """Where the document is not what its kind's schema says; empty for a well-formed one."""
    kind = document.kind.name
    if schemas.is_valid(kind, document.value):
        return []
    from generator.schema.sentences import faults

    return [
        Diagnostic(code, document.place(pointer, key=is_key), values)
        for code, pointer, is_key, values in faults(schemas, kind, document.value)
        if not (code == "SCH-001" and _is_said_of_the_header(document, pointer, values["name"]))
    ]


def _is_said_of_the_header(document: Document, pointer: Pointer, name: str) -> bool:
    """Whether every row of a table lacks the column, of which `bound` has spoken once."""
    table = document.table
    return table is not None and pointer[:1] == ("rows",) and name not in table.header
