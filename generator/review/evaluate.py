"""The gate itself: facts, rules and an instant → a verdict.

`evaluate` is pure: no network, clock, git or file enters it but its arguments. The same function
serves the event, the merge, `admit`, `verify` and the tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.review import shape
from generator.review.acting import (
    Deed,
    Setting,
    contributors_of,
    deeds_of,
    needs_binding,
    person_of,
)
from generator.review.facts import Facts, FactsFault, parse_facts
from generator.review.facts_json import value_of
from generator.review.gates import pass_gates
from generator.review.instants import instant
from generator.review.levels import fill, levels_of, signs_last
from generator.review.objections import judge
from generator.review.offices import Offices
from generator.review.paths import Place, place_of
from generator.review.policy import Policy, read_policy
from generator.review.reasons import Reason
from generator.review.roles import Roles, read_roles
from generator.review.rules_file import RulesFault
from generator.review.subject import digest, subject_digest
from generator.review.verdict import assemble

__all__ = ["Identity", "evaluate", "identify"]

Verdict = dict[str, Any]
_UNDECIDED: Mapping[str, Any] = {"subject": None, "kind": None, "unit": None, "class": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a change is: its kind, unit, class and subject; None where it cannot be said."""

    kind: str | None
    unit: str | None
    review_class: str
    subject: str | None
    places: tuple[Place, ...]


def evaluate(facts: bytes | Mapping[str, Any], roles: bytes, policy: bytes, now: str) -> Verdict:
    """The verdict on a change.

    Shapes: `facts` as schemas/review/facts.schema.json, as JSON bytes or read; `roles` and
        `policy` the bytes of the two governance files at the target tip; the verdict as
        schemas/review/verdict.schema.json, for `verdict_bytes` to write down.
    Errors: ValueError where `now` is no RFC 3339 time; whatever is wrong with the rest is a
        reason of the verdict.
    """
    at = instant(now)
    if at is None:
        raise ValueError(f"not an RFC 3339 time: {now!r}")
    read, faults = parse_facts(facts)
    these_roles, wrong_roles = read_roles(roles)
    this_policy, wrong_policy = read_policy(policy)
    reasons = [
        *(_of_facts(fault) for fault in faults),
        *(_of_rules(fault, "roles.yml") for fault in wrong_roles),
        *(_of_rules(fault, "policy.yml") for fault in wrong_policy),
    ]
    parts: dict[str, Any] = {
        **_UNDECIDED,
        "change": None,
        "levels": {},
        "gates": {},
        "objections": [],
        "roles_version": these_roles.version if these_roles else None,
        "policy_version": this_policy.version if this_policy else None,
        "inputs_digest": _inputs(read, facts, roles, policy),
    }
    if read is not None:
        parts["change"] = read.data["change"]
        reasons += shape.of_change(read, this_policy)
        reasons += shape.of_rules(read, these_roles, this_policy)
        reasons += shape.of_freshness(read)
        if these_roles is not None and this_policy is not None:
            reasons += _judge(read, these_roles, this_policy, at, parts)
    return assemble(reasons, **parts)


def _inputs(
    read: Facts | None, facts: bytes | Mapping[str, Any], roles: bytes, policy: bytes
) -> str:
    """The digest of all that went in but `now`; of facts that are no JSON, of their bytes."""
    told = read.data if read is not None else value_of(facts)
    if told is None and isinstance(facts, bytes):
        told = hashlib.sha256(facts).hexdigest()
    rules = (hashlib.sha256(data).hexdigest() for data in (roles, policy))
    return digest(dict(zip(("facts", "roles", "policy"), (told, *rules), strict=True)))


def _of_facts(fault: FactsFault) -> Reason:
    return Reason(code=fault.code, act=fault.act, words={"where": fault.where})


def _of_rules(fault: RulesFault, file: str) -> Reason:
    return Reason(code=fault.code, words={"why": fault.text, "file": file})


def identify(facts: Facts, roles: Roles, policy: Policy) -> Identity:
    """The kind, unit, class and subject of a change, as the gate sees them."""
    places = tuple(place_of(item["path"], policy, roles) for item in facts.items)
    units = {place.unit for place in places}
    unit = units.pop() if len(units) == 1 else None
    review_class = _class_of(facts, places, unit, roles, policy)
    subject = None
    if unit is not None:
        subject = subject_digest(
            change=facts.data["change"],
            review_class=review_class,
            items=facts.items,
            repository=policy.repository,
            target=facts.data["target"],
            unit=unit,
        )
    return Identity(
        kind=_kind_of(places),
        unit=unit,
        review_class=review_class,
        subject=subject,
        places=places,
    )


def _kind_of(places: Sequence[Place]) -> str | None:
    """Governance alone, or the weightiest of the others; None where it cannot be said."""
    kinds = {place.kind for place in places}
    if None in kinds or ("governance" in kinds and len(kinds) > 1):
        return None
    return next(
        (one for one in ("governance", "site", "content", "attachment") if one in kinds), None
    )


def _class_of(
    facts: Facts, places: Sequence[Place], unit: str | None, roles: Roles, policy: Policy
) -> str:
    """The highest class that a file, a path, a gate or a reviewer asks for."""
    asked = ["A"]
    for item, place in zip(facts.items, places, strict=True):
        asked += [word for word in item["declared"].values() if word is not None]
        if place.rule is not None and place.rule.min_class is not None:
            asked.append(place.rule.min_class)
    asked += [one.escalate_to for one in facts.results if one.escalate_to is not None]
    if unit is not None:
        offices = Offices(roles, policy, facts, min(policy.classes))
        for act, person in _raising(facts, roles):
            if person is not None and offices.raises(person, unit, act.at, act.seq):
                asked += act.lines.raises
    return max(policy.class_of(name) for name in asked)


def _raising(facts: Facts, roles: Roles) -> Iterator[tuple[Any, str | None]]:
    for act in facts.acts:
        if act.lines.raises and act.account is not None and act.account["type"] == "user":
            yield act, person_of(act.account, roles)


def _judge(
    facts: Facts, roles: Roles, policy: Policy, now: int, parts: dict[str, Any]
) -> list[Reason]:
    """Every reason that needs the rules; puts what it finds into `parts`."""
    what = identify(facts, roles, policy)
    parts |= {"kind": what.kind, "unit": what.unit, "subject": what.subject}
    parts["class"] = what.review_class
    reasons = [
        *shape.of_proposal(facts, roles, policy),
        *shape.of_paths(what.places, facts),
        *shape.of_kind(what.places, policy),
        *shape.of_bytes(what.places, facts, policy),
        *_of_accounts(facts, roles),
    ]
    if what.unit is None or what.subject is None:
        return reasons
    setting = Setting(
        offices=Offices(roles, policy, facts, what.review_class),
        unit=what.unit,
        subject=what.subject,
        contributors=contributors_of(facts, roles),
        now=now,
    )
    deeds = deeds_of(setting)
    levels = levels_of(what.kind, policy.classes[what.review_class])
    holders = shape.holders(facts)
    filled = fill(levels, deeds, setting, holders)
    judged = judge(deeds, setting, lambda deed: signs_last(deed, levels, setting, holders))
    parts |= {"levels": filled.levels, "objections": judged.objections}
    reasons += [*filled.reasons, *judged.reasons, *_void(deeds, setting)]
    if what.kind != "governance":
        passed = pass_gates(deeds, setting, filled.last)
        parts["gates"] = passed.gates
        reasons += passed.reasons
    return reasons


def _of_accounts(facts: Facts, roles: Roles) -> Iterator[Reason]:
    """Who opened the change, and accounts whose number and name disagree."""
    openers = [one["account"] for one in facts.data["contributors"] if "opener" in one["kinds"]]
    initiator = facts.data["initiator"]
    if not any(one["type"] == "user" for one in openers) and (
        initiator is None or initiator["type"] != "user"
    ):
        yield Reason(code="initiator_missing")
    seen: list[tuple[str | None, Mapping[str, Any]]]
    seen = [(None, one["account"]) for one in facts.data["contributors"]]
    seen += [(None, initiator)] if initiator is not None else []
    seen += [(act.id, act.account) for act in facts.acts if act.account is not None]
    for act, account in seen:
        person = person_of(account, roles)
        known = roles.people[person].logins if person is not None else {}
        registered = known.get((account["forge"], account["id"]))
        taken = person is None and (account["forge"], account["login"]) in roles.logins
        if taken or (registered is not None and registered != account["login"]):
            words = {"login": account["login"], "number": account["id"]}
            yield Reason(code="login_drift", act=act, person=person, words=words)


_OF_AUTHORS = {"other": "参与这次修改的人"}  # delegator_and_delegate, where no level is meant


# What is written down once is raised, whatever becomes of the comment (§5).
_NOT_OF_RAISES = {"dismissed_act", "edited_act"}


def _void(deeds: Sequence[Deed], setting: Setting) -> Iterator[Reason]:
    """What voids acts, whatever they are for."""
    for deed in deeds:
        act = deed.act
        for code in sorted(deed.who):
            yield Reason(code=code, act=act.id, person=deed.person)
        if act.state == "object" and not needs_binding(act):
            continue
        codes = set(deed.void)
        if act.lines.raises and not act.lines.withdraws and not needs_binding(act):
            codes -= _NOT_OF_RAISES
        if not needs_binding(act) and deed.person is not None:
            codes |= setting.offices.standing(deed.person, setting.unit, deed.moment).codes
        for code in sorted(codes):
            yield Reason(code=code, act=act.id, person=deed.person, words=_OF_AUTHORS)
