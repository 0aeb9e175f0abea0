"""What the tests of sites share: a small group that a test may change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.groups import SmallGroup


@pytest.fixture
def small(root: Path, tmp_path: Path) -> SmallGroup:
    """A small group of the test's own."""
    return SmallGroup.at(root, tmp_path / "group")
