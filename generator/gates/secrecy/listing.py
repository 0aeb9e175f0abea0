"""What `packs/secrecy/lists.yml` says of lists of persons, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Forbidden", "expression", "forbidden", "kinds", "note"]

_FILE = Path(__file__).parents[1] / "packs" / "secrecy" / "lists.yml"


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A column that a list on the web does not have (H1)."""

    name: str
    header: re.Pattern[str]
    title: re.Pattern[str] | None  # only in texts whose title it occurs in
    cell: re.Pattern[str] | None  # only cells that it occurs in
    contacts: bool  # also where the persons of the list are only contacts
    spared: bool  # not where the list is of offices or firms


@cache
def _pack() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return found


@cache
def expression(name: str) -> re.Pattern[str]:
    """One expression of the pack, by its key; `any_header` is all that speak of columns."""
    pack = _pack()
    if name == "any_header":
        parts = [*pack["columns"].values(), *(row["header"] for row in pack["forbidden"])]
        return re.compile("|".join([*parts, "序号", pack["school"], pack["needless"]]))
    written = pack["columns"].get(name) or pack[name]
    return re.compile(written)


@cache
def forbidden() -> tuple[Forbidden, ...]:
    """The columns of H1."""
    return tuple(
        Forbidden(
            row["name"],
            re.compile(row["header"]),
            re.compile(row["title"]) if "title" in row else None,
            re.compile(row["cell"]) if "cell" in row else None,
            row.get("contacts", False),
            row.get("spared", False),
        )
        for row in _pack()["forbidden"]
    )


@cache
def kinds(name: str) -> frozenset[str]:
    """A set of kinds of record, by its key."""
    return frozenset(_pack()[name])


def note(name: str) -> str:
    """A sentence for the clerk that more than one rule needs."""
    found: str = _pack()["notes"][name]
    return found
