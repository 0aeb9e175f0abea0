"""CODEOWNERS from the roles: GitHub then asks the right people by itself. It decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.review.instants import midnight
from generator.review.policy import Policy
from generator.review.roles import Roles, Row

__all__ = ["codeowners"]

_REVIEWERS = frozenset({"section_reviewer", "information_officer", "information_supervisor"})
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})")
_HEAD = """\
# 由 gongkai forge codeowners 根据 content/governance/roles.yml 生成，请不要手工修改。
# 它只决定 GitHub 通知谁来看；批准是否有效由审核程序判断。
"""


def codeowners(roles: Roles, policy: Policy, now: int) -> str:
    """The file for the appointments in force at an instant (microseconds)."""
    rows = [row for row in roles.appointments if _holds(row, policy.zone, now)]
    platform = policy.platform_unit
    governors = {"governor", "information_supervisor"}
    units = sorted(roles.units.values(), key=lambda unit: unit.id)
    lines = [
        _line("*", roles, rows, {platform}, _REVIEWERS),
        *(_line(f"/{unit.folder}", roles, rows, {unit.id}, _REVIEWERS) for unit in units),
        _line("/content/governance/", roles, rows, {platform}, governors),
    ]
    return _HEAD + "".join(f"{line}\n" for line in lines if line)


def _holds(row: Row, zone: str, now: int) -> bool:
    return midnight(row.start, zone) <= now and (row.end is None or now < midnight(row.end, zone))


def _line(
    path: str, roles: Roles, rows: Iterable[Row], units: set[str], offices: Iterable[str]
) -> str:
    wanted = frozenset(offices)
    persons = {row.person for row in rows if row.unit in units and row.role in wanted}
    logins = sorted({login for person in persons for login in _logins(roles, person)})
    return f"{path} {' '.join(f'@{login}' for login in logins)}" if logins else ""


def _logins(roles: Roles, person: str) -> Iterator[str]:
    for (forge, _), login in roles.people[person].logins.items():
        if forge == "github" and _LOGIN.fullmatch(login):
            yield login
