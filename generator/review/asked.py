"""Who can fill the levels that a verdict leaves open, at an instant: the people to ask.

A verdict does not say it: it holds for any `now`, and who holds an office changes by the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.review.acting import contributors_of
from generator.review.facts import Facts
from generator.review.levels import levels_of
from generator.review.offices import Moment, Offices
from generator.review.policy import Policy
from generator.review.roles import Roles
from generator.review.shape import holders

__all__ = ["asked_of"]


def asked_of(
    verdict: Mapping[str, Any], facts: Facts, roles: Roles, policy: Policy, now: int
) -> dict[str, list[str]]:
    """Per open level, in the order of the levels, the ids of those who could fill it now.

    Shapes: a level that nobody can fill has an empty list; none where the verdict has no levels.
    """
    if not verdict["levels"]:
        return {}
    offices = Offices(roles, policy, facts, verdict["class"])
    filled = {row["person"] for row in verdict["levels"].values() if row["state"] == "filled"}
    barred = filled | contributors_of(facts, roles)
    held = holders(facts)
    found: dict[str, list[str]] = {}
    for level in levels_of(verdict["kind"], policy.classes[verdict["class"]]):
        if verdict["levels"][level.name]["state"] == "filled":
            continue
        found[level.name] = [
            person
            for person in sorted(roles.people)
            if person not in barred
            and not offices.tied(person, now) & barred
            and not (level.latest and person in held)
            and not offices.absent(person, now)
            and offices.office(
                person, (level.role,), verdict["unit"], Moment(now, None), level.least_rank
            ).row
        ]
    return found
