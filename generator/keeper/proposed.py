"""What a change of the governance files proposes: their versions, and whether they may follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.keeper.rules import POLICY, ROLES
from generator.review.policy import read_policy
from generator.review.roles import Roles, read_roles

__all__ = ["proposed_of"]


def proposed_of(
    items: Iterable[Mapping[str, Any]], files: Mapping[str, bytes], held: Roles, now: bytes
) -> dict[str, Any] | None:
    """The facts' `proposed`; None where no governance file changes.

    Shapes: `files` are both files as they would stand after the change, by path; one that is gone
        is absent. `held` and `now` are the roles in force and the policy in force (its bytes).
    """
    touched = {item["path"] for item in items}
    if not any(path.startswith("content/governance/") for path in touched):
        return None
    problems: set[str] = set()
    roles, wrong = read_roles(files.get(ROLES, b""))
    policy, faults = read_policy(files.get(POLICY, b""))
    problems |= {fault.code for fault in (*wrong, *faults)}
    if roles is not None and _lost(held.data, roles.data):
        problems.add("roles_invalid")
    old, _ = read_policy(now)
    if policy is not None and old is not None and policy.repository != old.repository:
        problems.add("policy_unreadable")  # it enters every subject, and never changes
    return {
        "roles_version": roles.version if roles is not None else 0,
        "policy_version": policy.version if policy is not None else 0,
        "problems": sorted(problems),
    }


def _lost(held: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The recorded rows that are gone, or changed in anything but `to`; and people who are gone."""
    found = []
    for name in ("appointments", "delegations"):
        rows = {row["id"]: row for row in new[name]}
        for row in held[name]:
            other = rows.get(row["id"])
            if other is None or {**other, "to": None} != {**row, "to": None}:
                found.append(row["id"])
    people = {one["id"] for one in new["people"]}
    return found + [one["id"] for one in held["people"] if one["id"] not in people]
