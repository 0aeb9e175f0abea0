"""What a gate may know of the repository: its leaders, units and divisions, and what it lets pass.

Taken from trunk's files, never from the change under review: a change cannot bring its own
excuse. Only the files that `is_known` names are asked for, so a large group costs no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from generator.load import read_yaml

__all__ = ["Allowed", "Known", "Leader", "Unit", "is_known", "known_of", "public_form"]

_WANTED = re.compile(
    r"content/(?:units/[^/]+/(?:leaders/[^/]+|unit|wording-allowed)|reference/divisions)\.yml"
)
_PUBLIC = ("phones", "mails", "accounts")


@dataclass(frozen=True, slots=True)
class Leader:
    """A person of a leader list; `start` and `end` bound the post that is given."""

    name: str
    post: str
    order: int
    unit: str
    start: date | None
    end: date | None

    def holds(self, day: date | None) -> bool:
        """Whether the post is held on a day; on an unknown day, whether it is not over."""
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's names and how to reach it."""

    id: str
    name: str
    short_name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """A row of an allow-list: this text may stand for this rule, until a day, in a unit's pages."""

    unit: str
    text: str
    rule: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the repository, and the digest of it all."""

    leaders: tuple[Leader, ...] = ()
    units: tuple[Unit, ...] = ()
    divisions: tuple[tuple[str, str], ...] = ()  # (name, name of the one above; empty at the top)
    allowed: tuple[Allowed, ...] = ()
    public: frozenset[str] = frozenset()  # numbers and mailboxes that units have declared public
    digest: str = ""


def is_known(path: str) -> bool:
    """Whether `known_of` reads the file at a path."""
    return _WANTED.fullmatch(path) is not None


def known_of(files: Iterable[tuple[str, bytes]]) -> Known:
    """What the files say, in path order; one that cannot be read says nothing, and allows nothing.

    files: path and bytes of each file that `is_known` names, others are passed over
    """
    leaders: list[Leader] = []
    units: list[Unit] = []
    divisions: list[tuple[str, str]] = []
    allowed: list[Allowed] = []
    public: set[str] = set()
    seen = sha256()
    for path, data in sorted(files):
        if not is_known(path):
            continue
        seen.update(f"{path}\0{len(data)}\0".encode())
        seen.update(data)
        value = read_yaml(data.decode("utf-8", "replace")).value
        if not isinstance(value, Mapping):
            continue
        unit = path.split("/")[2]
        if "/leaders/" in path:
            leaders.append(_leader(unit, value))
        elif path.endswith("/unit.yml"):
            words = [_word(value, key) for key in ("name", "shortName", "phone", "address")]
            units.append(Unit(unit, *words))
            public |= {said for key in _PUBLIC for said in _declared(_rows(value, key))}
        elif path.endswith("/wording-allowed.yml"):
            allowed += [_allowed(unit, row) for row in _rows(value, "rows")]
        else:
            divisions += _divisions(_rows(value, "divisions"))
    leaders.sort(key=lambda leader: (leader.unit, leader.order, leader.name))
    kept = tuple(row for row in allowed if row.text and row.rule)
    return Known(
        tuple(leaders), tuple(units), tuple(divisions), kept, frozenset(public), seen.hexdigest()
    )


def public_form(text: str) -> str:
    """How a number or a mailbox that a unit has declared public is compared.

    >>> public_form("+86 138-0013-8000")
    '13800138000'
    """
    if "@" in text:
        return text.strip().lower()
    plain = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    return re.sub(r"^(?:00)?86(?=1[0-9]{10}$)", "", plain)


def _declared(rows: list[Mapping[str, Any]]) -> list[str]:
    """What rows declare public; without reason or day, one declares nothing."""
    return [
        public_form(_word(row, "value"))
        for row in rows
        if row.get("public") is True and _word(row, "reason") and _day(row, "date") is not None
    ]


def _rows(value: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = value.get(key)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _word(value: Mapping[str, Any], key: str) -> str:
    said = value.get(key)
    return said.strip() if isinstance(said, str) else ""


def _day(value: Mapping[str, Any], key: str) -> date | None:
    try:
        return date.fromisoformat(_word(value, key)[:10])
    except ValueError:
        return None


def _leader(unit: str, value: Mapping[str, Any]) -> Leader:
    order = value.get("order")
    name = re.sub(r"[（(].*", "", _word(value, "name"))
    return Leader(
        name,
        _word(value, "post"),
        order if isinstance(order, int) else 0,
        unit,
        _day(value, "appointedAt"),
        _day(value, "leftAt"),
    )


def _allowed(unit: str, row: Mapping[str, Any]) -> Allowed:
    """A row without reason or name, or with a day that is none, allows nothing."""
    until = _day(row, "until")
    whole = all(_word(row, key) for key in ("reason", "by")) and until is not None
    return Allowed(unit, _word(row, "text") if whole else "", _word(row, "rule"), until)


def _divisions(rows: list[Mapping[str, Any]]) -> list[tuple[str, str]]:
    names = {_word(row, "id"): _word(row, "name") for row in rows}
    return [(_word(row, "name"), names.get(_word(row, "parent"), "")) for row in rows]
