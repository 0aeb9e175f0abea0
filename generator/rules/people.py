"""Who is who in `content/governance/roles.yml`: ids, accounts, keys, names that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.load import Pointer
from generator.model import Roles

__all__ = [
    "account_twice",
    "id_twice",
    "key_twice",
    "path_of_two_units",
    "term_without_a_day",
    "unknown_person",
    "unknown_unit",
]

_OF_ONE_ROW = (("people",), ("units",), ("appointments", "absences", "delegations"))
_WITH_TERMS = ("appointments", "absences", "delegations")
_PERSONS = (
    ("appointments", "person"),
    ("absences", "person"),
    ("delegations", "from_person"),
    ("delegations", "to_person"),
)


def _rows(roles: Roles, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    yield from enumerate(roles.data[key])


def id_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """An id given twice: of a person, of a unit, or among appointments, absences, delegations."""
    for roles in corpus.common(Roles):
        for keys in _OF_ONE_ROW:
            first: dict[str, tuple[str, int]] = {}
            rows = ((name, *row) for name in keys for row in _rows(roles, name))
            for key, index, row in rows:
                if first.setdefault(row["id"], (key, index)) != (key, index):
                    yield roles.finding("ROL-001", key, index, "id", id=row["id"])


def account_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """An account of two persons: then nobody knows who approved."""
    for roles in corpus.common(Roles):
        first: dict[tuple[str, str], str] = {}
        for index, person in _rows(roles, "people"):
            for at, account in enumerate(person["accounts"]):
                name = account["forge"], account["id"]
                if name in first:
                    pointer: Pointer = ("people", index, "accounts", at, "id")
                    values = {"account": account["id"], "other": first[name]}
                    yield roles.finding("ROL-002", *pointer, **values)
                first.setdefault(name, person["id"])


def key_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """A key given twice, by its fingerprint or by itself."""
    for roles in corpus.common(Roles):
        first: dict[str, str] = {}
        for index, person in _rows(roles, "people"):
            for at, key in enumerate(person["keys"]):
                names = {key["fingerprint"], key["public"]}
                others = [first[name] for name in sorted(names) if name in first]
                if others:
                    pointer: Pointer = ("people", index, "keys", at, "fingerprint")
                    yield roles.finding("ROL-003", *pointer, other=others[0])
                for name in names:
                    first.setdefault(name, person["id"])


def unknown_person(corpus: Corpus) -> Iterator[Diagnostic]:
    """An appointment, absence or delegation of a person who is not in the list."""
    for roles in corpus.common(Roles):
        known = {person["id"] for person in roles.people}
        for key, field in _PERSONS:
            for index, row in _rows(roles, key):
                if row[field] not in known:
                    yield roles.finding("ROL-004", key, index, field, person=row[field])


def unknown_unit(corpus: Corpus) -> Iterator[Diagnostic]:
    """An appointment or delegation in, or a unit below, one that the list of units lacks."""
    for roles in corpus.common(Roles):
        known = {unit["id"] for unit in roles.data["units"]} | {None}
        for key, field in (("units", "parent"), ("appointments", "unit"), ("delegations", "unit")):
            for index, row in _rows(roles, key):
                if row[field] not in known:
                    yield roles.finding("ROL-005", key, index, field, unit=row[field])


def term_without_a_day(corpus: Corpus) -> Iterator[Diagnostic]:
    """A term that ends on or before the day it begins: its last day is not counted."""
    for roles in corpus.common(Roles):
        for key in _WITH_TERMS:
            for index, row in _rows(roles, key):
                if row["to"] is not None and row["to"] <= row["from"]:
                    values = {"start": row["from"], "end": row["to"]}
                    yield roles.finding("ROL-006", key, index, "to", **values)


def path_of_two_units(corpus: Corpus) -> Iterator[Diagnostic]:
    """A further path of a unit that lies in another's folder, or that another has, too."""
    for roles in corpus.common(Roles):
        folders = {f"content/units/{unit['id']}/": unit["id"] for unit in roles.data["units"]}
        taken: dict[str, str] = {}
        for index, unit in _rows(roles, "units"):
            for at, path in enumerate(unit.get("paths", ())):
                folder = "/".join(path.split("/")[:3]) + "/"
                owner = folders.get(folder, taken.get(path, unit["id"]))
                taken.setdefault(path, unit["id"])
                if owner != unit["id"]:
                    values = {"path": path, "other": owner}
                    yield roles.finding("ROL-007", "units", index, "paths", at, **values)
