"""Each file of `rules/`, put alone into a sound group, gives exactly the findings expected of it.

The group is the base of the cases, with the sound records and files of `beside/` in it. It is laid
out once; a bad file takes its place there for the length of one check.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.check import check
from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import LANGUAGES, hint, message
from generator.schema import Schemas
from generator.tree import WorkingTree

FOLDER = Path(__file__).parent
BASE = FOLDER.parent / "cases" / "_base"
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
NO_HISTORY = "SRC-050"
ROWS = [
    tuple(line.split("\t"))
    for line in (FOLDER / "manifest.tsv").read_text("utf-8").splitlines()[1:]
    if line.startswith("rules/")
]


@pytest.fixture(scope="module")
def schemas(root: Path) -> Schemas:
    """The repository's schemas, compiled once."""
    return Schemas.read(root / "schemas")


@pytest.fixture(scope="module")
def group(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sound group that the bad files are put into."""
    folder = tmp_path_factory.mktemp("group")
    shutil.copytree(root / "content" / "reference", folder / "content" / "reference")
    for layer in (BASE, FOLDER / "beside"):
        shutil.copytree(layer, folder, dirs_exist_ok=True)
    return folder


@contextmanager
def replaced(file: Path, bad: Path) -> Iterator[None]:
    """`bad` in the place of `file`, and what stood there put back at the end."""
    before = file.read_bytes() if file.is_file() else None
    made = [folder for folder in file.parents if not folder.exists()]
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(bad, file)
    try:
        yield
    finally:
        file.unlink()
        if before is not None:
            file.write_bytes(before)
        for folder in made:
            folder.rmdir()


def found_in(group: Path, schemas: Schemas) -> list[Diagnostic]:
    """What the check says of the group, but for the missing history."""
    findings = check(WorkingTree(group, NOW), schemas).findings
    return [finding for finding in findings if finding.code != NO_HISTORY]


def test_the_group_has_nothing_wrong(group, schemas):
    assert found_in(group, schemas) == []


@pytest.mark.parametrize(("name", "path", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_bad_file(name, path, expected, group, schemas):
    with replaced(group / "content" / path, FOLDER / name):
        found = found_in(group, schemas)
    here = [finding for finding in found if finding.place.path == "content/" + path]
    assert "; ".join(f"{finding.place.line} {finding.code}" for finding in here) == expected
    for finding in here:
        for language in LANGUAGES:
            assert message(finding, language).strip()
            assert hint(finding, language).strip()
