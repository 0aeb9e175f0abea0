"""A page's own part of the HTML: the fragments of `theme/fragments/`, given what they may ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from generator.markup import render
from generator.model import Item, Record, Site, Themes, Unit
from generator.sites.fields import Fields, Maybe, Row, filled, rows
from generator.sites.fragments import environment_of, macros_of
from generator.sites.links import Links
from generator.sites.listing import Listing
from generator.sites.plan import Crumb, Page
from generator.sites.shapes import Shape
from generator.sites.templating import Names, as_html

__all__ = ["PageError", "View"]


# A table wider than a phone scrolls by itself, and by keyboard, too.
_TABLE = '<div class="gk-scroll" tabindex="0" role="region" aria-label="表格">'
_FAULTS = (jinja2.TemplateError, LookupError, TypeError, ValueError, AttributeError)


class PageError(RuntimeError):
    """A page that could not be made, with the record or address to blame."""


class _Given(Names):
    """What a page's template may ask for; what follows from its record is made on demand."""

    def __missing__(self, name: str) -> Any:
        make = _OF_RECORD.get(name)
        if make is None:
            return super().__missing__(name)
        view, record, links = self["view"], self["record"], self["links"]
        found = self[name] = make(view, record, links) if record is not None else None
        return found


# What a template may ask for besides where its page shows a record.
_OF_RECORD: dict[str, Callable[[View, Record, Links], Any]] = {
    "body": lambda view, record, links: view.body(record, links),
    "d": lambda view, record, _: Fields(record.data, view.shape_of(record)),
    "label": lambda view, record, _: partial(view.label_of, record),
    "maybe": lambda view, record, _: Maybe(record.data, view.shape_of(record)),
    "rows": lambda view, record, links: partial(view.rows, record, links),
    "shape": lambda view, record, _: view.shape_of(record),
}


@dataclass(frozen=True)
class View:
    """The fragments as one site fills them."""

    listing: Listing
    site: Site
    fragments: Path

    @cached_property
    def _environment(self) -> jinja2.Environment:
        return environment_of(self.fragments)

    @cached_property
    def _templates(self) -> dict[str, tuple[jinja2.Template, Context]]:
        return {}

    @cached_property
    def _ways(self) -> dict[tuple[tuple[Crumb, ...], str, str], Markup]:
        return {}

    @cached_property
    def _themes(self) -> dict[str, str]:
        table = next(self.listing.corpus.common(Themes), None)
        return table.labels() if table else {}

    @cached_property
    def _shared(self) -> dict[str, Any]:
        """What every page of the site may ask for; `m` are the pieces that several pages use."""
        shapes = self.listing.shapes
        shared: dict[str, Any] = {
            "site": self.site,
            "home": filled(dict(self.site.home), shapes.of("site").inner("home")),
            "corpus": self.listing.corpus,
            "listing": self.listing,
            "kind_title": self.listing.addresses.kind_title,
            "theme_labels": self._themes,
            "label_of": self.label_of,
            "unit_of": self.unit_of,
        }
        macros = macros_of(self._environment, shared)
        return {**self._environment.globals, **shared, "m": macros}

    def main(self, page: Page, links: Links, source: str) -> str:
        """The HTML of a page's own part. Errors: PageError naming the record or address."""
        try:
            template, context = self._template(page.template)
            names = _Given(self._shared)
            names.update(
                view=self,
                page=page,
                record=page.record,
                links=links,
                way=self._way(page, links),
                source=source,
            )
            names.update(page.context)
            context.parent = names
            return "".join(template.root_render_func(context))
        except _FAULTS as error:
            blame = page.record.path if page.record is not None else page.path
            raise PageError(
                f"{blame}（{page.template}）: {type(error).__name__}: {error}"
            ) from error

    def _template(self, name: str) -> tuple[jinja2.Template, Context]:
        """A template, and the context in which it is filled in for one page after another."""
        if name not in self._templates:
            template = self._environment.get_template(name)
            self._templates[name] = template, template.new_context()
        return self._templates[name]

    def _way(self, page: Page, links: Links) -> Markup:
        """The steps down to a page, the same for all pages of one depth that hang below them."""
        here = next((crumb.path for crumb in page.trail if crumb.path == page.path), "")
        key = page.trail, links.base, here
        if key not in self._ways:
            self._ways[key] = self._shared["m"].way(page.trail, links, here)
        return self._ways[key]

    def label_of(self, record: Record, *pointer: str | int) -> str:
        """The Chinese word for a coded value of a record; the value itself where it has none."""
        value: Any = record.data
        shape = self.shape_of(record)
        for part in pointer:
            value = value[part]
            shape = shape.inner(part)
        return shape.label(value)

    def rows(self, record: Record, links: Links, *leave_out: str) -> tuple[Row, ...]:
        """A record's fields with their titles, but for those in `leave_out`."""
        return rows(record, links, frozenset(leave_out))

    def body(self, record: Record, links: Links) -> Markup:
        """A record's text as HTML."""
        body = record.document.body
        if not body or body.isspace():
            return Markup("")
        resolve = partial(links.in_body, record)
        html = render(body, resolve, resolve)
        if "<table" in html:
            html = html.replace("<table", _TABLE + "<table").replace("</table>", "</table></div>")
        return as_html(html)  # safe: `render` lets only the allow-list through

    def shape_of(self, record: Record) -> Shape:
        """The schema of a record as templates see it."""
        return self.listing.shapes.of(record.kind)

    def unit_of(self, record: Record) -> Unit | None:
        """The unit that owns a record."""
        return self.listing.corpus.units.get(record.unit)

    def source_of(self, page: Page) -> str:
        """What published a page: the item's source, else its unit, else the site's host."""
        if isinstance(page.record, Item) and page.record.source:
            return page.record.source
        unit = self.unit_of(page.record) if page.record is not None else None
        return unit.name if unit else self.site.host
