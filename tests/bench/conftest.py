"""One small generated group, which the tests of this folder read and do not change."""

import pytest

from tests.bench.generate import generate


@pytest.fixture(scope="session")
def group(tmp_path_factory):
    """Twelve sites and three hundred articles: the folder, and how many records of each kind."""
    folder = tmp_path_factory.mktemp("group") / "out"
    return folder, generate(folder, 12, 300, 7)
