"""The levels of a change: which act fills each, and why one stays open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.review.acting import Deed, Setting, person_of
from generator.review.binding import CAPTURED, STRENGTH, TOKEN
from generator.review.choice import Candidate, Level, choose
from generator.review.facts import Facts
from generator.review.offices import Moment, Office
from generator.review.policy import ClassRule
from generator.review.reasons import Reason, words_of
from generator.review.roles import Row

__all__ = ["Filled", "fill", "levels_of", "signs_last"]

_LEVELS = {"L1": "section_reviewer", "L2": "information_officer", "L3": "information_supervisor"}
_GOVERNANCE = {"G1": "governor", "G2": "information_supervisor"}
_LAST = "L3"
_SIGNS = frozenset({"L3", "G2"})  # where 签发 approves: 信息主管 alone
_AUTHORED = "L2"  # the one level that authorship may fill


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
    candidates.get(_AUTHORED, []).extend(_authorship(levels, setting))
    chosen = choose(levels, candidates)
    shown = {level.name: _shown(chosen.get(level.name), setting) for level in levels}
    reasons: list[Reason] = []
    author = chosen.get(_AUTHORED)
    if author is not None and author.deed is None:
        reasons.append(Reason(code="authorship_counted", person=author.person, level=_AUTHORED))
    open_levels = [level for level in levels if shown[level.name]["state"] != "filled"]
    for level in open_levels:
        state, why = _why_open(level, candidates[level.name], chosen)
        shown[level.name]["state"] = state
        reasons += why
    reasons += _void_approvals(approvals, fits, {level.name for level in open_levels})
    last = chosen.get(_LAST)
    return Filled(shown, last.deed if last else None, tuple(reasons))


def _authorship(levels: Sequence[Level], setting: Setting) -> Iterator[Candidate]:
    """The opener at L2, where the policy lets authorship count and he alone made the change."""
    policy, facts = setting.offices.policy, setting.facts
    level = next((one for one in levels if one.name == _AUTHORED), None)
    if level is None or level.role not in policy.authorship or level.evidence != CAPTURED:
        return
    opener = _only_contributor(facts, setting)
    at = facts.opened_at
    if opener is None or at is None or setting.offices.absent(opener, at):
        return
    office = setting.offices.office(opener, (level.role,), setting.unit, Moment(at, None))
    if office.row is not None and office.row.giver is None:
        yield Candidate(None, office.row, setting.offices.tied(opener, at))


def _only_contributor(facts: Facts, setting: Setting) -> str | None:
    """The opener, where nobody else had a part in the change; an unknown account is somebody."""
    rows = facts.data["contributors"]
    openers = {
        person_of(row["account"], setting.roles)
        for row in rows
        if "opener" in row["kinds"] and row["account"]["type"] == "user"
    }
    people = {person_of(row["account"], setting.roles) for row in rows}
    if facts.data["initiator"] is not None:
        people.add(person_of(facts.data["initiator"], setting.roles))
    return next(iter(openers)) if len(openers) == 1 and people == openers else None


_EMPTY: Mapping[str, Any] = dict.fromkeys(
    ("by", "act", "person", "appointment", "delegation", "evidence", "at")
)


def _shown(one: Candidate | None, setting: Setting) -> dict[str, Any]:
    if one is None:
        return {"state": "missing", **_EMPTY}
    deed = one.deed
    delegated = one.row.giver is not None
    return {
        "state": "filled",
        "by": "act" if deed else "authorship",
        "act": deed.act.id if deed else None,
        "person": one.person,
        "appointment": None if delegated else one.row.id,
        "delegation": one.row.id if delegated else None,
        "evidence": deed.binding.strength if deed else CAPTURED,
        "at": deed.act.at_text if deed else setting.facts.data["opened_at"],
    }


def _why_open(
    level: Level, candidates: Sequence[Candidate], chosen: Mapping[str, Candidate]
) -> tuple[str, list[Reason]]:
    """The state of a level that nobody fills, and the reasons: what kept each valid act out."""
    reasons: list[Reason] = []
    early: list[Deed] = []
    for one in candidates:
        if one.deed is None:
            continue
        same = [name for name, other in chosen.items() if other.person == one.person]
        tied = [name for name, other in chosen.items() if one.tied_to(other)]
        about: dict[str, Any] = {"act": one.deed.act.id, "person": one.person, "level": level.name}
        if same:
            words = {"other": words_of("levels")[same[0]]}
            reasons.append(Reason(code="same_person_twice", words=words, **about))
        elif tied:
            words = {"other": f" {chosen[tied[0]].person} "}
            reasons.append(Reason(code="delegator_and_delegate", words=words, **about))
        else:
            early.append(one.deed)
    if not early:
        return "missing", [*reasons, Reason(code="level_missing", level=level.name)]
    last = max(early, key=lambda deed: deed.act.order)
    found = Reason(code="out_of_order", act=last.act.id, person=last.person, level=level.name)
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
