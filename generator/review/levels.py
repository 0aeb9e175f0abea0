"""The levels of a change: which act fills each, and why one stays open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.review.acting import Deed, Setting, person_of
from generator.review.binding import CAPTURED, STRENGTH, TOKEN
from generator.review.choice import Candidate, Level, choose
from generator.review.offices import Moment, Office
from generator.review.policy import ClassRule
from generator.review.reasons import Reason, words_of
from generator.review.roles import Row

__all__ = ["Filled", "fill", "levels_of", "signs_last"]

_LEVELS = {"L1": "section_reviewer", "L2": "information_officer", "L3": "information_supervisor"}
_GOVERNANCE = {"G1": "governor", "G2": "information_supervisor"}
_LAST = "L3"
_SIGNS = frozenset({"L3", "G2"})  # where 签发 approves: 信息主管 alone
_OFFICER, _OFFICER_LEVEL = "information_officer", "L2"


@dataclass(frozen=True, slots=True)
class Filled:
    """The levels in the verdict's words, L3's act if there is one, and the reasons."""

    levels: dict[str, dict[str, Any]]
    last: Deed | None
    reasons: tuple[Reason, ...]


def levels_of(kind: str | None, rule: ClassRule) -> tuple[Level, ...]:
    """The levels that a change of a kind and a class has to pass."""
    if kind == "governance":
        return tuple(Level(name, role, TOKEN) for name, role in _GOVERNANCE.items())
    three = tuple(
        Level(name, role, rule.evidence[name], rule.min_rank if name == _LAST else 0, order)
        for order, (name, role) in enumerate(_LEVELS.items(), start=1)
    )
    return (*three, *(Level(role, role, TOKEN, order=0) for role in rule.extra))


def signs_last(
    deed: Deed, levels: Sequence[Level], setting: Setting, holders: frozenset[str]
) -> bool:
    """Whether the person of an act may sign as L3 at its time, whatever the act says."""
    last = next((level for level in levels if level.name == _LAST), None)
    if last is None or deed.person is None or deed.person in holders:
        return False
    return _office(deed, last, setting).row is not None


def _office(deed: Deed, level: Level, setting: Setting) -> Office:
    return setting.offices.office(
        deed.person or "", (level.role,), setting.unit, deed.moment, level.least_rank
    )


@dataclass(frozen=True, slots=True)
class _Fit:
    """An approval at a level: the row by which it is valid there, or the codes of why not."""

    row: Row | None
    codes: frozenset[str]
    general: frozenset[str]  # the person has no such row at all


def _fit(deed: Deed, level: Level, setting: Setting, holders: frozenset[str]) -> _Fit:
    office = _office(deed, level, setting)
    if office.row is None:
        return _Fit(None, office.particular, office.codes - office.particular)
    codes = set()
    if 0 < deed.strength < STRENGTH[level.evidence]:
        codes.add("evidence_too_weak")
    if level.name == _LAST and deed.person in holders:
        codes.add("holder_restores")
    return _Fit(office.row, frozenset(codes), frozenset())


def fill(
    levels: Sequence[Level],
    deeds: Sequence[Deed],
    setting: Setting,
    holders: frozenset[str],
) -> Filled:
    """Every level filled as far as the acts go, and every reason about acts and levels."""
    fits: dict[str, dict[str, _Fit]] = {}
    candidates: dict[str, list[Candidate]] = {level.name: [] for level in levels}
    approvals = [deed for deed in deeds if deed.approves and not deed.who]
    for deed in approvals:
        mine = fits[deed.act.id] = {
            level.name: _fit(deed, level, setting, holders)
            for level in levels
            if deed.act.lines.approval != "签发" or level.name in _SIGNS
        }
        for name, fit in mine.items():
            if deed.stands and fit.row is not None and not fit.codes:
                ties = setting.offices.tied(fit.row.person, deed.act.at)
                candidates[name].append(Candidate(deed, fit.row, ties))
    chosen = choose(levels, candidates)
    author = None
    if _OFFICER_LEVEL not in chosen:
        author = _author(levels, setting)
    if author is not None:
        without = [level for level in levels if level.name != _OFFICER_LEVEL]
        again = choose(without, candidates)
        if len(again) + 1 > len(chosen):
            chosen = again
        else:  # pragma: no cover - leaving L2 out never costs a level that it left open
            author = None
    shown = {level.name: _shown(chosen.get(level.name)) for level in levels}
    reasons: list[Reason] = []
    if author is not None:
        shown[_OFFICER_LEVEL] = author
        reasons.append(
            Reason(code="authorship_counted", person=author["person"], level=_OFFICER_LEVEL)
        )
    open_levels = [level for level in levels if shown[level.name]["state"] != "filled"]
    for level in open_levels:
        state, why = _why_open(level, candidates[level.name], chosen)
        shown[level.name]["state"] = state
        reasons += why
    reasons += _void_approvals(approvals, fits, {level.name for level in open_levels})
    last = chosen.get(_LAST)
    return Filled(shown, last.deed if last else None, tuple(reasons))


def _author(levels: Sequence[Level], setting: Setting) -> dict[str, Any] | None:
    """L2 as its author's, where the policy lets authorship count and he alone made the change."""
    policy, facts = setting.offices.policy, setting.facts
    level = next((one for one in levels if one.name == _OFFICER_LEVEL), None)
    if level is None or _OFFICER not in policy.authorship or level.evidence != CAPTURED:
        return None
    people = {person_of(one["account"], setting.roles) for one in facts.data["contributors"]}
    openers = {
        person_of(one["account"], setting.roles)
        for one in facts.data["contributors"]
        if "opener" in one["kinds"] and one["account"]["type"] == "user"
    }
    if facts.data["initiator"] is not None:
        people.add(person_of(facts.data["initiator"], setting.roles))
    if len(openers) != 1 or people != openers or facts.opened_at is None:
        return None
    (opener,) = openers
    if opener is None or setting.offices.absent(opener, facts.opened_at):
        return None
    row = _officer_then(opener, facts.opened_at, setting)
    if row is None:
        return None
    return {
        "state": "filled",
        "by": "authorship",
        "act": None,
        "person": opener,
        "appointment": row.id,
        "delegation": None,
        "evidence": CAPTURED,
        "at": facts.data["opened_at"],
    }


def _officer_then(person: str, at: int, setting: Setting) -> Row | None:
    """His appointment as information officer of the unit then, recorded by now."""
    office = setting.offices.office(person, (_OFFICER,), setting.unit, Moment(at, None))
    return office.row if office.row is not None and office.row.giver is None else None


def _shown(one: Candidate | None) -> dict[str, Any]:
    if one is None:
        empty: dict[str, Any] = dict.fromkeys(
            ("by", "act", "person", "appointment", "delegation", "evidence", "at")
        )
        return {"state": "missing", **empty}
    delegated = one.row.giver is not None
    return {
        "state": "filled",
        "by": "act",
        "act": one.deed.act.id,
        "person": one.person,
        "appointment": None if delegated else one.row.id,
        "delegation": one.row.id if delegated else None,
        "evidence": one.deed.binding.strength,
        "at": one.deed.act.at_text,
    }


def _why_open(
    level: Level, candidates: Sequence[Candidate], chosen: Mapping[str, Candidate]
) -> tuple[str, list[Reason]]:
    reasons: list[Reason] = []
    early: list[Candidate] = []
    for one in candidates:
        act, person = one.deed.act.id, one.person
        same = [name for name, other in chosen.items() if other.person == person]
        tied = [name for name, other in chosen.items() if one.tied_to(other)]
        if same:
            words = {"other": words_of("levels").get(same[0], same[0])}
            reasons.append(
                Reason(
                    code="same_person_twice", act=act, person=person, level=level.name, words=words
                )
            )
        elif tied:
            words = {"other": chosen[tied[0]].person}
            reasons.append(
                Reason(
                    code="delegator_and_delegate",
                    act=act,
                    person=person,
                    level=level.name,
                    words=words,
                )
            )
        else:
            early.append(one)
    if not early:
        return "missing", [*reasons, Reason(code="level_missing", level=level.name)]
    one = max(early, key=lambda one: (one.deed.act.order[:2], one.deed.act.id))
    found = Reason(code="out_of_order", act=one.deed.act.id, person=one.person, level=level.name)
    return "out_of_order", [*reasons, found]


def _void_approvals(
    approvals: Sequence[Deed], fits: Mapping[str, Mapping[str, _Fit]], open_levels: set[str]
) -> Iterator[Reason]:
    """What keeps approvals from counting at the levels their persons could fill."""
    for deed in approvals:
        mine = fits[deed.act.id]
        valid = any(fit.row is not None and not fit.codes for fit in mine.values())
        told = False
        for name, fit in mine.items():
            if valid and name not in open_levels:
                continue
            for code in sorted(fit.codes):
                told = True
                yield Reason(code=code, act=deed.act.id, person=deed.person, level=name)
        if not valid and not told:
            general = frozenset().union(*(fit.general for fit in mine.values()))
            code = "wrong_unit" if "wrong_unit" in general else "no_appointment"
            yield Reason(code=code, act=deed.act.id, person=deed.person)
