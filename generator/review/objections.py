"""Objections: they need no binding, outlive pushes and edits, and stand until they are ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.review.acting import Deed, Setting, person_of
from generator.review.binding import STRENGTH, TOKEN
from generator.review.reasons import Reason

__all__ = ["Judged", "judge"]

_SECRECY = "secrecy_officer"


@dataclass(frozen=True, slots=True)
class Judged:
    """The objections in the verdict's words, and the reasons."""

    objections: list[dict[str, Any]]
    reasons: tuple[Reason, ...]


def judge(deeds: Sequence[Deed], setting: Setting, may_sign: Callable[[Deed], bool]) -> Judged:
    """Every objection of a person with a say, and whether it stands."""
    overrides = [
        deed
        for deed in deeds
        if deed.act.lines.override
        and deed.stands
        and deed.strength >= STRENGTH[TOKEN]
        and may_sign(deed)
    ]
    found: list[dict[str, Any]] = []
    reasons: list[Reason] = []
    for deed in deeds:
        if deed.act.state != "object" or deed.who or deed.person is None:
            continue
        standing = setting.offices.standing(deed.person, setting.unit, deed.moment)
        if standing.row is None:
            reasons += _voids(deed, standing.codes)
            continue
        row: dict[str, Any] = {"act": deed.act.id, "person": deed.person, "override": None}
        override = _overridden(deed, overrides, setting)
        if _withdrawn(deed, deeds, setting):
            row["state"] = "withdrawn"
        elif override is not None:
            row["state"], row["override"] = "overridden", override.act.id
            reasons.append(_note(deed, override))
        else:
            row["state"] = "open"
            reasons.append(_open(deed, setting))
        found.append(row)
    return Judged(sorted(found, key=lambda row: str(row["act"])), tuple(reasons))


def _voids(deed: Deed, codes: Iterable[str]) -> Iterator[Reason]:
    for code in sorted(codes):
        yield Reason(code=code, act=deed.act.id, person=deed.person)


def _withdrawn(objection: Deed, deeds: Sequence[Deed], setting: Setting) -> bool:
    """Whether the same person withdrew it, dismissed it, or later approved these very bytes."""
    if _dismissed_by_own(objection, setting):
        return True
    for deed in deeds:
        if deed.person != objection.person or not deed.sound:
            continue
        if not objection.act.before(deed.act):
            continue
        if deed.approves or (deed.act.lines.withdraws and _has_a_say(deed, setting)):
            return True
    return False


def _has_a_say(deed: Deed, setting: Setting) -> bool:
    return setting.offices.standing(deed.person or "", setting.unit, deed.moment).row is not None


def _dismissed_by_own(objection: Deed, setting: Setting) -> bool:
    dismissed = objection.act.dismissed
    return dismissed is not None and person_of(dismissed.by, setting.roles) == objection.person


def _overridden(objection: Deed, overrides: Sequence[Deed], setting: Setting) -> Deed | None:
    """The first override after it; none sets aside what a secrecy officer objects to."""
    person = objection.person or ""
    office = setting.offices.office(person, (_SECRECY,), setting.unit, objection.moment)
    if office.row is not None:
        return None
    return next((deed for deed in overrides if objection.act.before(deed.act)), None)


def _note(objection: Deed, override: Deed) -> Reason:
    return Reason(
        code="objection_overridden",
        act=override.act.id,
        person=override.person,
        words={
            "why": override.act.lines.override,
            "objector": objection.person or "",
            "objection": objection.act.id,
        },
    )


def _open(objection: Deed, setting: Setting) -> Reason:
    dismissed = objection.act.dismissed
    if dismissed is None:
        return Reason(code="objection_open", act=objection.act.id, person=objection.person)
    by = person_of(dismissed.by, setting.roles) or "别人"
    return Reason(
        code="objection_dismissed",
        act=objection.act.id,
        person=objection.person,
        words={"by": by},
    )
