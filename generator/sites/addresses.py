"""Addresses: where a record, a column or a file stands on which site. Stable, readable, computed.

A record of the site's own unit stands at its path below the unit's folder with `.html`; one of a
unit that the site shows besides stands under `units/<unit>/`. So an address changes only when its
file moves, and a record's files keep the relative path that its author wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from generator.corpus import Corpus
from generator.load import KINDS_BY_NAME
from generator.model import Column, Record, Site, Unit

__all__ = ["PAGED", "Addresses", "base_of", "folders_above", "host_url"]

# Kinds that have a page each; the others are data, or are shown only in lists and sums.
PAGED = frozenset(
    {
        "annual-report", "article", "attestation", "consultation", "disclosure",
        "error-report", "evaluation", "fee", "finding", "guide", "institution", "interpretation",
        "interview", "leader", "media-account", "meeting", "message", "migration", "monthly-report",
        "partner", "policy", "power", "probe", "reward", "service", "service-statistics",
        "site-report", "task", "unit", "year-report",
    }
)  # fmt: skip
# Kinds that are shown only as rows of a list.
_ROWS = frozenset({"adoption"})
_SHOWN = PAGED | _ROWS
# Kinds that are public only where the record says so.
_BY_CONSENT = frozenset({"attestation", "error-report", "finding", "meeting", "message", "task"})


def base_of(path: str) -> str:
    """The way from a page back to the root of its site: `../../` for `articles/2026/1.html`."""
    return "../" * path.count("/") or "./"


def folders_above(path: str) -> set[str]:
    """The folders that a path stands in: `a`, `a/b` and `.` for `a/b/c.html`."""
    return {folder.as_posix() for folder in PurePosixPath(path).parents}


@dataclass(frozen=True)
class Addresses:
    """Where things stand, over all sites of a corpus; what was reckoned once is kept."""

    corpus: Corpus

    @cached_property
    def _sites(self) -> dict[str, Site | None]:
        return {}

    @cached_property
    def _pages(self) -> dict[Record, tuple[Site, str] | None]:
        return {}

    @cached_property
    def _principals(self) -> dict[str, Unit | None]:
        return {}

    @cached_property
    def _platforms(self) -> dict[str, tuple[Site, str] | None]:
        return {}

    def site_of(self, unit: str) -> Site | None:
        """The site that shows a unit."""
        if unit not in self._sites:
            self._sites[unit] = self.corpus.site_of(unit)
        return self._sites[unit]

    def is_public(self, record: Record) -> bool:
        """Whether the record is shown at all, whatever the time."""
        kind = record.kind
        if kind not in _SHOWN:
            return False
        return kind not in _BY_CONSENT or record.data.get("public") is True

    def folder(self, site: Site, unit: str) -> str:
        """What stands before the addresses of a unit's records on `site`."""
        return "" if unit == site.unit else f"units/{unit}/"

    def page(self, record: Record) -> tuple[Site, str] | None:
        """The site and path of a record's page, or None where it has none."""
        try:
            return self._pages[record]
        except KeyError:
            where = self._pages[record] = self._page(record)
            return where

    def _page(self, record: Record) -> tuple[Site, str] | None:
        unit = record.unit
        site = self.site_of(unit)
        if site is None or record.kind not in PAGED or not self.is_public(record):
            return None
        inner = record.path.split("/", 3)[3].rpartition(".")[0]
        return site, f"{self.folder(site, unit)}{inner}.html"

    def asset(self, path: str) -> tuple[Site, str] | None:
        """The site and path of a unit's file, or None for what stands outside every unit."""
        below = path.removeprefix("content/units/")
        unit, slash, inner = below.partition("/")
        site = self.site_of(unit) if slash and below != path else None
        return (site, self.folder(site, unit) + inner) if site else None

    def column(self, column: Column, number: int = 1) -> str:
        """The path of a column's page `number`, on its site."""
        return f"{column.id}/index.html" if number == 1 else f"{column.id}/{number}.html"

    def principal(self, site: Site) -> Unit | None:
        """The unit a site speaks for: the government it shows, else the unit that opened it."""
        if site.unit not in self._principals:
            hosted = self.corpus.hosted_by(site)
            ruling = [unit for unit in hosted if unit.type in {"city", "county", "zone"}]
            self._principals[site.unit] = next(iter(ruling or hosted), None)
        return self._principals[site.unit]

    def platform(self, unit: Unit) -> tuple[Site, str] | None:
        """The site and folder of a unit's disclosure platform."""
        if unit.unit not in self._platforms:
            self._platforms[unit.unit] = self._platform(unit)
        return self._platforms[unit.unit]

    def _platform(self, unit: Unit) -> tuple[Site, str] | None:
        site = self.site_of(unit.unit)
        if site is None:
            return None
        principal = self.principal(site)
        own = principal is not None and principal.unit == unit.unit
        return site, "zfxxgk/" if own else f"units/{unit.unit}/zfxxgk/"

    def kind_title(self, kind: str) -> str:
        """The Chinese name of a kind."""
        return KINDS_BY_NAME[kind].title


def host_url(site: Site, path: str) -> str:
    """The absolute address of a page; an index page is called by its folder."""
    return f"{site.url.rstrip('/')}/{path.removesuffix('index.html')}"
