"""Values that name a record, a unit, a site or a column that is not there or is not what is meant.

One resolver reads which fields name what from the schemas (`x-reference`). What is known to exist
but is broken is passed over: its own file says what is wrong. A fault is told once, at the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.load import KINDS_BY_NAME
from generator.model import Item, Leader, Record, Service, Site, Unit
from generator.rules.marks import Mark, marked

__all__ = ["circle_of_units", "unresolved_reference"]

_CLOSENESS = 0.75
# Kinds whose pages show what they name as a link; the others record what once happened.
_SHOWING = (Item, Leader, Service, Site)


def unresolved_reference(corpus: Corpus) -> Iterator[Diagnostic]:
    """A name that leads nowhere, to a record of another kind, to itself, or to one taken back."""
    resolver = _Resolver(corpus)
    for record, mark in marked(corpus, "x-reference"):
        fault = resolver.fault(record, mark)
        if fault is not None:
            yield fault


class _Resolver:
    """The names of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._shown_on: dict[str, Site | None] = {}

    def fault(self, record: Record, mark: Mark) -> Diagnostic | None:
        """What is wrong with a name; None where it leads to what is meant."""
        wanted = mark.schema["x-reference"]
        if wanted == ["column"]:
            return self._column(record, mark)
        if wanted == ["unit"]:
            return self._one_of("REF-002", record, mark, self._corpus.units)
        if wanted == ["site"]:
            return self._one_of("REF-003", record, mark, self._corpus.sites)
        return self._record(record, mark, wanted)

    def _one_of(
        self, code: str, record: Record, mark: Mark, known: Mapping[str, Record]
    ) -> Diagnostic | None:
        """A unit or a site, by the id of the unit."""
        kind = mark.schema["x-reference"][0]
        if mark.value in known or f"units/{mark.value}/{kind}" in self._corpus.broken_anywhere:
            return None
        return self._finding(code, record, mark, self._near(mark, known))

    def _record(self, record: Record, mark: Mark, wanted: list[str]) -> Diagnostic | None:
        if mark.value == record.id:
            return record.finding("REF-006", *mark.pointer, field=_called(mark))
        target = self._corpus.records.get(mark.value)
        if target is None:
            if mark.value in self._corpus.broken_anywhere:
                return None
            return self._finding("REF-001", record, mark, self._near_record(mark.value, wanted))
        if wanted != ["record"] and target.kind not in wanted:
            return record.finding(
                "REF-005",
                *mark.pointer,
                target=mark.value,
                field=_called(mark),
                kind=_kind(target.kind),
                wanted=[_kind(kind) for kind in wanted],
            )
        if (
            isinstance(record, _SHOWING)
            and "withdrawn" in target.data
            and ("withdrawn" not in record.data or mark.pointer[0] == "withdrawn")
        ):
            at = target.data["withdrawn"]["at"]
            return record.finding("REF-007", *mark.pointer, target=target.title, at=at)
        return None

    def _column(self, record: Record, mark: Mark) -> Diagnostic | None:
        """A column of the site named beside it, else of the site that shows the record's unit."""
        beside = mark.schema.get("x-reference-site")
        if beside is not None:
            site = self._corpus.sites.get(str(mark.holder.get(beside)))
        else:
            site = self._site_of(record.unit)
        if site is None or mark.value in site.column_by_id:
            return None
        return record.finding(
            "REF-004",
            *mark.pointer,
            target=mark.value,
            field=_called(mark),
            site=site.name,
            file=site.path,
            near=self._near(mark, site.column_by_id),
        )

    def _site_of(self, unit: str) -> Site | None:
        """The site that shows a unit; None where a broken or missing file leaves that unknown."""
        if unit not in self._shown_on:
            self._shown_on[unit] = None if self._unsure(unit) else self._corpus.site_of(unit)
        return self._shown_on[unit]

    def _unsure(self, unit: str) -> bool:
        seen: set[str] = set()
        while unit and unit not in seen and unit not in self._corpus.sites:
            if (
                unit not in self._corpus.units
                or f"units/{unit}/site" in self._corpus.broken_anywhere
            ):
                return True
            seen.add(unit)
            unit = self._corpus.units[unit].parent
        return False

    @staticmethod
    def _finding(code: str, record: Record, mark: Mark, near: dict[str, str]) -> Diagnostic:
        return record.finding(
            code, *mark.pointer, target=mark.value, field=_called(mark), near=near
        )

    @staticmethod
    def _near(mark: Mark, known: Iterable[str]) -> dict[str, str]:
        return _guess(get_close_matches(mark.value, known, 1, _CLOSENESS))

    def _near_record(self, name: str, wanted: list[str]) -> dict[str, str]:
        """The record that was probably meant: of a kind asked for, in the same folder if any is."""
        folder = name.rpartition("/")[0]
        ids = self._folders.get(folder) or self._folders.get(
            next(iter(get_close_matches(folder, self._folders, 1, _CLOSENESS)), ""), ()
        )
        for near in get_close_matches(name, ids, len(ids), _CLOSENESS) if ids else ():
            found = self._corpus.records.get(near)
            if found is not None and (wanted == ["record"] or found.kind in wanted):
                return _guess([near])
        return _guess([])

    @cached_property
    def _folders(self) -> Mapping[str, Sequence[str]]:
        return self._corpus.folders()


def circle_of_units(corpus: Corpus) -> Iterator[Diagnostic]:
    """A unit whose way up leads back to itself, so that no site can be said to show it."""
    for unit in corpus.units.values():
        seen = [unit.unit]
        above = unit.parent
        while above in corpus.units and above not in seen:
            seen.append(above)
            above = corpus.units[above].parent
        if above == unit.unit:
            yield unit.finding("REF-008", "parent", way=_way(corpus, [*seen, above]))


def _way(corpus: Corpus, units: list[str]) -> dict[str, str]:
    names = [_unit_name(corpus.units[unit]) for unit in units]
    return {"zh": " → ".join(names), "en": " → ".join(units)}


def _unit_name(unit: Unit) -> str:
    return unit.short_name or unit.unit


def _guess(near: list[str]) -> dict[str, str]:
    """The nearest name as the end of a hint; empty where nothing is near."""
    if not near:
        return {"zh": "", "en": ""}
    return {"zh": f"，是不是 {near[0]}？", "en": f"; did you mean {near[0]}?"}


def _called(mark: Mark) -> dict[str, str]:
    """What people call the field, and its key."""
    keys = [part for part in mark.pointer if isinstance(part, str)]
    key = keys[-1] if keys else ""
    return {"zh": f"{mark.schema.get('title', key)}（{key}）", "en": key}


def _kind(name: str) -> dict[str, str]:
    return {"zh": KINDS_BY_NAME[name].title, "en": name}
