"""How near two words are: one sign changed, lost, added, or two neighbours swapped."""

from __future__ import annotations

__all__ = ["distance", "one_apart"]


def one_apart(one: str, other: str) -> bool:
    """Whether exactly one such step leads from one word to the other.

    >>> one_apart("中国人民共和国", "中华人民共和国"), one_apart("中华人民和国", "中华人民共和国")
    (True, True)
    >>> one_apart("国务院办公厅", "国务院办公厅"), one_apart("共和国", "人民")
    (False, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = 0
    shorter = min(len(one), len(other))
    while at < shorter and one[at] == other[at]:
        at += 1
    if len(one) == len(other):
        changed = one[at + 1 :] == other[at + 1 :]
        swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
        return changed or swapped
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    return one[at + 1 :] == other[at:]


def distance(one: str, other: str, limit: int) -> int:
    """How many signs must be changed, lost or added; one more than `limit` if more than that."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for index, sign in enumerate(one, 1):
        before, row[0] = row[0], index
        for at, wanted in enumerate(other, 1):
            cost = before + (sign != wanted)
            before, row[at] = row[at], min(cost, row[at] + 1, row[at - 1] + 1)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
