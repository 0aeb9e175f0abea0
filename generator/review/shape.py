"""What a change itself must be, whoever approves it: its shape, rules, paths, bytes, freshness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.review.facts import Facts
from generator.review.paths import Place, fault_of_path, folded
from generator.review.policy import Policy
from generator.review.reasons import Reason, words_of
from generator.review.roles import Roles

__all__ = [
    "of_bytes",
    "of_change",
    "of_freshness",
    "of_kind",
    "of_paths",
    "of_proposal",
    "of_rules",
]

_MODE = "100644"
_GOVERNANCE = {
    "content/governance/roles.yml": "roles_version",
    "content/governance/policy.yml": "policy_version",
}


def of_change(facts: Facts, policy: Policy | None) -> Iterator[Reason]:
    """State, branch, head, and how much it is."""
    data = facts.data
    for part, whole in sorted(data["complete"].items()):
        if not whole:
            yield Reason(code="incomplete_list", words={"part": words_of("lists")[part]})
    if data["state"] == "closed":
        yield Reason(code="closed")
    if data["draft"]:
        yield Reason(code="draft")
    if data["head"] is None:
        yield Reason(code="head_unknown")
    if len(data["merge_bases"]) != 1:
        yield Reason(code="ambiguous_merge_base", words={"count": str(len(data["merge_bases"]))})
    if not facts.items:
        yield Reason(code="no_items")
    if policy is None:
        return
    if data["target"] != policy.target:
        yield Reason(code="wrong_target", words={"target": data["target"], "wanted": policy.target})
    if len(facts.items) > policy.limits.files:
        words = {"count": str(len(facts.items)), "most": str(policy.limits.files)}
        yield Reason(code="too_many_files", words=words)


def of_rules(facts: Facts, roles: Roles | None, policy: Policy | None) -> Iterator[Reason]:
    """The ledger, and whether it knows these very rules."""
    ledger = facts.ledger
    if ledger["size"] == 0:
        yield Reason(code="ledger_missing")
        return
    if ledger["subject_consumed"]:
        yield Reason(code="subject_consumed")
    for name, version, known in (
        ("roles.yml", roles and roles.version, ledger["roles_version"]),
        ("policy.yml", policy and policy.version, ledger["policy_version"]),
    ):
        if version is None or version == known:
            continue
        words = {"file": name, "version": str(version), "known": str(known)}
        yield Reason(
            code="policy_unrecorded" if version > known else "policy_rollback", words=words
        )


def of_proposal(facts: Facts, roles: Roles, policy: Policy) -> Iterator[Reason]:
    """Of governance files that the change would bring: whether they load, and are newer."""
    touched = [item["path"] for item in facts.items]
    changed = {_GOVERNANCE[path] for path in touched if path in _GOVERNANCE}
    proposed = facts.data["proposed"]
    if proposed is None:
        if changed:
            yield Reason(code="facts_invalid", words={"where": "proposed"})
        return
    for code in sorted(set(proposed["problems"])):
        yield Reason(code=code, words=_PROPOSED)
    for path, key in sorted(_GOVERNANCE.items()):
        now = {"roles_version": roles.version, "policy_version": policy.version}[key]
        then = proposed[key]
        if then < now or (then == now and key in changed):
            words = {"file": path.rpartition("/")[2], "version": str(then), "known": str(now)}
            yield Reason(
                code="policy_rollback", path=path if path in touched else None, words=words
            )


_PROPOSED = {"why": "修改后的文件不合格", "file": "修改后的文件", "version": "?", "known": "?"}


def of_paths(places: Sequence[Place], facts: Facts) -> Iterator[Reason]:
    """Names of paths, twins, and whether each has a rule and a unit."""
    by_folded: dict[str, str] = {}
    for place, item in zip(places, facts.items, strict=True):
        path = place.path
        if fault := fault_of_path(path):
            yield Reason(code="bad_path", path=path, words={"why": fault})
        twin = item["twin_of"]
        if item["op"] == "put":
            other = by_folded.setdefault(folded(path), path)
            twin = twin or (other if other != path else None)
        if twin is not None:
            yield Reason(code="path_twin", path=path, words={"twin": twin})
        if place.rule is None:
            yield Reason(code="unclassified_path", path=path)
        elif place.unit is None:
            yield Reason(code="unit_unknown", path=path)


def of_kind(places: Sequence[Place], policy: Policy) -> Iterator[Reason]:
    """Whether the change is one matter: one unit, and governance alone."""
    units = sorted({place.unit for place in places if place.unit is not None})
    if len(units) > policy.limits.units:
        yield Reason(
            code="several_units",
            words={"units": "、".join(units), "most": str(policy.limits.units)},
        )
    kinds = {place.kind for place in places}
    if "governance" in kinds and len(kinds) > 1:
        for place in places:
            if place.kind != "governance":
                yield Reason(code="governance_mixed_with_content", path=place.path)


def of_bytes(places: Sequence[Place], facts: Facts, policy: Policy) -> Iterator[Reason]:
    """What the reader of the bytes found in the files that are put."""
    for place, item in zip(places, facts.items, strict=True):
        if item["op"] != "put":
            continue
        path = place.path
        if item["mode"] != _MODE:
            yield Reason(code="bad_mode", path=path, words={"mode": item["mode"]})
        types = place.rule.types if place.rule else None
        if types is not None and item["type"] not in types:
            words = {"why": f"内容是 {item['type']}，这里只能放 {'、'.join(sorted(types))}"}
            yield Reason(code="bad_type", path=path, words=words)
        for problem in sorted(set(item["problems"])):
            if problem == "invisible":
                yield Reason(code="invisible_text", path=path)
            else:
                yield Reason(
                    code="bad_type", path=path, words={"why": words_of("problems")[problem]}
                )
        if item["size"] > policy.limits.file_bytes:
            words = {"size": str(item["size"]), "most": str(policy.limits.file_bytes)}
            yield Reason(code="too_large", path=path, words=words)


def of_freshness(facts: Facts) -> Iterator[Reason]:
    """Whether each file replaces what trunk and the ledger hold, and none that was taken down."""
    state: Mapping[str, Mapping[str, Any]] = facts.ledger["state"]
    for item in facts.items:
        path, base = item["path"], item["base"]
        if base != item["tip"]:
            yield Reason(code="base_moved", path=path)
        known = state.get(path)
        held = known["git"] if known is not None and known["status"] != "removed" else None
        if base != held or (item["op"] == "delete" and base is None):
            yield Reason(code="ledger_drift", path=path)
        if (
            known is not None
            and known["status"] in ("held", "taken_down")
            and item["restore_of"] != known["seq"]
        ):
            yield Reason(code="path_held", path=path, words={"seq": str(known["seq"])})


def holders(facts: Facts) -> frozenset[str]:
    """The persons who placed the holds that this change would lift: none of them is its L3."""
    state: Mapping[str, Mapping[str, Any]] = facts.ledger["state"]
    touched = [state[item["path"]] for item in facts.items if item["path"] in state]
    return frozenset(
        row["held_by"]
        for row in touched
        if row["status"] in ("held", "taken_down") and row["held_by"] is not None
    )
