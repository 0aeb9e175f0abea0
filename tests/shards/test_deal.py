"""Dealing: the same on every machine, everything once, and about as much for each."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from generator.check import survey
from generator.schema import Schemas
from generator.shards.deal import Load, deal, loads
from generator.store import NoStore
from generator.tree import WorkingTree

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)

weights = st.lists(st.integers(1, 100_000), max_size=60)
counts = st.integers(1, 12)


def given_loads(numbers: list[int]) -> list[Load]:
    return [Load(f"s{at}", (f"s{at}",), weight) for at, weight in enumerate(numbers)]


@given(weights, counts, st.randoms(use_true_random=False))
def test_the_order_in_which_loads_are_found_does_not_matter(
    numbers: list[int], count: int, chance: random.Random
) -> None:
    found = given_loads(numbers)
    mixed = found.copy()
    chance.shuffle(mixed)
    assert deal(found, count) == deal(mixed, count)


@given(weights, counts)
def test_every_load_is_dealt_out_once(numbers: list[int], count: int) -> None:
    found = given_loads(numbers)
    hands = deal(found, count)
    assert len(hands) == count
    assert sorted(load.site for hand in hands for load in hand) == sorted(x.site for x in found)


@given(weights, counts)
def test_no_shard_is_heavier_than_another_by_more_than_one_load(
    numbers: list[int], count: int
) -> None:
    totals = [sum(load.weight for load in hand) for hand in deal(given_loads(numbers), count)]
    assert max(totals) - min(totals) <= max(numbers, default=0)


def test_every_part_belongs_to_one_load(small, root) -> None:
    small.write("units/nobody/articles/2026/0001.md", "of no unit")
    tree = WorkingTree(small.root, NOW)
    surveyed = survey(tree, Schemas.read(root / "schemas"), NoStore())
    found = list(loads(surveyed))
    assert sorted(part for load in found for part in load.parts) == sorted(tree.parts())
    sites = {load.site: load.parts for load in found if load.site}
    assert sites == {
        "jyj": ("jyj",),
        "yangcheng": ("yangcheng",),
        "portal": ("city", "kjj", "portal"),
    }
    assert {load.parts for load in found if not load.site} == {("",), ("nobody",)}
