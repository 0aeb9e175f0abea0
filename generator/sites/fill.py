"""A planned page → its bytes: the site's shell with the page's own title, head and text in it."""

from __future__ import annotations

from generator.model import Site
from generator.sites.links import Links
from generator.sites.plan import Page, PageType
from generator.sites.shell import Frame
from generator.sites.tags import Heads
from generator.sites.templating import escaped
from generator.sites.view import View

__all__ = ["Filler"]

_OWN = frozenset({"head", "main", "title"})  # the holes that every page fills with its own words

_Mould = tuple[tuple[bytes, ...], tuple[str, ...]]  # parts, and the holes between them


class Filler:
    """The pages of one site as bytes.

    What pages of one depth, type and first-level column share is put into their shell once; each
    page then encodes no more than its own words.
    """

    def __init__(self, view: View, frame: Frame) -> None:
        self._view = view
        self._site = view.site
        self._frame = frame
        self._heads = Heads(view.site)
        self._moulds: dict[tuple[int, PageType, str], _Mould] = {}

    def fill(self, page: Page) -> bytes:
        """The page. Errors: PageError naming the record or address."""
        links = Links(self._view.listing, self._site, page.path)
        source = self._view.source_of(page)
        values = {
            "title": _window_title(page, self._site),
            "head": self._heads.of(page, links, source),
            "main": self._view.main(page, links, source),
        }
        parts, holes = self._mould(page)
        pieces = [parts[0]]
        for hole, part in zip(holes, parts[1:], strict=True):
            pieces += (values[hole].encode(), part)
        return b"".join(pieces)

    def _mould(self, page: Page) -> _Mould:
        column = page.column
        while column is not None and column.above is not None:
            column = column.above
        first = column.id if column is not None else ""
        key = page.path.count("/"), page.type, first
        if key not in self._moulds:
            values = {"type": str(page.type)}
            if page.type is PageType.HOME:
                values["nav-home"] = ' aria-current="page"'
            elif first:
                values[f"nav-{first}"] = ' aria-current="true"'
            shell = self._frame.at(page.path).closed(values, _OWN)
            self._moulds[key] = tuple(part.encode() for part in shell.parts), shell.holes
        return self._moulds[key]


def _window_title(page: Page, site: Site) -> str:
    if page.type is PageType.HOME:
        return escaped(site.name)
    column = page.column.title if page.column and page.type is PageType.CONTENT else ""
    return escaped(" - ".join(part for part in (page.title, column, site.name) if part))
