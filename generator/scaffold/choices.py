"""The values that exist for a field that names something: units, sites, columns, records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.corpus import Corpus
from generator.load import KINDS_BY_NAME, Pointer
from generator.model import Record, Site, Themes
from generator.scaffold.question import Option
from generator.scaffold.setting import Setting

__all__ = ["choices", "unit_options"]


def choices(
    setting: Setting, pointer: Pointer, schema: Mapping[str, Any], so_far: Any
) -> list[Option]:
    """What a field may name, in the order an editor looks for it; empty for any other field."""
    names = schema.get("x-reference", ())
    if "column" in names:
        site = so_far.get(schema.get("x-reference-site", ""), "")
        return _columns(setting.corpus.sites.get(site) or setting.site, setting.kind.name)
    if pointer and pointer[-1] == "theme" and "pattern" in schema:
        rows = [themes.labels() for themes in setting.corpus.every(Themes)]
        return [Option(theme, label) for row in rows for theme, label in row.items()]
    found: list[Option] = []
    for name in names:
        if name == "unit":
            found += unit_options(setting.corpus)
        elif name == "site":
            found += [Option(site.unit, site.name) for site in setting.corpus.sites.values()]
        elif name in KINDS_BY_NAME:
            found += _records(setting, name)
    return found


def unit_options(corpus: Corpus) -> list[Option]:
    """The units of the group in their order."""
    units = sorted(corpus.units.values(), key=lambda unit: (unit.order, unit.id))
    return [Option(unit.unit, unit.name) for unit in units]


def _records(setting: Setting, kind: str) -> Iterator[Option]:
    """The records of a kind, those of the unit first, newest first."""
    records = list(setting.corpus.every(Record.classes[kind]))
    records.sort(key=lambda record: record.id, reverse=True)
    records.sort(key=lambda record: record.unit != setting.unit)
    return (Option(record.id, record.title) for record in records)


def _columns(site: Site | None, kind: str) -> list[Option]:
    """The columns an item can be put in: those that collect its kind, then those that collect
    nothing; no links, no mere headings."""
    found: dict[bool, list[Option]] = {True: [], False: []}
    for column in site.every_column() if site else ():
        own = kind in column.collects
        if own or not (column.collects or column.children or column.url):
            trail = " › ".join(above.title for above in column.trail)
            found[own].append(Option(column.id, trail))
    return found[True] + found[False]
