"""What the tests of rules share: a corpus from a few lines."""

from pathlib import Path

import pytest

from tests.support.corpora import CorpusMaker


@pytest.fixture
def corpus_of(root: Path, tmp_path: Path) -> CorpusMaker:
    """A maker of corpora in a folder of their own, with the repository's reference data."""
    return CorpusMaker(root, tmp_path)
