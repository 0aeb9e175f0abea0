"""Columns that list nothing, one of the faults that inspections count first.

What a column lists is reckoned from the records alone, without the build and without the clock.
Each part says which columns its records name, where else they are listed, and which kinds it holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.corpus import Claim, Corpus
from generator.diagnostics import Diagnostic
from generator.model import Column
from generator.rules.hosts import Hosts
from generator.rules.joined import Joined
from generator.rules.kept import kept
from generator.schema import Schemas

__all__ = ["blank_column"]

_IN, _ALSO_IN, _OF = "in", "also in", "of"


@kept
def _asking(schemas: Schemas) -> frozenset[str]:
    """The kinds whose records are on show only where they say so."""
    return frozenset(kind for kind in schemas.kinds if "public" in schemas.of(kind)["properties"])


def _claims(corpus: Corpus) -> Iterator[Claim]:
    """What records on show have to do with columns, each fact of a unit once."""
    asking = _asking(corpus.schemas)
    facts: set[Claim] = set()
    for record in corpus.subjects.values():
        data, unit = record.data, record.unit
        if not unit or "withdrawn" in data:
            continue
        if record.kind in asking and data.get("public") is not True:
            continue
        facts.add((_OF, unit, record.kind))
        if isinstance(column := data.get("column"), str):
            facts.add((_IN, unit, column))
        for outlet in data.get("outlets", ()):
            facts.add((_ALSO_IN, unit, outlet["site"], outlet["column"]))
    return iter(facts)


def _judge(corpus: Corpus, claims: Sequence[Claim]) -> Iterator[Diagnostic]:
    listed = _Listed(corpus, claims)
    for site in corpus.sites.values():
        if site.status == "closed" or site.unit in listed.unsure:
            continue
        for column in site.every_column():
            if column.children or column.url or (column.from_group and corpus.broken):
                continue
            if not listed.anything(column):
                yield site.finding("COL-009", *column.pointer, "title", title=column.title)


class _Listed:
    """What columns list: items by column and outlets, and the kinds that each site holds."""

    def __init__(self, corpus: Corpus, claims: Sequence[Claim]) -> None:
        hosts = Hosts(corpus)
        self._columns: set[tuple[str, str]] = set()
        self._kinds: dict[str, set[str]] = defaultdict(set)
        self._group: set[str] = set()
        for fact, unit, *names in claims:
            site = hosts[unit]
            if site is None:
                continue
            if fact == _IN:
                self._columns.add((site.unit, names[0]))
            elif fact == _ALSO_IN:
                self._columns.add((names[0], names[1]))
            else:
                self._kinds[site.unit].add(names[0])
                self._group.add(names[0])
        broken = {name.split("/")[1] for name in corpus.broken if name.startswith("units/")}
        shown = (hosts[unit] for unit in broken)
        self.unsure = {site.unit for site in shown if site is not None}

    def anything(self, column: Column) -> bool:
        """Whether the column lists anything at all."""
        held = self._group if column.from_group else self._kinds[column.site]
        return (column.site, column.id) in self._columns or not held.isdisjoint(column.collects)


# A column at the end of a branch that lists nothing. Sites that show a unit with a broken record
# are passed over: it may be what fills the column.
blank_column = Joined("blank_column", _claims, _judge)
