"""Every bad file gives exactly the findings that the manifest expects, at their lines."""

import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.check import check, read_corpus
from generator.diagnostics.catalogue import LANGUAGES, hint, message
from generator.emit import to_yaml
from generator.load import locate
from generator.schema import Schemas
from generator.tree import WorkingTree

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
ROWS = [
    tuple(line.split("\t"))
    for line in (FOLDER / "manifest.tsv").read_text("utf-8").splitlines()[1:]
    if not line.startswith("rules/")
]
BY_ITSELF = "tables/alone.csv"


@pytest.fixture(scope="module")
def schemas(root):
    """The repository's schemas."""
    return Schemas.read(root / "schemas")


@pytest.fixture(scope="module")
def tree(tmp_path_factory, schemas):
    """All bad files in one folder, at the paths they pretend to have."""
    top = tmp_path_factory.mktemp("bad")
    for name, path, _ in ROWS:
        target = top / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(FOLDER / name, target)
        kind = locate("content/" + path).kind
        if target.suffix == ".csv" and kind is not None and name != BY_ITSELF:
            record = dict(schemas.of(kind.name)["examples"][0])
            record.pop("rows")
            target.with_suffix(".yml").write_text(to_yaml(record), "utf-8")
    return WorkingTree(top, NOW)


@pytest.fixture(scope="module")
def findings(tree, schemas):
    """What is found, in the order of a report."""
    return sorted(read_corpus(tree, schemas)[1], key=lambda finding: finding.order)


@pytest.mark.parametrize(("name", "path", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_bad(name, path, expected, findings):
    here = [finding for finding in findings if finding.place.path == "content/" + path]
    assert "; ".join(f"{finding.place.line} {finding.code}" for finding in here) == expected
    lines = (FOLDER / name).read_bytes().count(b"\n") + 1
    for finding in here:
        assert 1 <= finding.place.line <= lines
        for language in LANGUAGES:
            assert message(finding, language).strip()
            assert hint(finding, language).strip()


def test_nothing_else_is_found(findings):
    expected = {"content/" + path for _, path, _ in ROWS}
    assert {finding.place.path for finding in findings} <= expected | {"content"}


def test_the_rules_run_over_what_can_be_read(tree, schemas):
    found = check(tree, schemas).findings
    assert list(found) == sorted(found, key=lambda finding: finding.order)


def test_the_manifest_and_the_folder_agree():
    manifest = (FOLDER / "manifest.tsv").read_text("utf-8").splitlines()[1:]
    names = [line.split("\t")[0] for line in manifest]
    files = {
        file.relative_to(FOLDER).as_posix()
        for folder in FOLDER.iterdir()
        if folder.is_dir() and folder.name not in {"beside", "__pycache__"}
        for file in folder.rglob("*")
        if file.is_file()
    }
    assert sorted(names) == sorted(files)
    assert [count for count in Counter(path for _, path, _ in ROWS).values() if count > 1] == []
    assert len(names) >= 150
    assert all(line.split("\t")[2] for line in manifest)
