"""Folding: entries in order → the state they leave behind. A doubt anywhere stops it.

Each type has one function, which holds the entry against the state before it and then changes the
state. Who may sign an entry follows from the state before it, too: `signatures` lists what has to
be checked under which key, so that the arithmetic can be done elsewhere, side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.review.ledger import Entry, LedgerError, chained
from generator.review.ledger_state import ChangeSeen, Hold, KeySpan, PathState, Seen, State

__all__ = ["KEY_FAULT", "Signature", "apply", "fold", "signatures"]

KEY_FAULT = "key"  # the code of a fault of keys, told apart from one of the chain


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that has to be one by this key."""

    public: str
    signature: str


def fold(entries: Iterable[Entry]) -> State:
    """The state after all entries. Errors: LedgerError; signatures are not looked at."""
    state = State()
    before: Entry | None = None
    for entry in entries:
        chained(entry, before)
        apply(state, entry)
        before = entry
    return state


def signatures(state: State, entry: Entry) -> list[Signature]:
    """What has to be checked under an entry, given the state before it.

    Errors: LedgerError where a key may not sign there, signs twice, or too few do.
    """
    allowed, needed = _authority(state, entry)
    found = {sig["fingerprint"]: sig["signature"] for sig in entry.sigs}
    if len(found) != len(entry.sigs):
        raise LedgerError(entry.seq, "同一把密钥签了两次", KEY_FAULT)
    foreign = sorted(found.keys() - allowed.keys())
    if foreign:
        raise LedgerError(entry.seq, f"密钥 {foreign[0]} 不能签这一条", KEY_FAULT)
    if len(found) < needed:
        raise LedgerError(entry.seq, f"需要 {needed} 把密钥签名，只有 {len(found)} 把", KEY_FAULT)
    return [Signature(allowed[fingerprint], text) for fingerprint, text in found.items()]


def _authority(state: State, entry: Entry) -> tuple[Mapping[str, str], int]:
    """The keys that may sign an entry, and how many have to."""
    body = entry.body
    if entry.type == "genesis" and not state.size:
        return {root["fingerprint"]: root["public"] for root in body["roots"]}, body["threshold"]
    by_hand = entry.type in ("genesis", "key", "expunge")
    if by_hand or (entry.type == "policy" and body["subject"] is None):
        return state.roots(entry.seq), state.threshold
    return state.gatekeepers(entry.seq), 1


def apply(state: State, entry: Entry) -> None:
    """Changes the state by one entry. Errors: LedgerError; the state is of no use after one."""
    if entry.seq != state.size + 1:
        raise LedgerError(entry.seq, f"应当是第 {state.size + 1} 条")
    began = state.parts and state.size >= state.parts
    if (entry.type == "genesis") == bool(began):
        raise LedgerError(entry.seq, "建账记录只能在最前面，并且必须完整")
    if began and not state.policy and entry.type != "policy":
        raise LedgerError(entry.seq, "建账之后必须先记录审核规则")
    _FOLDS[entry.type](state, entry)
    state.size, state.head, state.at = entry.seq, entry.digest, entry.at
    state.heads.append(entry.digest)
    state.signers.append(tuple(sorted(sig["fingerprint"] for sig in entry.sigs)))


def _genesis(state: State, entry: Entry) -> None:
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


def _policy(state: State, entry: Entry) -> None:
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


def _seen(state: State, entry: Entry) -> ChangeSeen:
    return state.changes.setdefault(entry.body["change"], ChangeSeen())


def _offer(state: State, entry: Entry) -> None:
    token, subject = entry.body["token"], entry.body["subject"]
    if token in state.offers:
        raise LedgerError(entry.seq, f"口令 {token} 已经给出过")
    state.offers[token] = (entry.seq, entry.body["change"], subject)
    _seen(state, entry).offers[token] = subject


def _observe(state: State, entry: Entry) -> None:
    acts, act = _seen(state, entry).acts, entry.body["act"]
    first = acts[act["id"]].first if act["id"] in acts else entry.seq
    acts[act["id"]] = Seen(first, entry.seq, act)


def _gate(state: State, entry: Entry) -> None:
    _seen(state, entry).gates.append((entry.seq, entry.body["gate"]))


def _verdict(state: State, entry: Entry) -> None:
    seen, body = _seen(state, entry), entry.body
    if body["facts"].get("change") != body["change"]:
        raise LedgerError(entry.seq, "结论和事实说的不是同一件事")
    seen.verdict, seen.verdict_body = entry.seq, body
    verdict = body["verdict"]
    head = str(body["facts"].get("head"))
    state.verdicts[entry.seq] = (body["change"], verdict["subject"], verdict["decision"], head)


def _publish(state: State, entry: Entry) -> None:
    body, subject = entry.body, entry.body["subject"]
    judged = state.verdicts.get(body["verdict"], ("", None, "", ""))
    if judged[:3] != (body["change"], subject, "approve"):
        raise LedgerError(entry.seq, f"第 {body['verdict']} 条不是批准它的结论")
    if subject in state.consumed:
        raise LedgerError(entry.seq, f"同样的内容已在第 {state.consumed[subject]} 条发布")
    _judged(state, entry)
    for item in body["items"]:
        _put(state, entry, item)
    state.consumed[subject] = entry.seq
    state.trunk = body["commit"]
    seen = state.changes[body["change"]]
    acts = tuple(act.first for act in seen.acts.values())
    state.evidence[entry.seq] = (entry.seq, body["verdict"], *acts)


def _put(state: State, entry: Entry, item: Mapping[str, Any]) -> None:
    path, body = item["path"], entry.body
    known = state.paths.get(path)
    if item["base"] != (known.git if known is not None and known.is_there else None):
        raise LedgerError(entry.seq, f"{path} 替换的不是台账上的版本")
    if known is not None and known.is_down and item["restore_of"] != known.seq:
        raise LedgerError(entry.seq, f"{path} 已撤下，这不是恢复它的变更")
    if item["op"] == "put":
        state.paths[path] = PathState(
            item["git"], item["sha256"], item["size"], item["mode"], "published", entry.seq,
            entry.seq, body["kind"], body["unit"], body["change"],
            publishes_at=item["publishes_at"], expires_at=item["expires_at"],
        )  # fmt: skip
    elif known is None or not known.is_there:
        raise LedgerError(entry.seq, f"没有 {path}，不能删除")
    else:
        state.paths[path] = replace(
            known, status="removed", seq=entry.seq, approved=entry.seq, change=body["change"],
            held_by=None,
        )  # fmt: skip


def _judged(state: State, entry: Entry) -> None:
    commit = entry.body["commit"]
    if commit in state.commits:
        raise LedgerError(entry.seq, f"提交 {commit} 已在第 {state.commits[commit]} 条处理")
    state.commits[commit] = entry.seq


def _takedown(state: State, entry: Entry) -> None:
    body = entry.body
    for row in body["paths"]:
        known = state.paths.get(row["path"])
        if known is None or known.status != "published" or known.git != row["git"]:
            raise LedgerError(entry.seq, f"{row['path']} 没有在发布，不能撤下")
        state.paths[row["path"]] = replace(
            known, status="held", seq=entry.seq, held_by=body["by"]["person"]
        )
    paths = tuple(row["path"] for row in body["paths"])
    person = body["by"]["person"]
    state.holds[entry.seq] = Hold(entry.seq, entry.instant, person, paths, len(body["asked"]))


def _ratify(state: State, entry: Entry) -> None:
    body = entry.body
    for path in body["paths"]:
        known = state.paths.get(path)
        if known is None or known.status != "held" or known.seq not in body["takedowns"]:
            raise LedgerError(entry.seq, f"{path} 没有待确认的撤稿")
        state.paths[path] = replace(known, status="taken_down")
    for seq in body["takedowns"]:
        hold = state.holds.get(seq)
        if hold is None:
            raise LedgerError(entry.seq, f"第 {seq} 条不是撤稿")
        if not any(_is_held(state, path, seq) for path in hold.paths):
            state.holds[seq] = replace(hold, ratified=entry.seq)


def _is_held(state: State, path: str, seq: int) -> bool:
    return state.paths[path].status == "held" and state.paths[path].seq == seq


def _restore(state: State, entry: Entry) -> None:
    body = entry.body
    if state.consumed.get(body["subject"]) != body["publish"]:
        raise LedgerError(entry.seq, f"第 {body['publish']} 条没有发布它")
    for path in body["paths"]:
        known = state.paths.get(path)
        if known is None or known.approved != body["publish"]:
            raise LedgerError(entry.seq, f"{path} 不是由第 {body['publish']} 条恢复的")
    if not state.holds.keys() >= set(body["takedowns"]):
        raise LedgerError(entry.seq, "没有这次撤稿")


def _release(state: State, entry: Entry) -> None:
    told = entry.body["ledger"]
    if told["size"] > state.size or state.heads[told["size"] - 1] != told["head"]:
        raise LedgerError(entry.seq, "发布所依据的不是这本台账")
    state.releases.append((entry.seq, entry.body))


def _key(state: State, entry: Entry) -> None:
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


def _expunge(state: State, entry: Entry) -> None:
    body = entry.body
    for blob in body["blobs"]:
        state.expunged[blob] = entry.seq
    known = state.paths.get(body["path"])
    if known is not None and known.git in body["blobs"] and known.is_there:
        state.paths[body["path"]] = replace(known, status="removed", seq=entry.seq, held_by=None)


_FOLDS: Mapping[str, Callable[[State, Entry], None]] = {
    "genesis": _genesis,
    "policy": _policy,
    "offer": _offer,
    "observe": _observe,
    "gate": _gate,
    "verdict": _verdict,
    "publish": _publish,
    "reject": _judged,
    "bypass": _judged,
    "takedown": _takedown,
    "ratify": _ratify,
    "restore": _restore,
    "release": _release,
    "key": _key,
    "expunge": _expunge,
}
