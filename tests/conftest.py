"""What every test may ask for: the repository's own folder, and one set of Hypothesis settings."""

from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.support.built_group", "tests.support.keys"]

ROOT = Path(__file__).resolve().parent.parent

# The machine is shared: an example that takes long says nothing about the code.
# Whether a change passes depends on the change alone, so examples are the same in every run. To
# look for more: make test ARGS=--hypothesis-profile=search
settings.register_profile("gongkai", deadline=None, print_blob=True, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("gongkai")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root folder."""
    return ROOT
