"""Folding what founds the ledger and its rules: genesis, governance files, keys."""

from __future__ import annotations

from dataclasses import replace

from generator.review.ledger import KEY_FAULT, Entry, LedgerError
from generator.review.ledger_state import KeySpan, PathState, State

__all__ = ["genesis", "key", "policy"]


def genesis(state: State, entry: Entry) -> None:
    body = entry.body
    head = (body["repository"], body["threshold"], body["commit"], body["parts"])
    if body["part"] != entry.seq or body["parts"] < entry.seq:
        raise LedgerError(entry.seq, "建账记录的编号不对")
    keys = {key["fingerprint"]: ("root", key["public"]) for key in body["roots"]}
    if body["threshold"] > len(keys) or body["gatekeeper"]["fingerprint"] in keys:
        raise LedgerError(entry.seq, "根密钥不够，或者签名密钥同时是根密钥")
    keys[body["gatekeeper"]["fingerprint"]] = ("gatekeeper", body["gatekeeper"]["public"])
    spans = {fp: KeySpan(role, public, 1) for fp, (role, public) in keys.items()}
    if not state.size:
        state.repository, state.threshold, state.trunk, state.parts = head
        state.keys = spans
    elif head != (state.repository, state.threshold, state.trunk, state.parts) or (
        spans != state.keys
    ):
        raise LedgerError(entry.seq, "建账记录的各部分不一致")
    for path, blob in body["blobs"].items():
        if path in state.paths:
            raise LedgerError(entry.seq, f"{path} 写了两次")
        kind = "governance" if path.startswith("content/governance/") else "site"
        state.paths[path] = PathState(
            blob["git"], blob["sha256"], blob["size"], blob["mode"], "published", entry.seq,
            entry.seq, kind,
        )  # fmt: skip


def policy(state: State, entry: Entry) -> None:
    body = entry.body
    versions = body["roles_version"], body["policy_version"]
    if state.policy:
        known = state.roles_version, state.policy_version
        if versions[0] < known[0] or versions[1] < known[1] or versions == known:
            raise LedgerError(entry.seq, "审核规则的版本没有变大")
        if body["subject"] not in state.consumed:
            raise LedgerError(entry.seq, "审核规则没有经过批准")
    elif body["subject"] is not None:
        raise LedgerError(entry.seq, "第一份审核规则由根密钥签名，没有审核凭证")
    for name in ("roles", "policy"):
        found = state.paths.get(f"content/governance/{name}.yml")
        if found is None or (found.git, found.sha256) != (body[name]["git"], body[name]["sha256"]):
            raise LedgerError(entry.seq, f"{name}.yml 不是获准的文件")
    state.roles_version, state.policy_version = versions
    state.roles, state.policy = body["roles"], body["policy"]
    state.rules.append((entry.seq, body["roles"], body["policy"]))
    _rows_and_keys(state, entry)


def _rows_and_keys(state: State, entry: Entry) -> None:
    body = entry.body
    for row in body["rows"]:
        state.recorded.setdefault(row, entry.seq)
    for key in body["keys"]:
        if key["fingerprint"] in state.keys:
            raise LedgerError(entry.seq, f"密钥 {key['fingerprint']} 已经有了", KEY_FAULT)
        state.keys[key["fingerprint"]] = KeySpan("person", "", entry.seq, person=key["person"])
    for fingerprint in body["keys_gone"]:
        span = state.keys.get(fingerprint)
        if span is None or span.role != "person":
            raise LedgerError(entry.seq, f"没有密钥 {fingerprint}", KEY_FAULT)
        if span.to_seq is None:
            state.keys[fingerprint] = replace(span, to_seq=entry.seq)


def key(state: State, entry: Entry) -> None:
    body = entry.body
    action, fingerprint, start = body["action"], body["fingerprint"], body["from_seq"]
    span = state.keys.get(fingerprint)
    if action == "add":
        if span is not None or body["public"] is None or body["role"] == "person":
            raise LedgerError(entry.seq, f"不能增加密钥 {fingerprint}", KEY_FAULT)
        if start < entry.seq:
            raise LedgerError(entry.seq, "密钥不能从以前的记录起生效", KEY_FAULT)
        state.keys[fingerprint] = KeySpan(body["role"], body["public"], start)
        return
    if span is None or span.role != body["role"]:
        raise LedgerError(entry.seq, f"没有密钥 {fingerprint}", KEY_FAULT)
    if action == "retire":
        if start < entry.seq or span.to_seq is not None:
            raise LedgerError(entry.seq, "密钥已停用，或者不能停用以前的签名", KEY_FAULT)
        state.keys[fingerprint] = replace(span, to_seq=start)
    elif span.role == "person":
        state.keys[fingerprint] = replace(span, to_seq=min(start, span.to_seq or start))
    else:
        stop = min(entry.seq, span.to_seq or entry.seq)
        state.keys[fingerprint] = replace(span, to_seq=stop, revoked_from=start)
    if len(state.roots(max(start, entry.seq) + 1)) < state.threshold:
        raise LedgerError(entry.seq, "剩下的根密钥不够", KEY_FAULT)
