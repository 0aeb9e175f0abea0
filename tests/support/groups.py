"""A small group in a folder of its own: the base of the cases, ready to be changed and built."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator.check import read_corpus
from generator.diagnostics.catalogue import Severity, codes
from generator.schema import Schemas
from generator.sites.listing import Listing
from generator.sites.plan import SitePlan, plan_site
from generator.tree import WorkingTree

__all__ = ["NOW", "SmallGroup"]

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
_SHARED = ("schemas", "theme", "mkdocs.yml")


@dataclass(frozen=True)
class SmallGroup:
    """The folder of a group, with the project's own schemas and theme."""

    root: Path

    @classmethod
    def at(cls, project: Path, folder: Path) -> SmallGroup:
        """A fresh copy of the base in `folder`."""
        shutil.copytree(project / "tests" / "cases" / "_base", folder, dirs_exist_ok=True)
        long_ago = shutil.ignore_patterns("200?.yml", "201?.yml", "2020.yml", "2021.yml")
        reference = folder / "content" / "reference"
        shutil.copytree(project / "content" / "reference", reference, ignore=long_ago)
        for name in _SHARED:
            (folder / name).symlink_to(project / name)
        return cls(folder)

    def write(self, path: str, text: str) -> None:
        """Puts a file below `content/`."""
        file = self.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def article(self, path: str, body: str = "正文。", **fields: str) -> None:
        """Puts an article there; `fields` go over the usual ones as YAML."""
        usual = {
            "title": "测试稿件",
            "column": "gzdt",
            "publishedAt": "2026-03-02 09:00",
            "source": "晋城市教育局",
            "origin": "original",
        }
        lines = "".join(f"{key}: {value}\n" for key, value in {**usual, **fields}.items())
        self.write(path, f"---\n{lines}---\n\n{body}\n")

    def listing(self, now: datetime = NOW) -> Listing:
        """The lists of the group as they read at `now`; a fault of the content fails the test."""
        corpus, findings = read_corpus(
            WorkingTree(self.root, now), Schemas.read(self.root / "schemas")
        )
        bad = [finding for finding in findings if codes()[finding.code].severity != Severity.NOTE]
        assert not bad, bad
        listing = Listing.at(corpus, now)
        assert listing is not None
        return listing

    def plan(self, site: str, now: datetime = NOW) -> SitePlan:
        """What `site` will hold at `now`."""
        listing = self.listing(now)
        return plan_site(listing, listing.corpus.sites[site])
