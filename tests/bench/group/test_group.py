"""The generated group: the same for the same seed, without a fault, and with every kind in it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.check import Checked, check
from generator.load import KINDS
from generator.model import Article
from generator.schema import Schemas
from generator.tree import WorkingTree, open_tree
from tests.bench.group.__main__ import Size, generate
from tests.bench.group.units import MOST_UNITS, units

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
SMALL = Size(sites=5, articles=60)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "group"
    generate(folder, SMALL)
    return folder


@pytest.fixture(scope="module")
def checked(root: Path) -> Checked:
    return check(WorkingTree(root, NOW), Schemas.read(root / "schemas"))


def _bytes(root: Path) -> dict[str, bytes]:
    content = root / "content"
    files = (path for path in content.rglob("*") if path.is_file())
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in files}


def test_the_same_numbers_write_the_same_bytes(root: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again", SMALL)
    assert _bytes(tmp_path / "again") == _bytes(root)


def test_another_seed_writes_another_text(root: Path, tmp_path: Path) -> None:
    generate(tmp_path / "other", Size(sites=5, articles=60, seed=2))
    one, other = _bytes(root), _bytes(tmp_path / "other")
    article = "units/dept-002/articles/2024/00001.md"
    assert one[article] != other[article]


def test_no_fault_is_found(checked: Checked) -> None:
    assert checked.faults == ()


def test_a_commit_of_it_has_no_fault_either(tmp_path: Path) -> None:
    generate(tmp_path / "group", SMALL, git=True)
    tree = open_tree(tmp_path / "group", "HEAD", NOW)
    found = check(tree, Schemas.read(tmp_path / "group" / "schemas"))
    assert found.findings == ()


def test_every_kind_is_there(checked: Checked) -> None:
    counts = Counter(record.kind for record in checked.corpus.records.values())
    assert {kind.name for kind in KINDS} == set(counts)
    assert counts["article"] == SMALL.articles
    assert counts["site"] == SMALL.sites


def test_bodies_are_as_long_as_articles_are(checked: Checked) -> None:
    lengths = [len(article.document.body) for article in checked.corpus.every(Article)]
    assert min(lengths) >= 300
    assert max(lengths) <= 1700


def test_sizes_that_cannot_be_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="articles"):
        Size(sites=5, articles=5)
    with pytest.raises(ValueError, match="sites"):
        units(MOST_UNITS + 1)
    (tmp_path / "taken").write_text("", "utf-8")
    with pytest.raises(FileExistsError):
        generate(tmp_path, SMALL)
