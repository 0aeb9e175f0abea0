"""Governance files that a change would bring, beside those in force → `proposed` of the facts.

What a file is by itself is asked in `policy.py` and `roles.py`; here stands what it may not do to
the one before it: history is never rewritten, for old approvals are judged by it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from generator.review.policy import Policy, read_policy
from generator.review.roles import Roles, read_roles

__all__ = ["proposal", "rewritten"]

_ROWS = ("appointments", "delegations", "absences")


def proposal(
    *,
    roles: bytes,
    policy: bytes,
    new_roles: bytes | None,
    new_policy: bytes | None,
    recorded: Container[str],
) -> dict[str, Any]:
    """What the facts say of the two files after the change.

    Shapes: `new_…` None where the change deletes the file; `recorded` the row ids that the ledger
        has seen; the result as `proposed` in schemas/review/facts.schema.json, its versions 0
        where a file cannot be read.
    """
    problems: set[str] = set()
    read, faults = read_roles(new_roles or b"")
    problems |= {fault.code for fault in faults}
    asked, wrong = read_policy(new_policy or b"")
    problems |= {fault.code for fault in wrong}
    before, _ = read_roles(roles)
    if before is not None and read is not None and any(rewritten(before, read, recorded)):
        problems.add("roles_invalid")
    in_force, _ = read_policy(policy)
    if _renamed(in_force, asked):
        problems.add("policy_unreadable")
    return {
        "roles_version": read.version if read else 0,
        "policy_version": asked.version if asked else 0,
        "problems": sorted(problems),
    }


def _renamed(before: Policy | None, after: Policy | None) -> bool:
    """Whether the repository's name changed, which every subject and signature holds."""
    return before is not None and after is not None and before.repository != after.repository


def rewritten(before: Roles, after: Roles, recorded: Container[str]) -> Iterator[str]:
    """What the later file changed of what may only be added to, in Chinese."""
    for key, what in (("people", "人员"), ("units", "单位")):
        kept = {row["id"] for row in after.data[key]}
        for row in before.data[key]:
            if row["id"] not in kept:
                yield f"{what} {row['id']} 被删去"
    for account, person in before.persons.items():
        if after.persons.get(account, person) != person:
            yield f"账号 {account[1]} 从 {person} 改到了 {after.persons[account]} 名下"
    for key in _ROWS:
        now = {row["id"]: row for row in after.data[key]}
        for row in before.data[key]:
            if row["id"] not in recorded:
                continue
            if row["id"] not in now:
                yield f"登记过的 {row['id']} 被删去"
            elif _fixed(now[row["id"]]) != _fixed(row):
                yield f"登记过的 {row['id']} 除结束日期外有改动"


def _fixed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "to"}
