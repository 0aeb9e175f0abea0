"""Findings as plain rows, as they travel between processes and lie in a cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, Place

__all__ = ["Row", "as_findings", "as_rows"]

Row = list[Any]  # code, path, line, column, values


def as_rows(findings: Iterable[Diagnostic]) -> list[Row]:
    """Each finding as code, path, line, column and values, all of them JSON's own types."""
    return [
        [f.code, f.place.path, f.place.line, f.place.column, _plain(f.values)] for f in findings
    ]


def as_findings(rows: Iterable[Sequence[Any]]) -> list[Diagnostic]:
    """The findings of rows."""
    return [
        Diagnostic(code, Place(path, line, column), values)
        for code, path, line, column, values in rows
    ]


def _plain(value: Any) -> Any:
    """A value as JSON gives it back: a finding says the same whether kept or new."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(inner) for inner in value]
    return value
