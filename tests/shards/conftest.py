"""What the tests of shards share: a small group whose parts list items of one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.groups import SmallGroup
from tests.support.pieces import Builder


@pytest.fixture
def small(root: Path, tmp_path: Path) -> SmallGroup:
    """A small group of three sites, in which parts list items of others."""
    group = SmallGroup.at(root, tmp_path / "group")
    there, here = "[{site: yangcheng, column: yaowen}]", "[{site: jyj, column: gzdt}]"
    group.article("units/jyj/articles/2026/0001.md", title="教育局的稿件", outlets=there)
    group.article("units/kjj/articles/2026/0001.md", title="科技局的稿件", column="bmdt")
    group.article("units/kjj/articles/2026/0002.md", title="给教育局", column="bmdt", outlets=here)
    return group


@pytest.fixture
def builder(small: SmallGroup, tmp_path: Path) -> Builder:
    """Builds the small group."""
    return Builder(small.root, tmp_path / "out")
