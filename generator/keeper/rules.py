"""The governance files that the ledger holds good: read by blob, hashed again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.review.ledger import LedgerError
from generator.review.ledger_state import State
from generator.review.policy import Policy, read_policy
from generator.review.roles import Roles, read_roles
from generator.tree.raw import Objects

__all__ = ["PolicyFile", "RolesFile", "blob_of", "policy_body", "rules_at", "rules_of"]

ROLES = "content/governance/roles.yml"
POLICY = "content/governance/policy.yml"


@dataclass(frozen=True, slots=True)
class RolesFile:
    """The roles, and the bytes that they were read from."""

    data: bytes
    roles: Roles


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """The policy, and the bytes that it was read from."""

    data: bytes
    policy: Policy

    @property
    def target(self) -> str:
        """The branch that the policy rules."""
        return self.policy.target


def blob_of(objects: Objects, row: Mapping[str, Any]) -> bytes:
    """The bytes of a blob that an entry names by both digests.

    Errors: MissingObjectError; Differs; LedgerError where the SHA-256 disagrees.
    """
    data = next(iter(objects.objects([row["git"]])))
    if hashlib.sha256(data).hexdigest() != row["sha256"]:
        raise LedgerError(0, f"对象 {row['git']} 的 SHA-256 不符", "bytes_differ")
    return data


def rules_of(
    objects: Objects, roles: Mapping[str, Any], policy: Mapping[str, Any]
) -> tuple[RolesFile, PolicyFile]:
    """The two files that entries name. Errors: as for `blob_of`; LedgerError for a bad file."""
    texts = blob_of(objects, roles), blob_of(objects, policy)
    (held, wrong), (ruled, faults) = read_roles(texts[0]), read_policy(texts[1])
    if held is None or ruled is None:
        raise LedgerError(0, f"审核规则读不懂：{[*wrong, *faults][0].text}")
    return RolesFile(texts[0], held), PolicyFile(texts[1], ruled)


def rules_at(objects: Objects, state: State) -> tuple[RolesFile, PolicyFile]:
    """The two files in force. Errors: as for `rules_of`."""
    return rules_of(objects, state.roles, state.policy)


def policy_body(
    objects: Objects, state: State, published: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The `policy` entry that a publication of kind governance calls for; None: it calls for none.

    Errors: as for `rules_of`.
    """
    items = {item["path"]: item for item in published["items"]}
    found = {}
    for path, known in ((ROLES, state.roles), (POLICY, state.policy)):
        item = items.get(path, known)
        found[path] = {"git": item["git"], "sha256": item["sha256"]}
    if found == {ROLES: state.roles, POLICY: state.policy}:
        return None
    roles, policy = rules_of(objects, found[ROLES], found[POLICY])
    return first_rules(
        state, roles, policy, found, change=published["change"], subject=published["subject"]
    )


def first_rules(
    state: State,
    roles: RolesFile,
    policy: PolicyFile,
    blobs: Mapping[str, Mapping[str, Any]],
    change: str | None = None,
    subject: str | None = None,
) -> dict[str, Any]:
    """The body of a `policy` entry: versions and blobs, rows and keys that the ledger lacks."""
    rows = [row.id for row in (*roles.roles.appointments, *roles.roles.delegations)]
    keys = {key: one.id for one in roles.roles.people.values() for key in one.keys}
    current = {fp for fp, key in state.keys.items() if key.role == "person" and not key.to_seq}
    return {
        "change": change, "subject": subject,
        "roles_version": roles.roles.version, "policy_version": policy.policy.version,
        "roles": dict(blobs[ROLES]), "policy": dict(blobs[POLICY]),
        "rows": sorted(row for row in rows if row not in state.recorded),
        "keys": [
            {"fingerprint": key, "person": person}
            for key, person in sorted(keys.items())
            if key not in state.keys
        ],
        "keys_gone": sorted(current - keys.keys()),
    }  # fmt: skip
