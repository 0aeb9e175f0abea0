"""Taking pages down at once, by one person; and what a supervisor then confirms.

Nothing comes back by itself: a hold that nobody ratified in time stays and is told of, and only an
ordinary change through all three levels restores a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from generator.keeper.book import Book, Signer
from generator.keeper.refused import RefusedError
from generator.keeper.rules import rules_at
from generator.review.instants import SECOND, instant
from generator.review.ledger import Entry
from generator.review.ledger_state import Hold, PathState, State
from generator.review.offices import Moment, Offices
from generator.review.paths import unit_of
from generator.review.policy import Policy
from generator.review.roles import Roles, Row

__all__ = ["REASONS", "overdue", "ratify", "restorable", "takedown", "tombstones"]

REASONS = ("错误", "过期", "泄密", "隐私", "侵权", "舆情", "上级要求", "其他")
_HOUR = 3600 * SECOND
Account = tuple[str, str]  # forge, numeric id


@cache
def tombstones() -> Mapping[str, str]:
    """What readers are told of a page that is down, by the name that a takedown gives."""
    file = Path(__file__).with_name("tombstones.yml")
    value: Mapping[str, str] = yaml.safe_load(file.read_text("utf-8"))
    return value


class _Recorded:
    """What `Offices` asks of the facts: at which position a row was recorded."""

    def __init__(self, state: State) -> None:
        self._state = state

    def recorded(self, row: str) -> int | None:
        return self._state.recorded.get(row)


class _Desk:
    """The rules in force, and who may do what at this moment."""

    def __init__(self, book: Book, now: str) -> None:
        roles, policy = rules_at(book.objects, book.state)
        self.roles: Roles = roles.roles
        self.policy: Policy = policy.policy
        self.rules: Mapping[str, Any] = self.policy.data["takedown"]
        at = instant(now)
        assert at is not None  # the command line gives the time
        self.at = at
        self._moment = Moment(at, None)
        recorded: Any = _Recorded(book.state)
        self._offices = Offices(self.roles, self.policy, recorded, min(self.policy.classes))

    def person(self, account: Account) -> str:
        found = self.roles.persons.get(account)
        if found is None:
            said = f"账号 {account[0]}:{account[1]} 不在 roles.yml 里"
            raise RefusedError("takedown_not_allowed", said)
        return found

    def office(self, person: str, allowed: Sequence[str], units: Iterable[str]) -> Row:
        """The row by which a person may act for all these units."""
        row: Row | None = None
        for unit in sorted(set(units)):
            found = self._offices.office(person, allowed, unit, self._moment)
            if found.row is None or self._offices.absent(person, self.at):
                codes = "、".join(sorted(found.codes)) or "absent"
                said = f"{person} 现在不能处理单位 {unit} 的页面（{codes}）"
                raise RefusedError("takedown_not_allowed", said)
            row = row or found.row
        assert row is not None  # there is at least one path, and each has a unit
        return row

    def unit(self, path: str, found: PathState) -> str:
        unit = found.unit or unit_of(path, found.kind, self.policy, self.roles)
        if unit is None:
            raise RefusedError("takedown_not_allowed", f"{path} 不属于任何单位")
        return unit


def _by(person: str, row: Row) -> dict[str, Any]:
    delegation = row.id if row.giver is not None else None
    return {"person": person, "appointment": row.id, "delegation": delegation}


def takedown(  # noqa: PLR0917 -- who, what, why, and by which keys, when
    book: Book,
    signer: Signer,
    now: str,
    paths: Sequence[str],
    reason: str,
    who: Account,
    second: Account | None = None,
    tombstone: str = "default",
) -> Entry:
    """The entry that holds pages back, with all that belongs to them.

    Errors: RefusedError; MovedError.
    """
    if not book.entries:
        raise RefusedError("ledger_missing", "还没有台账")
    if reason not in REASONS or tombstone not in tombstones():
        said = f"原因只能是：{'、'.join(REASONS)}；说明页只能是：{'、'.join(tombstones())}"
        raise RefusedError("takedown_reason_unknown", said)
    desk = _Desk(book, now)
    person = desk.person(who)
    asked = list(dict.fromkeys(paths))
    found: dict[str, PathState] = {}
    for path in asked:
        found |= _with_belongings(book.state, path)
    units = [desk.unit(path, one) for path, one in found.items()]
    row = desk.office(person, desk.rules["hold"], units)
    other = None
    recent = sum(h.asked for h in book.state.holds.values() if desk.at - h.at < _HOUR)
    if recent + len(asked) > desk.rules["paths_per_hour"]:
        other = _second(desk, person, second, units)
    body = {
        "account": {"forge": who[0], "id": who[1]}, "by": _by(person, row), "second": other,
        "reason": reason, "tombstone": tombstone, "asked": asked,
        "paths": [{"path": path, "git": one.git} for path, one in sorted(found.items())],
    }  # fmt: skip
    return book.append([("takedown", body)], now, signer)[0]


def _second(
    desk: _Desk, person: str, second: Account | None, units: Iterable[str]
) -> dict[str, Any]:
    most = desk.rules["paths_per_hour"]
    said = f"一小时内撤下的页面超过 {most} 个，需要第二个人同意"
    if second is None:
        raise RefusedError("takedown_needs_second", said)
    other = desk.person(second)
    if other == person:
        raise RefusedError("takedown_needs_second", f"{said}，不能是同一个人")
    return _by(other, desk.office(other, desk.rules["hold"], units))


def _with_belongings(state: State, path: str) -> dict[str, PathState]:
    """A published page with its attachments, its table and its translations.

    Those are what lies in the folder named after it, and beside it under its name with another
    ending: `0042/plan.pdf`, `0042.csv`, `0042.en.md` of `0042.md`.
    """
    known = state.paths.get(path)
    if known is None or known.status != "published" or known.kind in ("site", "governance"):
        raise RefusedError("takedown_not_allowed", f"{path} 没有在发布，不用撤下")
    page = PurePosixPath(path)
    folder = f"{page.parent}/{page.stem}/"
    beside = f"{page.parent}/{page.stem}."
    is_record = page.suffix in (".md", ".yml")
    return {
        name: one
        for name, one in state.live().items()
        if name == path or (is_record and (name.startswith(folder) or _is_beside(name, beside)))
    }


def _is_beside(name: str, beside: str) -> bool:
    return name.startswith(beside) and "/" not in name[len(beside) :]


def ratify(book: Book, signer: Signer, now: str, paths: Sequence[str], who: Account) -> Entry:
    """The entry by which a supervisor confirms takedowns. Errors: RefusedError; MovedError."""
    if not book.entries:
        raise RefusedError("ledger_missing", "还没有台账")
    desk = _Desk(book, now)
    person = desk.person(who)
    asked = list(dict.fromkeys(paths))
    found: dict[str, PathState] = {}
    for path in asked:
        known = book.state.paths.get(path)
        if known is None or known.status != "held":
            raise RefusedError("takedown_not_allowed", f"{path} 没有等待确认的撤稿")
        held = book.state.holds[known.seq]
        found[path] = known
        if path in _asked(book, held):  # with a page goes what was held with it
            found |= {
                name: one
                for name in held.paths
                if (one := book.state.paths[name]).status == "held" and _goes_with(name, path)
            }
    units = [desk.unit(path, one) for path, one in found.items()]
    row = desk.office(person, desk.rules["ratify"], units)
    body = {
        "account": {"forge": who[0], "id": who[1]}, "by": _by(person, row),
        "takedowns": sorted({one.seq for one in found.values()}), "paths": sorted(found),
    }  # fmt: skip
    return book.append([("ratify", body)], now, signer)[0]


def _asked(book: Book, hold: Hold) -> list[str]:
    return list(book.entries[hold.seq - 1].body["asked"])


def _goes_with(name: str, page: str) -> bool:
    stem = page.removesuffix(PurePosixPath(page).suffix)
    return name.startswith((f"{stem}/", f"{stem}."))


def overdue(book: Book, now: str) -> list[Hold]:
    """The holds that no supervisor has confirmed in time; they stay, and are to be told of."""
    if not book.entries:
        return []
    desk = _Desk(book, now)
    late = desk.rules["ratify_hours"] * _HOUR
    return [
        hold
        for hold in book.state.holds.values()
        if hold.ratified is None
        and desk.at - hold.at >= late
        and any(
            book.state.paths[path].status == "held" and book.state.paths[path].seq == hold.seq
            for path in hold.paths
        )
    ]


def restorable(book: Book, paths: Sequence[str]) -> dict[str, int]:
    """The takedown that a change has to name as `restoreOf`, by path. Errors: RefusedError."""
    found = {}
    for path in dict.fromkeys(paths):
        known = book.state.paths.get(path)
        if known is None or not known.is_down:
            raise RefusedError("takedown_not_allowed", f"{path} 没有被撤下，不用恢复")
        found[path] = known.seq
    return found
