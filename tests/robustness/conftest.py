"""A small sound group in memory, into which tests put what they like."""

from pathlib import Path

import pytest

from generator.check import check
from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import LANGUAGES, hint, message
from generator.schema import Schemas
from tests.support.trees import MemoryTree

BASE = "tests/cases/_base"
YEARS = {"2024.yml", "2025.yml", "2026.yml"}


def files_of(top: Path) -> dict[str, bytes]:
    """Every file of `content/` below a folder, by its path."""
    return {
        file.relative_to(top).as_posix(): file.read_bytes()
        for file in (top / "content").rglob("*")
        if file.is_file()
    }


@pytest.fixture(scope="session")
def schemas(root: Path) -> Schemas:
    """The repository's schemas."""
    return Schemas.read(root / "schemas")


@pytest.fixture(scope="session")
def sound(root: Path) -> dict[str, bytes]:
    """The files of a group with nothing wrong, with the reference data of three years."""
    reference = {
        path: data
        for path, data in files_of(root).items()
        if path.startswith("content/reference/")
        and ("/workdays/" not in path or path.rpartition("/")[2] in YEARS)
    }
    return {**reference, **files_of(root / BASE)}


@pytest.fixture(scope="session")
def checked(sound: dict[str, bytes], schemas: Schemas):
    """Checks the group with some files added, and holds the report to what every report keeps."""

    def of(files: dict[str, bytes]) -> list[Diagnostic]:
        everything = {**sound, **files}
        found = list(check(MemoryTree(everything), schemas).findings)
        assert found == sorted(found, key=lambda finding: finding.order)
        for finding in found:
            place = finding.place
            if place.path in everything:
                lines = everything[place.path].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
                assert 1 <= place.line <= lines.count(b"\n") + 2, finding
                assert place.column >= 1, finding
            for language in LANGUAGES:
                message(finding, language).encode()
                hint(finding, language).encode()
        return found

    return of
