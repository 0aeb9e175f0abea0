"""Folding a change: what was offered, seen, judged and published, and what came past review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator.review.ledger import Entry, LedgerError
from generator.review.ledger_state import ChangeSeen, PathState, Seen, State

__all__ = ["gate", "judged", "observe", "offer", "publish", "verdict"]


def _seen(state: State, entry: Entry) -> ChangeSeen:
    return state.changes.setdefault(entry.body["change"], ChangeSeen())


def offer(state: State, entry: Entry) -> None:
    token, subject = entry.body["token"], entry.body["subject"]
    if token in state.offers:
        raise LedgerError(entry.seq, f"口令 {token} 已经给出过")
    state.offers[token] = (entry.seq, entry.body["change"], subject)
    _seen(state, entry).offers[token] = subject


def observe(state: State, entry: Entry) -> None:
    acts, act = _seen(state, entry).acts, entry.body["act"]
    first = acts[act["id"]].first if act["id"] in acts else entry.seq
    acts[act["id"]] = Seen(first, entry.seq, act)


def gate(state: State, entry: Entry) -> None:
    _seen(state, entry).gates.append((entry.seq, entry.body["gate"]))


def verdict(state: State, entry: Entry) -> None:
    seen, body = _seen(state, entry), entry.body
    if body["facts"].get("change") != body["change"]:
        raise LedgerError(entry.seq, "结论和事实说的不是同一件事")
    seen.verdict, seen.verdict_body = entry.seq, body
    verdict = body["verdict"]
    head = str(body["facts"].get("head"))
    state.verdicts[entry.seq] = (body["change"], verdict["subject"], verdict["decision"], head)


def publish(state: State, entry: Entry) -> None:
    body, subject = entry.body, entry.body["subject"]
    found = state.verdicts.get(body["verdict"], ("", None, "", ""))
    if found[:3] != (body["change"], subject, "approve"):
        raise LedgerError(entry.seq, f"第 {body['verdict']} 条不是批准它的结论")
    if subject in state.consumed:
        raise LedgerError(entry.seq, f"同样的内容已在第 {state.consumed[subject]} 条发布")
    judged(state, entry)
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


def judged(state: State, entry: Entry) -> None:
    commit = entry.body["commit"]
    if commit in state.commits:
        raise LedgerError(entry.seq, f"提交 {commit} 已在第 {state.commits[commit]} 条处理")
    state.commits[commit] = entry.seq
