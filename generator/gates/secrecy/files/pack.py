"""The packs `files.yml` and `limits.yml`: what is said of attachments, and how far readers go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Row", "Words", "limit", "row", "words"]

_PACKS = Path(__file__).parents[2] / "packs" / "secrecy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is said of one kind of fault."""

    name: str
    severity: str  # "" where it is told only with a match
    message: str
    proposal: str
    source: str
    mark: str
    id: str = ""
    matched: str = ""  # the severity where the text at its place has an error
    private: bool = False  # whether what was found is masked


@dataclass(frozen=True, slots=True)
class Words:
    """The words and patterns that readers of attachments look for."""

    nobody: re.Pattern[str]
    marks: re.Pattern[str]
    properties: Mapping[str, re.Pattern[str]]
    raised: frozenset[str]
    inner: re.Pattern[str]
    path: re.Pattern[str]
    homes: re.Pattern[str]
    slips: re.Pattern[str]
    certificates: re.Pattern[str]
    fields: tuple[str, ...]
    surnames: frozenset[str]


@cache
def _written() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((_PACKS / "files.yml").read_text("utf-8"))
    return found


@cache
def _rows() -> Mapping[str, Row]:
    return {one["name"]: Row(**one) for one in _written()["rows"]}


def row(name: str) -> Row:
    """The row of a kind of fault."""
    return _rows()[name]


@cache
def words() -> Words:
    """Everything in `files.yml` that is no row, compiled."""
    written = _written()
    return Words(
        nobody=re.compile(written["nobody"]),
        marks=re.compile("|".join(written["marks"]), re.MULTILINE),
        properties={
            name: re.compile(f"(?i){text}") for name, text in written["properties"].items()
        },
        raised=frozenset(written["raised"]),
        inner=re.compile(written["inner"]),
        path=re.compile(written["path"]),
        homes=re.compile(written["homes"]),
        slips=re.compile("|".join(written["slips"])),
        certificates=re.compile(written["certificates"]["names"]),
        fields=tuple(written["certificates"]["fields"]),
        surnames=frozenset(written["surnames"]),
    )


@cache
def _limits() -> Mapping[str, int]:
    text = (_PACKS / "limits.yml").read_text("utf-8")
    return {name: one["value"] for name, one in yaml.safe_load(text).items()}


def limit(name: str) -> int:
    """How far a reader goes: the value of a row of `limits.yml`."""
    return _limits()[name]
