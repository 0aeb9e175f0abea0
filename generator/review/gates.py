"""The four gates: a machine result where one is asked for, and one person's whole checklist.

Both are not later than L3's act: nobody signs what was not yet looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.review.acting import Deed, Setting
from generator.review.binding import STRENGTH, TOKEN
from generator.review.facts import Result
from generator.review.instants import DAY, SECOND
from generator.review.offices import Office
from generator.review.policy import GateRule
from generator.review.reasons import Reason, words_of

__all__ = ["Passed", "pass_gates"]

_WORST = ("failed", "missing", "stale", "late")


@dataclass(frozen=True, slots=True)
class Passed:
    """The gates in the verdict's words, and the reasons."""

    gates: dict[str, dict[str, Any]]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Machine:
    """What the machine results come to, with the waiver that sets a fail aside."""

    word: str  # as the verdict has it: none, pass, fail or waived
    waiver: Deed | None = None
    reason: Reason | None = None
    state: str = "passed"
    note: Reason | None = None


def pass_gates(deeds: Sequence[Deed], setting: Setting, last: Deed | None) -> Passed:
    """Every gate of the policy: passed, or how far it is from that."""
    gates: dict[str, dict[str, Any]] = {}
    reasons: list[Reason] = []
    for name, rule in setting.offices.policy.gates.items():
        machine = _machine(name, rule, deeds, setting, last)
        attestation = _attestation(rule, deeds, setting)
        states = [machine.state]
        if attestation is None:
            states.append("missing")
            words = {
                "what": "还没有人逐项确认",
                "who": "或者".join(words_of("roles")[role] for role in sorted(rule.attest)),
            }
            reasons.append(Reason(code="gate_missing", gate=name, words=words))
        elif last is not None and last.act.before(attestation.act):
            states.append("late")
            reasons.append(_late(name, attestation.act.id, "逐项确认"))
        reasons += [one for one in (machine.reason, machine.note) if one is not None]
        reasons += _faults_of_acts(name, rule, deeds, setting)
        gates[name] = {
            "state": next((state for state in _WORST if state in states), "passed"),
            "machine": machine.word,
            "waiver": machine.waiver.act.id if machine.waiver else None,
            "attestation": None
            if attestation is None
            else {
                "act": attestation.act.id,
                "person": attestation.person,
                "at": attestation.act.at_text,
            },
        }
    return Passed(gates, tuple(reasons))


def _late(gate: str, act: str | None, what: str) -> Reason:
    return Reason(code="gate_after_signoff", gate=gate, act=act, words={"what": what})


def _machine(
    name: str, rule: GateRule, deeds: Sequence[Deed], setting: Setting, last: Deed | None
) -> _Machine:
    if rule.machine == "none":
        return _Machine("none")
    of_gate = [one for one in setting.facts.results if one.gate == name]
    ruleset = setting.facts.data["rulesets"].get(name)
    results = sorted(
        (
            one
            for one in of_gate
            if one.subject == setting.subject
            and (one.ruleset == ruleset or (ruleset is None and rule.machine == "optional"))
        ),
        key=lambda one: (one.at, not one.passed),  # a fail at the same instant is the newer
    )
    if not results:
        return _no_result(name, rule, bool(of_gate))
    if not results[-1].passed:
        return _failed(name, rule, results[-1], deeds, setting, last)
    if rule.machine == "optional":
        return _Machine("pass")
    return _passed(name, results, setting, last)


def _no_result(name: str, rule: GateRule, others: bool) -> _Machine:
    if rule.machine == "optional":
        return _Machine("none")
    if others:
        words = {"why": "是对别的内容或者用别的词表检查的"}
        return _Machine("none", None, Reason(code="gate_stale", gate=name, words=words), "stale")
    words = {"what": "还没有机器检查的结果", "who": "机器检查"}
    return _Machine("none", None, Reason(code="gate_missing", gate=name, words=words), "missing")


def _failed(
    name: str,
    rule: GateRule,
    fail: Result,
    deeds: Sequence[Deed],
    setting: Setting,
    last: Deed | None,
) -> _Machine:
    waivers = [
        deed
        for deed in deeds
        if deed.act.at > fail.at and _reason_to_waive(deed, name) and _waives(deed, rule, setting)
    ]
    if not waivers:
        return _Machine("fail", None, Reason(code="gate_failed", gate=name), "failed")
    waiver = waivers[0]
    note = Reason(
        code="gate_waived",
        gate=name,
        act=waiver.act.id,
        person=waiver.person,
        words={"why": _reason_to_waive(waiver, name)},
    )
    if last is not None and last.act.before(waiver.act):
        late = _late(name, waiver.act.id, "豁免")
        return _Machine("waived", waiver, late, "late", note)
    return _Machine("waived", waiver, note=note)


def _passed(name: str, results: Sequence[Result], setting: Setting, last: Deed | None) -> _Machine:
    limits = setting.offices.policy.limits
    age = setting.now - results[-1].at
    if age > limits.gate_age_days * DAY:
        words = {"why": f"已经超过 {limits.gate_age_days} 天"}
        return _Machine("pass", None, Reason(code="gate_stale", gate=name, words=words), "stale")
    if age < -limits.clock_skew_seconds * SECOND:
        words = {"why": "时间晚于现在"}
        return _Machine("pass", None, Reason(code="gate_stale", gate=name, words=words), "stale")
    fails = [index for index, one in enumerate(results) if not one.passed]
    first = results[fails[-1] + 1 if fails else 0]
    if last is not None and first.at > last.act.at:
        return _Machine("pass", None, _late(name, None, "机器检查"), "late")
    return _Machine("pass")


def _reason_to_waive(deed: Deed, gate: str) -> str:
    return next(
        (one.reason for one in deed.act.lines.waivers if one.gate == gate and one.reason), ""
    )


def _office(deed: Deed, roles: frozenset[str], setting: Setting) -> Office:
    return setting.offices.office(deed.person or "", roles, setting.unit, deed.moment)


def _waives(deed: Deed, rule: GateRule, setting: Setting) -> bool:
    return deed.stands and _office(deed, rule.waive, setting).row is not None


def _attestation(rule: GateRule, deeds: Sequence[Deed], setting: Setting) -> Deed | None:
    """The earliest act that ticks the whole list, by one who may."""
    return next(
        (
            deed
            for deed in deeds
            if deed.stands
            and deed.strength >= STRENGTH[TOKEN]
            and deed.act.lines.ticks >= rule.checklist.keys()
            and _office(deed, rule.attest, setting).row is not None
        ),
        None,
    )


def _faults_of_acts(
    gate: str, rule: GateRule, deeds: Sequence[Deed], setting: Setting
) -> Iterator[Reason]:
    """Ticks and waivers that came to nothing, each with the reason."""
    for deed in deeds:
        if deed.who:
            continue
        act, person = deed.act.id, deed.person
        ticked = deed.act.lines.ticks & rule.checklist.keys()
        if ticked:
            codes = set(_office(deed, rule.attest, setting).codes)
            weak = deed.strength < STRENGTH[TOKEN] and not deed.act.lines.bound
            if ticked != rule.checklist.keys() or weak:
                missing = sorted(rule.checklist.keys() - ticked)
                why = f"还差 {'、'.join(missing)}" if missing else "没有口令或者签名"
                yield Reason(
                    code="attestation_incomplete",
                    act=act,
                    person=person,
                    gate=gate,
                    words={"why": why},
                )
            for code in sorted(codes):
                yield Reason(code=code, act=act, person=person, gate=gate)
        wished = [one for one in deed.act.lines.waivers if one.gate == gate]
        if wished:
            office = _office(deed, rule.waive, setting)
            if office.row is None or not any(one.reason for one in wished):
                why = "没有写明理由" if office.row is not None else "这一角色不能豁免"
                yield Reason(
                    code="waiver_not_allowed",
                    act=act,
                    person=person,
                    gate=gate,
                    words={"why": why},
                )
            for code in sorted(office.particular):
                yield Reason(code=code, act=act, person=person, gate=gate)
