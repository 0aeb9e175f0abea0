"""How an act is bound to bytes: by signature, by token, or by what the event itself showed."""

from __future__ import annotations

from dataclasses import dataclass

from generator.review.facts import Act, Facts
from generator.review.roles import Roles

__all__ = ["CAPTURED", "SIGNED", "STRENGTH", "TOKEN", "Binding", "bind"]

CAPTURED, TOKEN, SIGNED = "captured", "token", "signed"
STRENGTH = {CAPTURED: 1, TOKEN: 2, SIGNED: 3}


@dataclass(frozen=True, slots=True)
class Binding:
    """The strength of the evidence, the subject it is for, and the codes of what is wrong.

    An act bound to nothing has no strength and no subject.
    """

    strength: str | None
    subject: str | None
    codes: frozenset[str] = frozenset()


def bind(act: Act, person: str | None, facts: Facts, roles: Roles, repository: str) -> Binding:
    """The binding of an act: the first of signed, token and captured that applies."""
    if act.signature is not None:
        return _signed(act, person, facts, roles, repository)
    if act.lines.bound:
        offered = facts.ledger["offers"].get(act.lines.token)
        if act.lines.malformed or offered is None:
            return _UNBOUND
        return Binding(TOKEN, offered)
    if act.via == "event" and act.head_subject is not None:
        return Binding(CAPTURED, act.head_subject)
    return _UNBOUND


_UNBOUND = Binding(None, None, frozenset({"unbound_act"}))


def _signed(act: Act, person: str | None, facts: Facts, roles: Roles, repository: str) -> Binding:
    signature = act.signature or {}
    fingerprint = signature["fingerprint"]
    own = roles.people[person].keys if person is not None else frozenset()
    codes: set[str] = set()
    if not (
        signature["ok"]
        and signature["namespace"] == f"act@{repository}"
        and person is not None
        and signature["person"] == person
        and fingerprint in own
    ):
        codes.add("bad_signature")
    if not _in_force(fingerprint, act.seq, facts):
        codes.add("key_not_valid")
    if act.lines.malformed:
        codes.add("unbound_act")
    return Binding(SIGNED, signature["subject"], frozenset(codes))


def _in_force(fingerprint: str | None, seq: int | None, facts: Facts) -> bool:
    """Whether a key was recorded before the act was observed, and not yet retired."""
    key = facts.ledger["keys"].get(fingerprint)
    if key is None:
        return False
    if seq is None:
        return key["to_seq"] is None
    return key["from_seq"] < seq and (key["to_seq"] is None or seq < key["to_seq"])
