"""Entries of a ledger made up for tests of the fold: right in form, signed by nobody."""

from __future__ import annotations

from typing import Any

from generator.review.ledger import GENESIS_PREV, Entry, draft, encode, parse

__all__ = ["AT", "DIGEST", "OID", "Chain", "key", "oid", "sha"]

AT = "2026-11-20T09:00:00+08:00"
OID = "a" * 40
DIGEST = "d" * 64
_SIGNATURE = "U1NI" * 40


def oid(sign: str) -> str:
    """A made-up name of a git object."""
    return sign * 40


def sha(sign: str) -> str:
    """A made-up SHA-256."""
    return sign * 64


def key(sign: str) -> dict[str, str]:
    """A made-up key: its fingerprint and its public part."""
    return {"fingerprint": "SHA256:" + sign * 43, "public": "ssh-ed25519 " + sign * 68}


class Chain:
    """Entries one after another, each given to `parse` as a reader would."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    @property
    def next(self) -> int:
        """The position of the entry that comes next."""
        return len(self.entries) + 1

    def add(
        self, kind: str, body: dict[str, Any], *signers: str, at: str = AT, **other: Any
    ) -> Entry:
        """Puts an entry at the end."""
        before = self.entries[-1].digest if self.entries else GENESIS_PREV
        unsigned = draft(self.next, before, at, kind, body) | other
        sigs = [
            {"fingerprint": key(name)["fingerprint"], "signature": _SIGNATURE}
            for name in signers or ("G",)
        ]
        entry = parse(encode(unsigned, sigs), unsigned["seq"])
        self.entries.append(entry)
        return entry

    def genesis(self, **changes: Any) -> Chain:
        """The first entry and the first rules: roots R, S, T, the gatekeeper G."""
        blobs = {
            "content/governance/roles.yml": ("1", "1"),
            "content/governance/policy.yml": ("2", "2"),
            "theme/main.html": ("3", "3"),
        }
        body = {
            "part": 1, "parts": 1, "repository": "gongkai-city",
            "roots": [key("R"), key("S"), key("T")], "threshold": 2, "gatekeeper": key("G"),
            "commit": oid("0"),
            "blobs": {
                path: {"git": oid(git), "mode": "100644", "sha256": sha(digest), "size": 1}
                for path, (git, digest) in blobs.items()
            },
        }  # fmt: skip
        self.add("genesis", body | changes, "R", "S")
        return self

    def policy(self, **changes: Any) -> Chain:
        """The rules of the genesis."""
        body = {
            "change": None, "subject": None, "roles_version": 17, "policy_version": 9,
            "roles": {"git": oid("1"), "sha256": sha("1")},
            "policy": {"git": oid("2"), "sha256": sha("2")},
            "rows": ["ap-101"], "keys": [{"fingerprint": key("P")["fingerprint"], "person": "p-1"}],
            "keys_gone": [],
        }  # fmt: skip
        self.add("policy", body | changes, "R", "S")
        return self

    def item(self, path: str = "content/units/tax/a.md", **changes: Any) -> dict[str, Any]:
        """An item as `publish` has it."""
        item = {
            "path": path, "op": "put", "mode": "100644", "git": oid("a"), "sha256": sha("a"),
            "size": 3, "base": None, "restore_of": None, "publishes_at": None, "expires_at": None,
        }  # fmt: skip
        return item | changes

    def verdict(self, change: str = "github:1", subject: str = DIGEST, **facts: Any) -> Entry:
        """A verdict that approves."""
        decision = facts.pop("decision", "approve")
        told = {"change": change, "head": oid("e")} | facts
        verdict = {"decision": decision, "subject": subject}
        return self.add("verdict", {"change": change, "facts": told, "verdict": verdict})

    def published(self, *items: dict[str, Any], **changes: Any) -> Entry:
        """A verdict and the publication that follows from it."""
        change = changes.setdefault("change", "github:1")
        subject = changes.setdefault("subject", DIGEST)
        seq = changes["verdict"] if "verdict" in changes else self.verdict(change, subject).seq
        body = {
            "kind": "content", "unit": "tax", "class": "A", "items": list(items) or [self.item()],
            "commit": sha(f"{self.next % 10}")[:40], "parent": oid("0"), "verdict": seq,
            "notes": [],
        }  # fmt: skip
        return self.add("publish", body | changes)

    def takedown(self, *paths: str, **changes: Any) -> Entry:
        """A takedown of published paths."""
        body = {
            "account": {"forge": "github", "id": "1"},
            "by": {"person": "p-31", "appointment": "ap-1", "delegation": None}, "second": None,
            "reason": "错误", "tombstone": "default",
            "asked": list(paths) or ["content/units/tax/a.md"],
            "paths": [{"path": p, "git": oid("a")} for p in paths or ("content/units/tax/a.md",)],
        }  # fmt: skip
        return self.add("takedown", body | changes)
