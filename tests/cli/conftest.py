"""What the tests of verbs share: a small group with nothing wrong, and a way to call a verb."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import gongkai


@pytest.fixture
def group(root: Path, tmp_path: Path) -> Path:
    """A folder with the smallest sound group, without git."""
    folder = tmp_path / "group"
    shutil.copytree(root / "tests/cases/_base/content", folder / "content")
    shutil.copytree(root / "content/reference", folder / "content/reference")
    shutil.copytree(root / "schemas", folder / "schemas")
    return folder


@pytest.fixture
def call(group: Path):
    """Calls a verb on the group: `call("check", "--lang", "en")`."""

    def run(verb: str, *arguments: str) -> Result:
        return CliRunner().invoke(gongkai, [verb, *arguments, "--root", str(group)])

    return run
