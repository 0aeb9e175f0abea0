"""The sample city is what it is said to be: every kind, its size, its spread, and no filler."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.check import Checked, check
from generator.load import KINDS
from generator.schema import Schemas
from generator.tree import WorkingTree

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
SENTENCE = re.compile(r"[^。！？；\n]{16,}[。！？；]")
# Phrases that the law or custom words, and that a city does repeat.
CUSTOMARY = re.compile(
    r"法定节假日|联系电话|解释|施行|附件|政府信息公开|申请|行政复议|行政诉讼|举报"
)
MARKUP = re.compile(r"^(?:\||#|!\[|- \[|>)")


@pytest.fixture(scope="module")
def city(root: Path) -> Checked:
    return check(WorkingTree(root, NOW), Schemas.read(root / "schemas"))


def test_nothing_is_wrong_with_it(city: Checked) -> None:
    assert list(city.faults) == []


def test_it_holds_every_kind(city: Checked) -> None:
    there = Counter(record.kind for record in city.corpus.records.values())
    assert {kind.name for kind in KINDS} - set(there) == set()
    assert there.total() >= 450


def test_it_has_its_counties_departments_and_sites(city: Checked) -> None:
    types = Counter(unit.type for unit in city.corpus.units.values())
    departments = [u for u in city.corpus.units.values() if u.type == "department"]
    assert types["county"] == 6
    assert types["zone"] == 1
    assert len(departments) >= 30
    assert sum(unit.unit in city.corpus.sites for unit in departments) >= 18
    ruled = [u.unit for u in city.corpus.units.values() if u.type in {"county", "zone"}]
    assert set(ruled) <= set(city.corpus.sites)


def test_its_dates_are_spread_over_three_years(city: Checked) -> None:
    years = Counter(
        str(record.data["publishedAt"])[:4]
        for record in city.corpus.records.values()
        if "publishedAt" in record.data
    )
    for year in ("2024", "2025", "2026"):
        assert years[year] >= 40


def name_each_other(city: Checked, ids: set[str]) -> bool:
    """Whether the records speak of one another, as an ordinance does of the one it replaces."""
    return any(
        text in ids - {name} for name in ids for _, text in city.corpus.records[name].strings()
    )


def test_no_sentence_stands_in_two_items(city: Checked) -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for record in city.corpus.records.values():
        for line in record.document.body.splitlines():
            if not MARKUP.match(line):
                for sentence in SENTENCE.findall(line):
                    places[sentence.strip()].add(record.id)
    repeated = {
        sentence: sorted(ids)
        for sentence, ids in places.items()
        if len(ids) > 1 and not CUSTOMARY.search(sentence) and not name_each_other(city, ids)
    }
    assert repeated == {}


def test_its_people_are_placeholders(city: Checked) -> None:
    names = [
        str(record.data["name"])
        for record in city.corpus.records.values()
        if record.kind == "leader"
    ]
    assert all(name.endswith("（示例）") for name in names)
