"""The hook of the root `mkdocs.yml`: `mkdocs build` and `mkdocs serve` show the portal as built.

MkDocs itself is given one empty page; when it is done, the portal's real pages take the folder,
made by the same code as every other build. Faults are reported; what can be shown is shown.
"""

from __future__ import annotations

import logging
import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from generator.check import Checked, check
from generator.crew import Crew
from generator.diagnostics.render import as_text
from generator.schema import Schemas
from generator.sites.frame import frame_settings
from generator.sites.group import FailedSite, Group, build_group, theme_of
from generator.sites.listing import Listing
from generator.sites.render import empty_page
from generator.tree import WorkingTree

_log = logging.getLogger("mkdocs.gongkai")


def on_config(config: Any) -> Any:
    """The configuration with the portal's own name, address and settings for the theme."""
    root, now = Path(config["config_file_path"]).parent, datetime.now(UTC)
    checked = check(WorkingTree(root, now), Schemas.read(root / "schemas"))
    if checked.faults:
        _log.warning("内容有问题：\n%s", as_text(checked.faults, "zh"))
    listing, portal = Listing.at(checked.group, now), checked.group.portal
    if listing is None or portal is None:
        raise SystemExit("缺少 content/group.yml 或它所写的门户网站，无法生成页面。")
    config["site_name"], config["site_url"] = portal.name, portal.url
    config["extra"]["site"] = frame_settings(checked.group, portal)
    config["extra"]["portal"] = partial(_build_portal, checked, portal.unit, root, now)
    return config


def _build_portal(checked: Checked, portal: str, root: Path, now: datetime, out: Path) -> None:
    group = Group(checked, theme_of(root), out, now)
    for done in build_group(group, Crew(1), [portal]):
        if isinstance(done, FailedSite):
            raise SystemExit(f"门户网站没有生成。原因：{done.reason}")


def on_files(files: Any, config: Any) -> Any:
    """The files MkDocs shall handle: one empty page in place of all content."""
    kept = type(files)([])
    kept.append(empty_page(config))
    return kept


def on_post_build(config: Any) -> None:
    """Puts the portal's pages into the folder that MkDocs has just written."""
    built = Path(config["site_dir"])
    beside = built.with_name(built.name + ".portal")
    config["extra"]["portal"](beside)
    shutil.rmtree(built)
    next(path for path in beside.iterdir() if not path.name.startswith(".")).rename(built)
    shutil.rmtree(beside)
