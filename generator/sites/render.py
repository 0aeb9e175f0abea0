"""The seam to MkDocs: a site's settings → its shells and the theme's files.

The only module that imports MkDocs, and imported only where a frame has to be rendered. A shell is
a whole page of the theme (Material, customised in `theme/`) with named holes where a page's own
text goes. The frame of a page depends only on the site and on how deep the page lies, so MkDocs
renders one page a depth, and every other page of the site is that frame with its holes filled.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import get_navigation

from generator.sites.shell import THEME, Frame, Shell, ThemeFile

__all__ = ["Frames", "empty_page", "render_frame"]

# What Material brings for a frame of its own (decision 2), and no page of ours asks for.
_UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/favicon")


def empty_page(config: MkDocsConfig, path: str = "index.md") -> File:
    """A page without text, for MkDocs to put into its frame."""
    file = File(path, None, config.site_dir, config.use_directory_urls)
    file.content_string = ""
    return file


class Frames:
    """The frames of a group's sites; its `mkdocs.yml` and its theme are loaded once for all."""

    def __init__(self, config_file: Path) -> None:
        logging.getLogger("mkdocs").setLevel(logging.ERROR)
        self._config: MkDocsConfig = load_config(config_file=str(config_file), hooks=[], plugins=[])
        self._environment = self._config.theme.get_env()
        self._environment.autoescape = True  # a site's own words are text, whatever they hold

    def of(self, name: str, url: str, extra: Mapping[str, Any], depths: int) -> Frame:
        """The frame of one site, with its own name, address and settings.

        `extra` is what the theme's templates see as `config.extra.site`; shells are made for pages
        of up to `depths` folders.
        """
        config = self._config
        config.site_name, config.site_url = name, url
        config.extra["site"] = dict(extra)
        pages = [empty_page(config, "_/" * depth + "shell.md") for depth in range(depths + 1)]
        files = Files(pages)
        nav = get_navigation(files, config)
        template = self._environment.get_template("main.html")
        shells = []
        for file in pages:
            page = file.page
            assert page is not None  # `get_navigation` gives every documentation file its page
            page.read_source(config)
            page.render(config, files)
            context = mkdocs_build.get_context(nav, files, config, page)
            shells.append(Shell.of(template.render(context)))
        return Frame(tuple(shells), self._files)

    @cached_property
    def _files(self) -> Mapping[str, ThemeFile]:
        """The files that the pages of every site may ask for, by path on the site."""
        found = Files([])
        found.add_files_from_theme(self._environment, self._config)
        own = self._config.theme.custom_dir
        return {
            file.src_uri: _located(Path(file.abs_src_path), Path(own) if own else None)
            for file in found
            if file.abs_src_path and not any(part in file.src_uri for part in _UNUSED)
        }


def _located(file: Path, own: Path | None) -> ThemeFile:
    """A file of the theme, named from the group's own theme folder or the package it came with."""
    if own is not None and file.is_relative_to(own):
        return ThemeFile(THEME, file.relative_to(own).as_posix())
    package = file.parent
    while (package.parent / "__init__.py").is_file():
        package = package.parent
    return ThemeFile(package.name, file.relative_to(package).as_posix())


@lru_cache(maxsize=1)
def _frames(config_file: Path, saved: tuple[int, ...]) -> Frames:
    """The frames of a group as its configuration and theme were saved at these times."""
    return Frames(config_file)


def render_frame(
    config_file: Path, name: str, url: str, extra: Mapping[str, Any], depths: int
) -> Frame:
    """The frame of one site; configuration and theme are loaded again only where one was saved."""
    theme = (file for file in (config_file.parent / "theme").rglob("*") if file.is_file())
    saved = tuple(sorted(file.stat().st_mtime_ns for file in (config_file, *theme)))
    return _frames(config_file, saved).of(name, url, extra, depths)
