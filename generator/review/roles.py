"""`roles.yml` as the gate takes it: bytes → who holds what, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from generator.review.rules_file import RulesFault, opened
from generator.review.shapes import breaches, pointer_text

__all__ = ["Account", "Person", "Roles", "Row", "Unit", "read_roles"]

Account = tuple[str, str]  # forge, numeric id


@dataclass(frozen=True, slots=True)
class Person:
    """One of `people`; `keys` are fingerprints."""

    id: str
    name: str
    logins: Mapping[Account, str]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unit:
    """One of `units`."""

    id: str
    name: str
    parent: str | None
    paths: tuple[str, ...]

    @property
    def folder(self) -> str:
        return f"content/units/{self.id}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An appointment, a delegation (`giver` is set) or an absence (`role` is empty)."""

    id: str
    person: str
    role: str
    unit: str
    rank: int
    start: str
    end: str | None
    giver: str | None = None
    max_class: str | None = None


@dataclass(frozen=True, kw_only=True)
class Roles:
    """The whole file; `data` is what it was read from."""

    version: int
    people: Mapping[str, Person]
    units: Mapping[str, Unit]
    appointments: tuple[Row, ...]
    delegations: tuple[Row, ...]
    absences: tuple[Row, ...]
    data: Mapping[str, Any]
    persons: Mapping[Account, str] = field(default_factory=dict)
    logins: frozenset[tuple[str, str]] = frozenset()  # forge, login

    def above(self, unit: str) -> tuple[str, ...]:
        """A unit and all above it, the unit itself first."""
        found: list[str] = []
        at: str | None = unit
        while at is not None and at in self.units and at not in found:
            found.append(at)
            at = self.units[at].parent
        return tuple(found)


@lru_cache(maxsize=16)
def read_roles(data: bytes) -> tuple[Roles | None, tuple[RulesFault, ...]]:
    """The roles, and nothing; or None, and every fault of the file, each `roles_invalid`."""
    from generator.review.roles_faults import faults

    value, unread = opened(data, "roles_invalid")
    if unread:
        return None, unread
    texts = [
        f"{pointer_text(place) or '整个文件'} 不合格式" for place, _ in breaches("roles", value)
    ]
    if not texts:
        roles = _roles(value)
        texts = list(dict.fromkeys(faults(roles)))
        if not texts:
            return roles, ()
    return None, tuple(RulesFault("roles_invalid", text) for text in texts)


def _roles(value: Mapping[str, Any]) -> Roles:
    people = [
        Person(
            one["id"],
            one["name"],
            {(account["forge"], account["id"]): account["login"] for account in one["accounts"]},
            frozenset(key["fingerprint"] for key in one["keys"]),
        )
        for one in value["people"]
    ]
    return Roles(
        version=value["version"],
        people={person.id: person for person in people},
        units={
            one["id"]: Unit(one["id"], one["name"], one["parent"], tuple(one.get("paths", ())))
            for one in value["units"]
        },
        appointments=tuple(
            Row(
                id=one["id"],
                person=one["person"],
                role=one["role"],
                unit=one["unit"],
                rank=one.get("rank", 0),
                start=one["from"],
                end=one["to"],
            )
            for one in value["appointments"]
        ),
        delegations=tuple(
            Row(
                id=one["id"],
                person=one["to_person"],
                role=one["role"],
                unit=one["unit"],
                rank=one["rank"],
                start=one["from"],
                end=one["to"],
                giver=one["from_person"],
                max_class=one["max_class"],
            )
            for one in value["delegations"]
        ),
        absences=tuple(
            Row(
                id=one["id"],
                person=one["person"],
                role="",
                unit="",
                rank=0,
                start=one["from"],
                end=one["to"],
            )
            for one in value["absences"]
        ),
        data=value,
        persons={account: person.id for person in people for account in person.logins},
        logins=frozenset(
            (account[0], login) for person in people for account, login in person.logins.items()
        ),
    )
