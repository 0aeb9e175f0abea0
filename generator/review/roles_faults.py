"""What makes `roles.yml` no rule at all: every invariant that a schema cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from generator.review.globs import meet
from generator.review.roles import Roles, Row

__all__ = ["LEAST_RANK", "MOST_DAYS", "faults"]

LEAST_RANK = 30  # 科级, which the contract fixes: no policy may go below it
MOST_DAYS = 30


def faults(roles: Roles) -> Iterator[str]:
    """Every fault of the file, in Chinese."""
    yield from _given_twice(roles)
    yield from _leading_nowhere(roles)
    yield from _units_that_overlap(roles)
    yield from _supervisors(roles)
    for row in roles.delegations:
        yield from _delegation(row, roles)


def _twice(what: str, names: Iterable[Any]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            shown = name if isinstance(name, str) else " ".join(name)
            yield f"{what} {shown} 用了 {count} 次"


def _given_twice(roles: Roles) -> Iterator[str]:
    data = roles.data
    yield from _twice("人员编号", (one["id"] for one in data["people"]))
    yield from _twice("单位代号", (one["id"] for one in data["units"]))
    rows = [*data["appointments"], *data["delegations"], *data["absences"]]
    yield from _twice("编号", (one["id"] for one in rows))
    accounts = [account for one in data["people"] for account in one["accounts"]]
    yield from _twice("账号", ((account["forge"], account["id"]) for account in accounts))
    keys = [key for one in data["people"] for key in one["keys"]]
    yield from _twice("密钥指纹", (key["fingerprint"] for key in keys))
    yield from _twice("公钥", (key["public"] for key in keys))


def _leading_nowhere(roles: Roles) -> Iterator[str]:
    for row in (*roles.appointments, *roles.delegations, *roles.absences):
        for person in (row.person, row.giver):
            if person is not None and person not in roles.people:
                yield f"{row.id} 所说的人员 {person} 不在 people 之中"
        if row.role and row.unit not in roles.units:
            yield f"{row.id} 所说的单位 {row.unit} 不在 units 之中"
    for unit in roles.units.values():
        if unit.parent is None:
            continue
        if unit.parent not in roles.units:
            yield f"单位 {unit.id} 的上级 {unit.parent} 不在 units 之中"
        elif roles.units[(above := roles.above(unit.id))[-1]].parent in above:
            yield f"单位 {unit.id} 的上级绕成一圈"


def _units_that_overlap(roles: Roles) -> Iterator[str]:
    owned = {unit.id: (f"{unit.folder}**", *unit.paths) for unit in roles.units.values()}
    with_paths = {unit.id for unit in roles.units.values() if unit.paths}
    for one, other in combinations(owned, 2):
        if one in with_paths or other in with_paths:
            for a in owned[one]:
                for b in owned[other]:
                    if meet(a, b):
                        yield f"单位 {one} 的 {a} 与单位 {other} 的 {b} 重叠"


def _share_a_day(one: Row, other: Row) -> bool:
    start = max(one.start, other.start)
    ends = [row.end for row in (one, other) if row.end is not None]
    return all(start < end for end in ends)


def _supervisors(roles: Roles) -> Iterator[str]:
    rows = [row for row in roles.appointments if row.role == "information_supervisor"]
    for row in rows:
        if row.rank < LEAST_RANK:
            yield f"{row.id} 信息主管的职级 {row.rank} 低于 {LEAST_RANK}"
    by_unit: dict[str, list[Row]] = {}
    for row in rows:
        by_unit.setdefault(row.unit, []).append(row)
    for unit, held in by_unit.items():
        for one, other in combinations(held, 2):
            if one.person != other.person and _share_a_day(one, other):
                yield f"单位 {unit} 同时有两名信息主管（{one.id}、{other.id}）"


def _delegation(row: Row, roles: Roles) -> Iterator[str]:
    if row.end is not None and _days(row.start, row.end) > timedelta(days=MOST_DAYS):
        yield f"{row.id} 委托超过 {MOST_DAYS} 天"
    if row.rank < LEAST_RANK:
        yield f"{row.id} 受托人的职级 {row.rank} 低于 {LEAST_RANK}"
    if row.giver == row.person:
        yield f"{row.id} 委托给了自己"
    for other in roles.delegations:
        if other.person == row.giver and other is not row and _share_a_day(row, other):
            yield f"{row.id} 的委托人 {row.giver} 这时自己也是受托人（{other.id}）"
    for held in roles.appointments:
        if (held.person, held.unit, held.role) == (row.person, row.unit, "contributor") and (
            _share_a_day(row, held)
        ):
            yield f"{row.id} 委托给了 {row.unit} 的供稿人 {row.person}"


def _days(start: str, end: str) -> timedelta:
    return date.fromisoformat(end) - date.fromisoformat(start)
