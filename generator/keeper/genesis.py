"""The first entries of a ledger: who may sign, and the files that are the program and the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from generator.keeper.book import Book, Signer
from generator.keeper.refused import RefusedError
from generator.keeper.rules import POLICY, ROLES, first_rules, rules_of
from generator.review.ledger import Entry, LedgerError
from generator.review.ledger_state import KeySpan, State
from generator.review.paths import fault_of_path, rule_of
from generator.review.policy import Policy
from generator.review.strict_yaml import load
from generator.sign import SignatureError, fingerprint_of, public_key
from generator.tree.raw import Objects

__all__ = ["begin", "plan_of"]

_ROOM = 200 * 1024  # bytes of a part, its keys aside
_ROW = 260  # bytes of a row beside its path, at most
_KEYS = frozenset({"repository", "roots", "threshold", "gatekeeper", "commit"})


def plan_of(data: bytes) -> dict[str, Any]:
    """The plan in a file: `repository`, `roots` (public keys), `threshold`, `gatekeeper`, `commit`.

    Errors: RefusedError, with what is missing or wrong.
    """
    value, fault = load(data)
    if fault or not isinstance(value, dict) or set(value) != _KEYS:
        said = fault.text if fault else "应当有 " + "、".join(sorted(_KEYS))
        raise RefusedError("policy_unreadable", f"建账文件不对：{said}")
    try:
        keys = [public_key(str(line)) for line in [*value["roots"], value["gatekeeper"]]]
    except (SignatureError, TypeError) as error:
        raise RefusedError("roles_invalid", f"建账文件里的公钥不对：{error}") from error
    rows = [{"fingerprint": fingerprint_of(key), "public": key} for key in keys]
    threshold = value["threshold"]
    if not isinstance(threshold, int) or not 2 <= threshold <= len(rows) - 1:
        raise RefusedError("threshold_zero", "threshold 至少是 2，并且不超过根密钥的数目")
    if len({row["fingerprint"] for row in rows}) != len(rows):
        raise RefusedError("roles_invalid", "同一把密钥写了两次")
    return {
        "repository": value["repository"], "roots": rows[:-1], "threshold": threshold,
        "gatekeeper": rows[-1], "commit": value["commit"],
    }  # fmt: skip


def begin(book: Book, plan: Mapping[str, Any], signer: Signer, now: str) -> list[Entry]:
    """Writes the genesis and the first rules.

    Errors: RefusedError where there is a ledger, or trunk is not the commit of the plan, or holds
        what no rule names; MovedError.
    """
    objects = book.objects
    if book.tip is not None:
        raise RefusedError("ledger_invalid", "已经有台账了，不能再建")
    rows = objects.files(plan["commit"]) if objects.has(str(plan["commit"])) else {}
    blobs = {path: {"git": rows[path][1]} for path in (ROLES, POLICY) if path in rows}
    if len(blobs) != 2:
        raise RefusedError("policy_unreadable", f"提交 {plan['commit']} 里没有审核规则")
    for row in blobs.values():
        data = next(iter(objects.objects([row["git"]])))
        row["sha256"] = hashlib.sha256(data).hexdigest()
    try:
        roles, policy = rules_of(objects, blobs[ROLES], blobs[POLICY])
    except LedgerError as error:
        raise RefusedError("policy_unreadable", error.text) from error
    if policy.policy.repository != plan["repository"]:
        raise RefusedError("policy_unreadable", f"policy.yml 里是 {policy.policy.repository}")
    if objects.ref(policy.target) != plan["commit"]:
        raise RefusedError("wrong_target", f"{policy.target} 不在提交 {plan['commit']}")
    parts = list(_parts(_files(objects, rows, policy.policy)))
    additions: list[tuple[str, Mapping[str, Any]]] = [
        ("genesis", {**plan, "part": number, "parts": len(parts), "blobs": part})
        for number, part in enumerate(parts, 1)
    ]
    state = State()
    state.keys = {plan["gatekeeper"]["fingerprint"]: KeySpan("gatekeeper", "", 1)}
    additions.append(("policy", first_rules(state, roles, policy, blobs)))
    return book.append(additions, now, signer)


def _files(
    objects: Objects, rows: Mapping[str, tuple[str, str]], policy: Policy
) -> dict[str, dict[str, Any]]:
    """The files of trunk that are no content: path → names, mode and size."""
    wanted: dict[str, tuple[str, str]] = {}
    strange = []
    for path, (mode, blob) in sorted(rows.items()):
        rule = rule_of(path, policy)
        if rule is None or mode not in ("100644", "100755") or fault_of_path(path):
            strange.append(path)
        elif rule.kind in ("site", "governance"):
            wanted[path] = (mode, blob)
    if strange:
        shown = "、".join(strange[:5])
        raise RefusedError("unclassified_path", f"{len(strange)} 个文件没有规则可依：{shown}")
    found = {}
    names = [blob for _, blob in wanted.values()]
    for (path, (mode, blob)), data in zip(wanted.items(), objects.objects(names), strict=True):
        digest = hashlib.sha256(data).hexdigest()
        found[path] = {"git": blob, "mode": mode, "sha256": digest, "size": len(data)}
    return found


def _parts(files: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, dict[str, Any]]]:
    """The files in as many parts as entries of the size allowed need."""
    part: dict[str, dict[str, Any]] = {}
    room = _ROOM
    for path, row in files.items():
        weight = len(path.encode()) + _ROW
        if part and room < weight:
            yield part
            part, room = {}, _ROOM
        part[path] = row
        room -= weight
    yield part
