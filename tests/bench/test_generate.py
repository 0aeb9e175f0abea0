"""A generated group is valid, whole, and the same for the same seed."""

import hashlib
from datetime import UTC, datetime

import pytest

from generator.check import check
from generator.load import KINDS
from generator.schema import Schemas
from generator.tree import WorkingTree, open_tree
from tests.bench.generate import commit, generate
from tests.bench.places import places

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def checked(group, root):
    """What the check says of it."""
    return check(WorkingTree(group[0], NOW), Schemas.read(root / "schemas"))


def digest(folder):
    """One digest of all files, with their names."""
    total = hashlib.sha256()
    for file in sorted(file for file in (folder / "content").rglob("*") if file.is_file()):
        total.update(file.relative_to(folder).as_posix().encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def test_nothing_is_wrong_with_it(checked):
    assert [finding for finding in checked.findings if finding.code != "SRC-050"] == []


def test_it_has_what_was_asked_for(group, checked):
    assert group[1]["article"] == 300
    assert len(checked.corpus.sites) == 12
    kinds = {record.kind for record in checked.corpus.records.values()}
    # A unit allows a wording only where a rule is wrong: generated ones need none.
    assert {kind.name for kind in KINDS} - kinds == {"wording-allowed"}


def test_articles_read_like_articles(checked):
    bodies = [r.document.body for r in checked.corpus.records.values() if r.kind == "article"]
    lengths = sorted(map(len, bodies))
    assert lengths[0] > 250
    assert lengths[-1] < 1800
    assert len(set(bodies)) == len(bodies)
    assert any("|--:|" in body for body in bodies)
    assert any("](" in body for body in bodies)
    assert not any("<" in body for body in bodies), "a slot was left open"
    assert any(path.endswith(".png") for path in checked.corpus.assets)
    assert any(path.endswith(".pdf") for path in checked.corpus.assets)


def test_a_seed_gives_the_same_bytes(group, tmp_path):
    generate(tmp_path / "same", 12, 300, 7)
    generate(tmp_path / "other", 12, 300, 8)
    assert digest(tmp_path / "same") == digest(group[0])
    assert digest(tmp_path / "other") != digest(group[0])


def test_a_commit_of_it_is_right_and_the_same(root, tmp_path):
    heads = []
    for name in ("one", "two"):
        generate(tmp_path / name, 3, 60, 7)
        commit(tmp_path / name)
        tree = open_tree(tmp_path / name, "HEAD", NOW)
        assert check(tree, Schemas.read(root / "schemas")).findings == ()
        heads.append(tree.commit)
    assert heads[0] == heads[1]


@pytest.mark.parametrize("sites", [1, 2, 7, 60, 150, 300])
def test_any_number_of_sites(sites):
    found = places(sites)
    assert sum(place.has_site for place in found) == sites
    for values in zip(*((p.id, p.serial, p.name, p.sign) for p in found), strict=True):
        assert len(set(values)) == len(found)
    assert max(len(place.short) for place in found) <= 12
    assert {place.parent for place in found} <= {"", *(place.id for place in found)}


def test_too_much_is_refused(tmp_path):
    with pytest.raises(ValueError, match="sites at most"):
        places(1000)
    with pytest.raises(ValueError, match="articles at least"):
        generate(tmp_path / "out", 12, 10, 1)
