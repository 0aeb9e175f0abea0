"""Reading a built group as a stranger would: from its HTML alone."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html


@dataclass(frozen=True)
class BuiltPage:
    """One HTML file of a site folder."""

    site: str
    path: str
    file: Path

    @cached_property
    def tree(self) -> lxml.html.HtmlElement:
        """The parsed document."""
        return lxml.html.fromstring(self.file.read_bytes())

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """The contents of its named meta elements, by name."""
        found: dict[str, list[str]] = {}
        for element in self.tree.xpath("//head/meta[@name]"):
            found.setdefault(element.get("name"), []).append(element.get("content", ""))
        return found

    @cached_property
    def targets(self) -> list[str]:
        """Everything it points to: links, pictures, styles, scripts."""
        return [str(t) for t in self.tree.xpath("//*[not(self::base)]/@href | //@src")]

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The names that a fragment may point to."""
        return frozenset(str(name) for name in self.tree.xpath("//@id"))


@dataclass(frozen=True)
class BuiltGroup:
    """A folder of sites, as `gongkai build` leaves it."""

    folder: Path

    @cached_property
    def hosts(self) -> dict[str, str]:
        """Site folders by host name."""
        sites = json.loads((self.folder / "sites.json").read_text("utf-8"))
        return {urlsplit(url).netloc: name for name, url in sites.items()}

    @cached_property
    def pages(self) -> dict[tuple[str, str], BuiltPage]:
        """Every HTML page by site and path."""
        return {
            (site, path): BuiltPage(site, path, file) for site, path, file in sorted(self._files())
        }

    def _files(self) -> Iterator[tuple[str, str, Path]]:
        for site in self.hosts.values():
            for file in (self.folder / site).rglob("*.html"):
                yield site, file.relative_to(self.folder / site).as_posix(), file

    def resolve(self, page: BuiltPage, target: str) -> tuple[str, str, str] | None:
        """Site, path and fragment that a target means, or None where it leaves the group."""
        parts = urlsplit(target)
        if parts.scheme in {"mailto", "tel", "data"}:
            return None
        if parts.netloc:
            if parts.netloc not in self.hosts:
                return None
            site, path = self.hosts[parts.netloc], parts.path.lstrip("/")
        elif not parts.path:
            return page.site, page.path, unquote(parts.fragment)
        else:
            site = page.site
            joined = posixpath.join(posixpath.dirname(page.path), parts.path)
            path = posixpath.normpath(joined)
            path = "" if path == "." else path
            if parts.path.endswith("/"):
                path += "/" if path else ""
        path = unquote(path)
        if not path or path.endswith("/") or (self.folder / site / path).is_dir():
            path = posixpath.join(path, "index.html")
        return site, path, unquote(parts.fragment)
