"""CSV rows → typed rows: header words become keys, cells become what the row's schema says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.diagnostics import Diagnostic, Place
from generator.load import Document, Table
from generator.schema.store import Schemas

__all__ = ["bound"]


def bound(document: Document, schemas: Schemas) -> tuple[Document, list[Diagnostic]]:
    """The document with its CSV rows keyed and typed by the schema; others as they are.

    A header word may be a property's Chinese title or its key. An unknown word is a finding and
    its cells are left out; a line without any known word is no header, and no row is read. An
    empty cell is an absent value. A cell that does not read as its type stays text, which the
    schema then refuses at that cell.
    """
    if document.table is None:
        return document, []
    table = document.table
    row_schema = schemas.at(document.kind.name, ("rows", 0))
    properties = {
        name: schemas.at(document.kind.name, ("rows", 0, name))
        for name in row_schema.get("properties", {})
    }
    items = {name: schemas.at(document.kind.name, ("rows", 0, name, 0)) for name in properties}
    by_title = {schema.get("title", name): name for name, schema in properties.items()}
    keys = {word: word if word in properties else by_title.get(word, "") for word in table.header}
    if not any(keys.values()):
        found = Diagnostic("SCH-022", Place(table.path), {"known": list(by_title)})
        return document.holding({**document.value, "rows": []}, table), [found]
    findings = list(_header_faults(table, keys, properties, row_schema.get("required", [])))
    rows = [
        {
            keys[word]: _typed(cell, properties[keys[word]], items[keys[word]])
            for word, cell in zip(table.header, row, strict=False)
            if keys[word] and cell
        }
        for row in table.rows
    ]
    header = tuple(keys[word] or word for word in table.header)
    value = {**document.value, "rows": rows}
    return document.holding(value, replace(table, header=header)), findings


def _header_faults(
    table: Table,
    keys: Mapping[str, str],
    properties: Mapping[str, Mapping[str, Any]],
    required: Sequence[str],
) -> Iterator[Diagnostic]:
    """Words that name no column, columns named twice, and columns that must not be missing.

    A word near to a missing column is taken for it, so that one slip is told once.
    """
    from difflib import get_close_matches

    place = Place(table.path)
    absent = {
        str(schema.get("title", name)): name
        for name, schema in properties.items()
        if name not in keys.values()
    }
    meant: set[str] = set()
    for word, key in keys.items():
        if key and [*keys.values()].count(key) > 1 and key == word:
            yield Diagnostic("SRC-041", place, {"name": word})
        if key:
            continue
        near = [title for title in absent if title in word] or get_close_matches(word, absent, 1)
        meant.update(absent[title] for title in near[:1])
        known = near[:1] or list(absent)
        yield Diagnostic("SCH-020", place, {"name": word or "（空）", "known": known})
    for title, name in absent.items():
        if name in required and name not in meant:
            yield Diagnostic("SCH-021", place, {"title": title})


_BOOLEANS = {"是": True, "否": False, "true": True, "false": False}
_NUMBER = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(\.[0-9]{1,15})?")


def _typed(cell: str, schema: Mapping[str, Any], item: Mapping[str, Any]) -> Any:
    wanted = schema.get("type")
    if wanted == "boolean":
        return _BOOLEANS.get(cell.lower(), cell)
    if wanted in {"integer", "number"}:
        number = _NUMBER.fullmatch(cell)
        if number is None or (wanted == "integer" and number[1]):
            return cell
        return float(cell.replace(",", "")) if number[1] else int(cell.replace(",", ""))
    if wanted == "array":
        parts = (part.strip() for part in cell.replace("；", ";").split(";"))
        return [_typed(part, item, {}) for part in parts if part]
    if "enum" in schema:
        labels = {label: code for code, label in schema.get("x-labels", {}).items()}
        code = labels.get(cell, cell)
        return next((option for option in schema["enum"] if str(option) == code), cell)
    return cell
