"""The group itself: its description, units, sites with their column trees, and leaders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.load import Pointer
from generator.model.fields import (
    Day,
    Flag,
    MaybeDay,
    MaybeNumber,
    Part,
    Parts,
    Text,
    Texts,
)
from generator.model.record import Record

__all__ = ["Column", "Group", "Leader", "Site", "Unit"]


class Group(Record):
    """The site group: `content/group.yml`."""

    kind = "group"
    city = Text("city")
    division = Text("divisionCode")
    time_zone = Text("timeZone")
    portal = Text("portal")
    sample_notice = Text("sampleNotice")
    footer = Part("defaultFooter")
    baseline = Part("migrationBaseline")
    sources = Parts("allowedSources")


class Unit(Record):
    """An organ that owns content; its id is its folder."""

    kind = "unit"
    name = Text("name")
    short_name = Text("shortName")
    type = Text("type")
    parent = Text("parent")
    prefixes = Texts("documentPrefixes")
    organ_code = Text("organCode")
    updated = Day("updatedAt")
    abolished = MaybeDay("abolishedAt")

    @property
    def order(self) -> int:
        """The place among units; those without one come last."""
        return int(self.data.get("order", 9999))


@dataclass(frozen=True)
class Column:
    """A node of a site's column tree; `pointer` is its place in the site's record."""

    site: str
    id: str
    data: Mapping[str, Any]
    pointer: Pointer
    above: Column | None

    title = Text("title")
    type = Text("type")
    description = Text("description")
    keywords = Texts("keywords")
    collects = Texts("collects")
    update = Part("update")
    hidden = Flag("hidden")
    show_on_home = Flag("showOnHome")
    home_style = Text("homeStyle")
    url = Text("url")

    @property
    def from_group(self) -> bool:
        """Whether it collects from every unit of the group."""
        return self.data.get("from") == "group"

    @property
    def page_size(self) -> int:
        """Entries a page."""
        return int(self.data.get("pageSize", 20))

    @property
    def level(self) -> int:
        """1 for a first-level column (一级栏目)."""
        return 1 if self.above is None else self.above.level + 1

    @cached_property
    def children(self) -> tuple[Column, ...]:
        """The columns below it, in their order."""
        return tuple(_columns(self.site, self.data, "children", self.pointer, self))

    def walk(self) -> Iterator[Column]:
        """It and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def trail(self) -> tuple[Column, ...]:
        """From the first level down to itself."""
        return (*self.above.trail, self) if self.above else (self,)


def _columns(
    site: str, data: Mapping[str, Any], key: str, pointer: Pointer, above: Column | None
) -> Iterator[Column]:
    for index, row in enumerate(data.get(key, ())):
        yield Column(site, row["id"], row, (*pointer, key, index), above)


class Site(Record):
    """A site of the group; its id is the id of the unit that opened it."""

    kind = "site"
    __slots__ = ("__dict__",)

    name = Text("title")
    subtitle = Text("subtitle")
    url = Text("url")
    role = Text("role")
    code = Text("siteCode")
    status = Text("status")
    icp = Text("icp")
    police_number = Text("policeNumber")
    host = Text("host")
    organiser = Text("organiser")
    contact = Part("contact")
    home = Part("home")
    theme = Part("theme")
    redirects = Parts("redirects")
    tombstones = Parts("tombstones")
    friend_links = Parts("friendLinks")
    extra_column_types = Texts("extraColumnTypes")

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The first-level columns."""
        return tuple(_columns(self.unit, self.data, "columns", (), None))

    def every_column(self) -> Iterator[Column]:
        """All columns, parents first."""
        for column in self.columns:
            yield from column.walk()

    @cached_property
    def column_by_id(self) -> Mapping[str, Column]:
        """All columns by id; of two with one id the first."""
        found: dict[str, Column] = {}
        for column in self.every_column():
            found.setdefault(column.id, column)
        return found


class Leader(Record):
    """A leader of a unit: 领导信息."""

    kind = "leader"
    name = Text("name")
    post = Text("post")
    portfolio = Texts("portfolio")
    resume = Parts("resume")
    portrait = Part("portrait")
    order = MaybeNumber("order")
    updated = Day("updatedAt")
    left = MaybeDay("leftAt")
    withdrawn = Part("withdrawn")
