"""What the tests of building again share: a small group at the same place for a whole process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.incremental.builds import memory
from tests.incremental.shelves import Shelf


@pytest.fixture(scope="session")
def shelf() -> Iterator[Shelf]:
    """A shelf in memory, where the machine has a file system there."""
    with tempfile.TemporaryDirectory(prefix="gongkai-", dir=memory()) as name:
        yield Shelf.at(Path(name).resolve())
