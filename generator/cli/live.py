"""The hook of the root `mkdocs.yml`: `mkdocs build` and `mkdocs serve` show the portal as built.

MkDocs itself is given one empty page; when it is done, the portal's real pages take the folder,
made by the same code as every other build. Faults are reported; what can be shown is shown.
"""

from __future__ import annotations

import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.check import read_corpus
from generator.clock import wall_time
from generator.diagnostics.render import as_text
from generator.schema import Schemas
from generator.sites.addresses import Addresses
from generator.sites.build import build_site
from generator.sites.listing import Listing
from generator.sites.render import empty_page
from generator.tree import WorkingTree

_log = logging.getLogger("mkdocs.gongkai")


def on_files(files: Any, config: Any) -> Any:
    """The files MkDocs shall handle: one empty page in place of all content."""
    kept = type(files)([])
    kept.append(empty_page(config))
    return kept


def on_post_build(config: Any) -> None:
    """Puts the portal's pages into the folder that MkDocs has just written."""
    root = Path(config["config_file_path"]).parent
    now = datetime.now(UTC)
    tree = WorkingTree(root, now)
    corpus, findings = read_corpus(tree, Schemas.read(root / "schemas"))
    if findings:
        _log.warning("内容有问题：\n%s", as_text(findings, "zh"))
    if corpus.group is None or corpus.portal is None:
        _log.error("缺少 content/group.yml 或门户网站，无法生成页面。")
        return
    addresses = Addresses(corpus)
    listing = Listing(corpus, addresses, wall_time(now, corpus.group.time_zone))
    built = Path(config["site_dir"])
    ready = built.with_name(built.name + ".portal")
    build_site(root, listing, corpus.portal, tree.read, ready)
    shutil.copytree(ready, built, dirs_exist_ok=True)
    shutil.rmtree(ready)
