"""An act signed with its person's own key: how it is written in a review's body, and checked.

GitHub has no field for it, so the signature stands in the body, below the lines that it signs, as
the block that OpenSSH writes. It covers these lines without their token, and the subject that the
token was given out for: whoever signs says which bytes he means, whatever the forge says later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.review.canonical import canonical
from generator.review.lines import body_lines, read_lines
from generator.review.roles import Roles
from generator.sign import is_signed

__all__ = ["act_message", "act_namespace", "block_of", "signature_of", "signed_lines"]

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_TOKEN = re.compile(r" [0-9a-f]{4}(?:-[0-9a-f]{4}){3}(?= |$)")
_WIDTH = 70
_MOST = 4_096


def act_namespace(repository: str) -> str:
    """The namespace of signatures of acts."""
    return f"act@{repository}"


def act_message(
    change: str, lines: list[str], person: str, repository: str, subject: str | None
) -> bytes:
    """The bytes that an act's signature covers."""
    told = {
        "change": change,
        "lines": lines,
        "person": person,
        "repository": repository,
        "subject": subject,
        "v": 1,
    }
    return b"gongkai-act/v1\n" + canonical(told)


def signed_lines(body: str) -> list[str]:
    """The lines of a body that say something, without their token; those of the block do not.

    >>> signed_lines("签发 7f3a-9c01-22be-04d1\\n- [x] Z1 表述准确\\n看过了\\n")
    ['签发', '- [x] Z1 表述准确']
    """
    lines = body_lines(body.partition(_BEGIN)[0])
    return [_TOKEN.sub("", line, count=1) for line in lines if read_lines([line]).says_anything]


def block_of(signature: str) -> str:
    """A signature as the block that stands in a body."""
    rows = [signature[at : at + _WIDTH] for at in range(0, len(signature), _WIDTH)]
    return "\n".join([_BEGIN, *rows, _END])


def signature_of(
    body: str,
    account: Mapping[str, Any] | None,
    change: str,
    offers: Mapping[str, str],
    roles: Roles,
    repository: str,
) -> dict[str, Any] | None:
    """The facts' `signature` of a body; None where it holds no block.

    Shapes: `offers` are the change's tokens with their subjects. A block that is wrong in any way
        gives `ok: false`: it is never taken for no signature.
    """
    before, begun, rest = body.partition(_BEGIN)
    if not begun:
        return None
    text, ended, _ = rest.partition(_END)
    signature = "".join(text.split()) if ended and len(text) < _MOST else ""
    lines = signed_lines(before)
    token = read_lines(body_lines(before)).token
    subject = offers.get(token or "")
    person = roles.persons.get((account["forge"], account["id"])) if account else None
    fingerprint = None
    if person is not None and subject is not None and signature:
        message = act_message(change, lines, person, repository, subject)
        fingerprint = _signer(message, signature, person, roles, repository)
    return {
        "ok": fingerprint is not None,
        "namespace": act_namespace(repository) if fingerprint is not None else None,
        "fingerprint": fingerprint,
        "person": person,
        "subject": subject,
        "lines": lines,
    }


def _signer(
    message: bytes, signature: str, person: str, roles: Roles, repository: str
) -> str | None:
    """The fingerprint of the person's key that signed; None: none did."""
    for row in roles.data["people"]:
        for key in row["keys"] if row["id"] == person else ():
            if is_signed(message, signature, key["public"], act_namespace(repository)):
                return str(key["fingerprint"])
    return None
