"""Each act as the gate sees it: whose it is, what it is bound to, and what voids it.

Here stands what is true of an act whatever it is for; whether it fits a level or a gate is asked
in `choice.py` and `gates.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.review.binding import STRENGTH, Binding, bind
from generator.review.facts import Act, Facts
from generator.review.instants import SECOND
from generator.review.offices import Moment, Offices
from generator.review.roles import Roles

__all__ = ["Deed", "Setting", "contributors_of", "deeds_of", "needs_binding", "person_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What all acts of a change are judged by."""

    offices: Offices
    unit: str
    subject: str
    contributors: frozenset[str]
    now: int

    @property
    def roles(self) -> Roles:
        return self.offices.roles

    @property
    def facts(self) -> Facts:
        return self.offices.facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An act with its person, its binding and its faults.

    `who`: why nobody stands behind it; `void`: what else voids it; `stands`: neither does, and
    the person has neither objected nor been dismissed since, so that it counts.
    """

    act: Act
    person: str | None
    binding: Binding
    who: frozenset[str]
    void: frozenset[str]
    superseded: bool

    @property
    def moment(self) -> Moment:
        return Moment(self.act.at, self.act.seq)

    @property
    def sound(self) -> bool:
        """Whether nothing voids it, apart from what it is for."""
        return not self.who and not self.void

    @property
    def stands(self) -> bool:
        return self.sound and not self.superseded

    @property
    def strength(self) -> int:
        return STRENGTH.get(self.binding.strength or "", 0)

    @property
    def approves(self) -> bool:
        """Whether it says yes, or was meant to: a comment never does."""
        act = self.act
        if act.state != "approve":
            return False
        explicit = act.signature is not None or (act.lines.bound and not act.lines.malformed)
        return act.lines.approval is not None if explicit else True


def person_of(account: Mapping[str, Any] | None, roles: Roles) -> str | None:
    """The person whose account this is, by its number; None for nobody."""
    return None if account is None else roles.persons.get((account["forge"], account["id"]))


def contributors_of(facts: Facts, roles: Roles) -> frozenset[str]:
    """The persons who had a part in the change."""
    accounts = [one["account"] for one in facts.data["contributors"]]
    if facts.data["initiator"] is not None:
        accounts.append(facts.data["initiator"])
    persons = (person_of(account, roles) for account in accounts)
    return frozenset(person for person in persons if person is not None)


def deeds_of(setting: Setting) -> tuple[Deed, ...]:
    """Every act of the change that is one, in order of time."""
    acts = [act for act in setting.facts.acts if act.state != "comment" or act.lines.says_anything]
    persons = {act.id: _actor(act, setting.roles) for act in acts}
    return tuple(_deed(act, persons, acts, setting) for act in acts)


def _actor(act: Act, roles: Roles) -> str | None:
    """The person who acted: a program acts for nobody, whatever its number."""
    if act.account is None or act.account["type"] != "user":
        return None
    return person_of(act.account, roles)


def _deed(act: Act, persons: Mapping[str, str | None], acts: list[Act], setting: Setting) -> Deed:
    person = persons[act.id]
    policy = setting.offices.policy
    binding = bind(act, person, setting.facts, setting.roles, policy.repository)
    others = [other for other in acts if person is not None and persons[other.id] == person]
    return Deed(
        act=act,
        person=person,
        binding=binding,
        who=_who(act, person),
        void=_void(act, person, binding, setting),
        superseded=any(_ends(other, act) for other in others),
    )


def _who(act: Act, person: str | None) -> frozenset[str]:
    if act.account is None:
        return frozenset({"ghost_account"})
    if act.account["type"] != "user":
        return frozenset({"bot_account"})
    return frozenset({"unknown_account"} if person is None else ())


def _void(act: Act, person: str | None, binding: Binding, setting: Setting) -> frozenset[str]:
    codes: set[str] = set()
    skew = setting.offices.policy.limits.clock_skew_seconds * SECOND
    if act.at > setting.now + skew:
        codes.add("future_act")
    if act.edited:
        codes.add("edited_act")
    if act.dismissed is not None:
        codes.add("dismissed_act")
    if needs_binding(act):
        codes |= binding.codes
        if binding.subject is not None and binding.subject != setting.subject:
            codes.add("stale_subject")
        if person is not None:
            codes |= set(_of_person(person, act, setting))
    return frozenset(codes)


def _of_person(person: str, act: Act, setting: Setting) -> Iterator[str]:
    """What keeps a person from judging: a delegate and his giver are one, also as authors."""
    if person in setting.contributors:
        yield "contributor_approves"
    elif setting.offices.tied(person, act.at) & setting.contributors:
        yield "delegator_and_delegate"
    if setting.offices.absent(person, act.at):
        yield "absent"


def needs_binding(act: Act) -> bool:
    """Whether it is more than a withdrawal or a raise, which need none."""
    return act.state == "approve" or act.lines.bound or bool(act.lines.ticks)


def _ends(other: Act, act: Act) -> bool:
    """Whether an act of the same person took this one back: an objection not before it, or the
    dismissal of a review of his."""
    if other.state == "object" and not other.before(act):
        return True
    return other.dismissed is not None and act.at <= other.dismissed.at
