"""What the ledger says, at one size of it: the state that folding its entries gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = ["ChangeSeen", "Hold", "KeySpan", "PathState", "Seen", "State", "ledger_facts"]

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeySpan:
    """A key and the positions at which it may sign: from the first, up to but not the last."""

    role: str  # gatekeeper | root | person
    public: str
    from_seq: int
    to_seq: int | None = None
    revoked_from: int | None = None
    person: str = ""

    def holds_at(self, seq: int) -> bool:
        """Whether an entry at this position may be signed with it, as it stood then."""
        return self.from_seq <= seq and (self.to_seq is None or seq < self.to_seq)


@dataclass(frozen=True, slots=True)
class PathState:
    """What is approved for a path. `seq` set the status, `approved` named the blob."""

    git: str
    sha256: str
    size: int
    mode: str
    status: str  # published | removed | held | taken_down
    seq: int
    approved: int
    kind: str  # content | site | governance
    unit: str = ""
    change: str = ""
    held_by: str | None = None
    publishes_at: str | None = None
    expires_at: str | None = None

    @property
    def is_there(self) -> bool:
        """Whether trunk must have the file."""
        return self.status != "removed"

    @property
    def is_down(self) -> bool:
        """Whether a takedown keeps it from the public."""
        return self.status in ("held", "taken_down")


@dataclass(frozen=True, slots=True)
class Seen:
    """An act as first and as last observed."""

    first: int
    last: int
    act: Json


@dataclass(slots=True)
class ChangeSeen:
    """What the ledger holds of one change."""

    acts: dict[str, Seen] = field(default_factory=dict)
    gates: list[tuple[int, Json]] = field(default_factory=list)
    offers: dict[str, str] = field(default_factory=dict)  # token → subject
    verdict: int = 0  # the newest
    verdict_body: Json | None = None

    def copied(self) -> ChangeSeen:
        """The same, to be changed apart."""
        return replace(self, acts=dict(self.acts), gates=list(self.gates), offers=dict(self.offers))


@dataclass(frozen=True, slots=True)
class Hold:
    """A takedown as it stands."""

    seq: int
    at: int  # microseconds
    person: str
    paths: tuple[str, ...]
    asked: int
    ratified: int | None = None


@dataclass(slots=True)
class State:
    """The ledger at size `size`; `head` is the digest of its last entry."""

    size: int = 0
    head: str = ""
    at: str = ""
    repository: str = ""
    threshold: int = 0
    parts: int = 0  # of the genesis
    trunk: str = ""  # the last admitted commit
    roles_version: int = 0
    policy_version: int = 0
    roles: Json = field(default_factory=dict)  # git, sha256
    policy: Json = field(default_factory=dict)
    rules: list[tuple[int, Json, Json]] = field(default_factory=list)  # from seq: roles, policy
    keys: dict[str, KeySpan] = field(default_factory=dict)
    recorded: dict[str, int] = field(default_factory=dict)
    offers: dict[str, tuple[int, str, str]] = field(default_factory=dict)  # seq, change, subject
    changes: dict[str, ChangeSeen] = field(default_factory=dict)
    verdicts: dict[int, tuple[str, str | None, str, str]] = field(default_factory=dict)
    consumed: dict[str, int] = field(default_factory=dict)  # subject → publish
    commits: dict[str, int] = field(default_factory=dict)  # trunk's, judged: → entry
    evidence: dict[int, tuple[int, ...]] = field(default_factory=dict)  # publish → what it rests on
    heads: list[str] = field(default_factory=list)  # digest of each entry, by seq - 1
    signers: list[tuple[str, ...]] = field(default_factory=list)  # by seq - 1
    paths: dict[str, PathState] = field(default_factory=dict)
    holds: dict[int, Hold] = field(default_factory=dict)
    releases: list[tuple[int, Json]] = field(default_factory=list)
    expunged: dict[str, int] = field(default_factory=dict)  # blob → entry

    def gatekeepers(self, seq: int) -> dict[str, str]:
        """The keys that may sign an ordinary entry at a position: fingerprint → public key."""
        return self._signing("gatekeeper", seq)

    def roots(self, seq: int) -> dict[str, str]:
        """The root keys at a position."""
        return self._signing("root", seq)

    def _signing(self, role: str, seq: int) -> dict[str, str]:
        found = self.keys.items()
        return {fp: key.public for fp, key in found if key.role == role and key.holds_at(seq)}

    def suspect(self, seq: int) -> bool:
        """Whether a publication rests on an entry under a key that was revoked from before it."""
        return any(
            (start := self.keys[signer].revoked_from) is not None and start <= used
            for used in self.evidence.get(seq, (seq,))
            for signer in self.signers[used - 1]
        )

    def suspects(self) -> list[str]:
        """The paths that need review again because a key was revoked."""
        if not any(key.revoked_from is not None for key in self.keys.values()):
            return []
        return sorted(p for p, found in self.paths.items() if self.suspect(found.approved))

    def live(self) -> dict[str, PathState]:
        """The paths that a site may be built from."""
        return {path: found for path, found in self.paths.items() if found.status == "published"}


def ledger_facts(state: State, change: str, paths: Iterable[str], subject: str | None) -> Json:
    """The `ledger` part of the facts of a change: what its judge must know of the ledger.

    Shapes: `paths` are those of its items; `subject` is None where it is not known yet.
    """
    seen = state.changes.get(change, ChangeSeen())
    found = {path: state.paths[path] for path in sorted(paths) if path in state.paths}
    return {
        "size": state.size,
        "roles_version": state.roles_version,
        "policy_version": state.policy_version,
        "subject_consumed": subject in state.consumed,
        "offers": dict(seen.offers),
        "recorded": dict(state.recorded),
        "keys": {
            fingerprint: {"from_seq": key.from_seq, "to_seq": key.to_seq}
            for fingerprint, key in state.keys.items()
            if key.role == "person"
        },
        "state": {
            path: {"git": one.git, "status": one.status, "seq": one.seq, "held_by": one.held_by}
            for path, one in found.items()
        },
    }
