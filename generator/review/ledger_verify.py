"""Whether a publication rests on what the ledger itself holds: pure, for `admit` and `verify`.

What `admit` judges is built here from the ledger alone, and `verify` builds it again in the same
way: a fact that has no entry of its own before it cannot slip in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.review.canonical import canonical
from generator.review.evaluate import evaluate
from generator.review.ledger import Entry
from generator.review.ledger_state import ChangeSeen, State, ledger_facts

__all__ = ["CONTENT", "facts_at", "reevaluated", "unfounded", "unseen"]

Facts = dict[str, Any]
CONTENT = ("path", "op", "mode", "git", "sha256", "size", "base")  # of an item: what is approved


def facts_at(state: State, told: Mapping[str, Any], tip: str, bases: list[str]) -> Facts:
    """The facts of a change whose newest verdict told `told`, as the ledger knows them now.

    Shapes: `tip` is the commit that the change was put on; each item's blob there is its `base`,
        which the caller has seen; `bases` are the merge bases of `tip` and the head.
    """
    change = told["change"]
    seen = state.changes.get(change, ChangeSeen())
    items = [{**item, "tip": item["base"]} for item in told["items"]]
    return {
        **told,
        "target_tip": tip,
        "merge_bases": bases,
        "items": items,
        "acts": [{**one.act, "seq": one.first} for _, one in sorted(seen.acts.items())],
        "gates": [gate for _, gate in seen.gates],
        "ledger": ledger_facts(state, change, (item["path"] for item in items), None),
    }


def unseen(state: State, told: Mapping[str, Any]) -> list[str]:
    """The acts and machine results of facts that have no entry of their own, by id or gate."""
    seen = state.changes.get(told["change"], ChangeSeen())
    acts = {act["id"] for act in told["acts"]} - seen.acts.keys()
    entered = {canonical(gate) for _, gate in seen.gates}
    gates = {gate["gate"] for gate in told["gates"] if canonical(gate) not in entered}
    return sorted(acts | gates)


def unfounded(state: State, verdict: Entry, publish: Entry) -> str:
    """What in a publication does not follow from the entries before it; empty: all does.

    Shapes: `state` is that before `publish`, which comes right after its verdict.
    """
    facts, body = verdict.body["facts"], publish.body
    if body["verdict"] != publish.seq - 1:
        return "结论和发布之间有别的记录"
    known = facts_at(state, facts, facts["target_tip"], facts["merge_bases"])
    known["ledger"] = {**known["ledger"], "size": verdict.seq - 1}
    for name in ("acts", "gates", "items", "ledger"):
        if canonical(_ordered(known[name])) != canonical(_ordered(facts[name])):
            return f"事实里的 {name} 和台账以前的记录不一致"
    items = [{name: item[name] for name in CONTENT} for item in body["items"]]
    approved = [{name: item[name] for name in CONTENT} for item in facts["items"]]
    if canonical(_ordered(items)) != canonical(_ordered(approved)):
        return "发布的文件不是批准的文件"
    if any(
        item["restore_of"] != told["restore_of"]
        for item, told in zip(_ordered(body["items"]), _ordered(facts["items"]), strict=True)
    ):
        return "恢复的不是批准恢复的撤稿"
    if facts["target_tip"] != body["parent"]:
        return "结论说的不是这次提交的上一个提交"
    return ""


def _ordered(value: Any) -> Any:
    """A list of rows in the order of their path or their bytes."""
    if not isinstance(value, list):
        return value
    return sorted(value, key=lambda row: row["path"].encode() if "path" in row else canonical(row))


def reevaluated(verdict: Entry, roles: bytes, policy: bytes) -> tuple[str, list[str]]:
    """The decision that the same facts give now, under these rules, and the reasons' codes.

    A decision other than the one that was written down is `changed`.
    """
    fresh = evaluate(verdict.body["facts"], roles, policy, verdict.at)
    codes = sorted({reason["code"] for reason in fresh["reasons"]})
    if canonical(fresh) != canonical(verdict.body["verdict"]):
        same = fresh["decision"] == verdict.body["verdict"]["decision"] != "approve"
        return (fresh["decision"] if same else "changed"), codes
    return fresh["decision"], codes
