"""A page's own part of the HTML: the fragments of `theme/fragments/`, given what they may ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator.markup import render
from generator.model import Item, Record, Site, Themes, Unit
from generator.sites.fields import Row, filled, rows
from generator.sites.links import Links
from generator.sites.listing import Listing, moment_of
from generator.sites.plan import Page

__all__ = ["PageError", "View", "compile_fragments"]


# A table wider than a phone scrolls by itself, and by keyboard, too.
_TABLE = '<div class="gk-scroll" tabindex="0" role="region" aria-label="表格">'


class PageError(RuntimeError):
    """A page that could not be made, with the record or address to blame."""


@cache
def _environment(fragments: Path) -> jinja2.Environment:
    """The fragments of a folder, each compiled once for all sites, and again when it is saved."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(fragments),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        cache_size=-1,
    )
    environment.filters["day"] = lambda text: str(text or "")[:10]
    environment.filters["moment"] = lambda text: str(text or "")[:16]
    environment.filters["zh_date"] = _zh_date
    environment.filters["paragraphs"] = _paragraphs
    environment.globals["moment_of"] = moment_of
    return environment


def compile_fragments(fragments: Path) -> None:
    """Compiles every fragment now, so that processes forked later need not, each for itself."""
    environment = _environment(fragments)
    for name in environment.list_templates():
        environment.get_template(name)


@dataclass(frozen=True)
class View:
    """The fragments as one site fills them."""

    listing: Listing
    site: Site
    fragments: Path

    @cached_property
    def _themes(self) -> dict[str, str]:
        table = next(self.listing.corpus.every(Themes), None)
        return table.labels() if table else {}

    @cached_property
    def _shared(self) -> dict[str, Any]:
        """What every page of the site may ask for."""
        return {
            "site": self.site,
            "home": filled(self.listing.corpus.schemas, "site", {"home": dict(self.site.home)})[
                "home"
            ],
            "corpus": self.listing.corpus,
            "listing": self.listing,
            "kind_title": self.listing.addresses.kind_title,
            "theme_labels": self._themes,
        }

    def main(self, page: Page, links: Links) -> str:
        """The HTML of a page's own part. Errors: PageError naming the record or address."""
        record = page.record
        try:
            return (
                _environment(self.fragments)
                .get_template(page.template)
                .render(
                    self._shared,
                    page=page,
                    record=record,
                    d=self._fields(record) if record is not None else None,
                    links=links,
                    body=self._body(record, links) if record is not None else "",
                    label=partial(self.listing.corpus.label, record)
                    if record is not None
                    else None,
                    rows=partial(self._rows, record, links) if record is not None else None,
                    unit_of=self.unit_of,
                    source=self.source_of(page),
                    **page.context,
                )
            )
        except (jinja2.TemplateError, KeyError, TypeError, ValueError, AttributeError) as error:
            blame = record.path if record is not None else page.path
            raise PageError(
                f"{blame}（{page.template}）: {type(error).__name__}: {error}"
            ) from error

    def _rows(self, record: Record, links: Links, *leave_out: str) -> tuple[Row, ...]:
        return rows(record, self.listing.corpus.schemas, links, frozenset(leave_out))

    def _fields(self, record: Record) -> dict[str, Any]:
        return filled(self.listing.corpus.schemas, record.kind, record.data)

    def _body(self, record: Record, links: Links) -> Markup:
        if not record.document.body.strip():
            return Markup("")
        resolve = partial(links.in_body, record)
        html = render(record.document.body, resolve, resolve)
        if "<table" in html:
            html = html.replace("<table", _TABLE + "<table").replace("</table>", "</table></div>")
        return Markup(html)  # safe: `render` lets only the allow-list through

    def unit_of(self, record: Record) -> Unit | None:
        """The unit that owns a record."""
        return self.listing.corpus.units.get(record.unit)

    def source_of(self, page: Page) -> str:
        """What published a page: the item's source, else its unit, else the site's host."""
        if isinstance(page.record, Item) and page.record.source:
            return page.record.source
        unit = self.unit_of(page.record) if page.record is not None else None
        return unit.name if unit else self.site.host


def _zh_date(text: str | None) -> str:
    """`2026年11月20日`, without leading zeros."""
    if not text:
        return ""
    day = date.fromisoformat(str(text)[:10])
    return f"{day.year}年{day.month}月{day.day}日"


def _paragraphs(text: str | None) -> Markup:
    """Plain text as paragraphs, one a line."""
    lines = [line.strip() for line in str(text or "").splitlines() if line.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(escape(line)) for line in lines)
