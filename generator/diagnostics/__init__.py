"""Findings about the content, as data: where, which code, and the values its sentence names.

The sentences themselves stand in `generator/messages/`, keyed by code, one catalogue a language,
so that a finding can be compared, counted and shown in another language without being found again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Diagnostic", "Place"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a file of the repository; line and column count from 1, as editors do."""

    path: str  # from the repository root, with forward slashes
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about the content, complete enough to act on without opening the code."""

    code: str  # "DUE-017": a family, and a number that is never given twice
    place: Place
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)  # what the sentences name

    @property
    def order(self) -> tuple[Place, str, str]:
        """The sort key of a report: by path, line, column, code, then by what is said."""
        return self.place, self.code, repr(sorted(self.values.items()))
