"""The seam to MkDocs: a site's settings → its shells and the theme's files.

The only module that imports MkDocs. A shell is a whole page of the theme (Material, customised in
`theme/`) with named holes where a page's own text goes. The frame of a page depends only on the
site and on how deep the page lies, so MkDocs renders one page a depth, and every other page of the
site is that frame with its holes filled.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import get_navigation

from generator.sites.shell import Shell

__all__ = ["Frame", "empty_page", "render_frame"]

# What Material brings for a frame of its own (decision 2), and no page of ours asks for.
_UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/favicon")


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of a site share: a shell for each depth, and the theme's files by path."""

    shells: tuple[Shell, ...]
    files: Mapping[str, Path]

    def at(self, path: str) -> Shell:
        """The shell for a page, by how deep it lies."""
        return self.shells[path.count("/")]


def empty_page(config: MkDocsConfig, path: str = "index.md") -> File:
    """A page without text, for MkDocs to put into its frame."""
    file = File(path, None, config.site_dir, config.use_directory_urls)
    file.content_string = ""
    return file


def render_frame(
    config_file: Path, name: str, url: str, extra: Mapping[str, Any], depths: int
) -> Frame:
    """The frame of one site, from the group's `mkdocs.yml` with the site's own name and settings.

    `extra` is what the theme's templates see as `config.extra.site`; shells are made for pages of
    up to `depths` folders.
    """
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    config: MkDocsConfig = load_config(
        config_file=str(config_file), site_name=name, site_url=url, hooks=[], plugins=[]
    )
    config.extra["site"] = dict(extra)
    environment = config.theme.get_env()
    environment.autoescape = True  # a site's own words are text, whatever signs they hold
    pages = [empty_page(config, "_/" * depth + "shell.md") for depth in range(depths + 1)]
    files = Files(pages)
    nav = get_navigation(files, config)
    template = environment.get_template("main.html")
    shells = []
    for file in pages:
        page = file.page
        assert page is not None  # `get_navigation` gives every documentation file its page
        page.read_source(config)
        page.render(config, files)
        context = mkdocs_build.get_context(nav, files, config, page)
        shells.append(Shell.of(template.render(context)))
    theme_files = Files([])
    theme_files.add_files_from_theme(environment, config)
    found = {
        file.src_uri: Path(str(file.abs_src_path))
        for file in theme_files
        if file.abs_src_path and not any(part in file.src_uri for part in _UNUSED)
    }
    return Frame(tuple(shells), found)
