"""Signatures of persons under their acts, checked again from the body that carries them.

The gatekeeper says in the facts that a signature is good; who holds the gatekeeper's key could say
so of anything. So the armoured signature stays in the body of the act, and here it is held against
the key that the roles give that person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.review.canonical import canonical
from generator.review.roles import read_roles
from generator.sign import is_signed

__all__ = ["act_message", "bad_signature"]

_ARMOUR = re.compile(
    r"-----BEGIN SSH SIGNATURE-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END SSH SIGNATURE-----"
)


def act_message(change: str, lines: list[str], person: str, repository: str, subject: str) -> bytes:
    """What a person signs: a line of ours and the canonical JSON of what is done."""
    told = {
        "change": change, "lines": lines, "person": person, "repository": repository,
        "subject": subject, "v": 1,
    }  # fmt: skip
    return b"gongkai-act/v1\n" + canonical(told)


def bad_signature(facts: Mapping[str, Any], roles: bytes, repository: str) -> str:
    """Which act's signature does not hold though the facts say so; empty: all hold."""
    for act in facts["acts"]:
        told = act["signature"]
        if told is None or not told["ok"]:
            continue
        public = _key_of(told["person"], told["fingerprint"], roles)
        found = _ARMOUR.search(act["body"])
        message = act_message(
            facts["change"], told["lines"], told["person"], repository, told["subject"]
        )
        blob = "".join(found[1].split()) if found else ""
        if not public or not is_signed(message, blob, public, f"act@{repository}"):
            return f"{act['id']} 的签名不对"
    return ""


def _key_of(person: str, fingerprint: str, roles: bytes) -> str:
    held, _ = read_roles(roles)
    people = held.data["people"] if held is not None else []
    keys = [key for one in people if one["id"] == person for key in one["keys"]]
    return next((str(key["public"]) for key in keys if key["fingerprint"] == fingerprint), "")
