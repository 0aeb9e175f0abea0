"""Sites → shards: who builds what, reckoned alike on every machine.

A shard is given sites, and with each the parts that it shows, so that every part is judged once.
Parts that no site shows are dealt out, too: what is wrong in them has to be found by somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.check import Survey
from generator.sites.orders import parts_shown

__all__ = ["Load", "deal", "loads"]


@dataclass(frozen=True, slots=True)
class Load:
    """What is dealt out as one: a site with the parts it shows, or a part that none shows."""

    site: str  # empty for a part that no site shows
    parts: tuple[str, ...]
    weight: int


def loads(surveyed: Survey) -> Iterator[Load]:
    """All there is to do; what a part weighs is told by its listing, without opening a record."""
    shared, tree = surveyed.desk.shared.shared, surveyed.desk.reading.tree
    idle = dict.fromkeys(surveyed.digests)
    for site in shared.sites.values() if shared.portal is not None else ():
        shown = sorted(parts_shown(shared, site) & surveyed.digests.keys())
        for name in shown:
            idle.pop(name, None)
        yield Load(site.unit, tuple(shown), 1 + sum(tree.weight(name) for name in shown))
    for name in idle:
        yield Load("", (name,), 1 + tree.weight(name))


def deal(given: Sequence[Load], count: int) -> list[list[Load]]:
    """The loads of each of `count` shards: the heaviest first, to the shard with the least.

    >>> loads = [Load(name, (), weight) for name, weight in (("a", 1), ("b", 5), ("c", 3))]
    >>> [[load.site for load in hand] for hand in deal(loads, 2)]
    [['b'], ['c', 'a']]
    """
    hands: list[list[Load]] = [[] for _ in range(count)]
    weights = [0] * count
    for load in sorted(given, key=lambda load: (-load.weight, load.site, load.parts)):
        at = weights.index(min(weights))
        hands[at].append(load)
        weights[at] += load.weight
    return hands
