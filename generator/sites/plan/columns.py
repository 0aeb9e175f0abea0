"""Column pages: each column in pages of its size, a branch as sections of what stands below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import Column, Leader, Record, Site, Unit
from generator.sites.listing import Listing
from generator.sites.plan.page import Crumb, Page, PageType

__all__ = ["PLATFORM", "column_pages", "column_trail"]

PLATFORM = "zfxxgk"  # the column that is the disclosure platform, by its customary address
_PREVIEW = 8
# A column that collects one of these alone is shown by a template of its own, on one page.
_WHOLE = {
    "unit": "list/units.html",
    "leader": "list/leaders.html",
    "service": "list/services.html",
    "media-account": "list/media.html",
    "adoption": "list/adoptions.html",
}
_GROUPED = frozenset({"list/leaders.html", "list/services.html"})
_ROWS = {
    "message": "list/messages.html",
    "error-report": "list/messages.html",
    "consultation": "list/consultations.html",
    "policy": "list/policies.html",
    "interview": "list/consultations.html",
}


def column_trail(listing: Listing, column: Column) -> tuple[Crumb, ...]:
    """The steps down to a column, itself included."""
    return tuple(Crumb(c.title, listing.addresses.column(c)) for c in column.trail)


def column_pages(listing: Listing, site: Site) -> Iterator[Page]:
    """Every column page of a site but the disclosure platform's."""
    for column in site.every_column():
        if column.url or column.id == PLATFORM:
            continue
        if column.children:
            yield _branch(listing, column)
        else:
            yield from _leaf(listing, column)


def _branch(listing: Listing, column: Column) -> Page:
    sections = []
    for child in column.children:
        records = listing.below(child)
        sections.append({"column": child, "records": records[:_PREVIEW], "count": len(records)})
    return Page(
        path=listing.addresses.column(column),
        template="list/branch.html",
        title=column.title,
        type=PageType.COLUMN,
        trail=column_trail(listing, column),
        column=column,
        description=column.description,
        context={"sections": sections, "records": listing.in_column(column)[:_PREVIEW]},
    )


def _leaf(listing: Listing, column: Column) -> Iterator[Page]:
    records: Sequence[Record] = listing.in_column(column)
    kinds = {record.kind for record in records}
    template, size = "list/items.html", column.page_size
    if len(kinds) == 1:
        kind = next(iter(kinds))
        template = _ROWS.get(kind, template)
        if kind in _WHOLE:
            records = sorted(filter(listing.is_current, records), key=_standing)
            template, size = _WHOLE[kind], max(1, len(records))
    statistics = _statistics(listing, column) if "message" in kinds else []
    count = max(1, -(-len(records) // size))
    trail = column_trail(listing, column)
    groups = _by_unit(listing, records) if template in _GROUPED else []
    for number in range(1, count + 1):
        yield Page(
            path=listing.addresses.column(column, number),
            template=template,
            title=column.title if number == 1 else f"{column.title}（第{number}页）",
            type=PageType.COLUMN,
            trail=trail,
            column=column,
            description=column.description,
            context={
                "records": records[(number - 1) * size : number * size],
                "number": number,
                "count": count,
                "total": len(records),
                "groups": groups,
                "pages": _pagination(listing, column, number, count),
                "statistics": statistics if number == 1 else [],
            },
        )


def _by_unit(listing: Listing, records: Sequence[Record]) -> list[tuple[Unit, list[Record]]]:
    """Records under their units, the units in their order."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.unit, []).append(record)
    units = [listing.corpus.units[name] for name in groups if name in listing.corpus.units]
    return [(unit, groups[unit.unit]) for unit in sorted(units, key=_standing)]


def _statistics(listing: Listing, column: Column) -> list[dict[str, object]]:
    """Letters received and answered, by the unit that answers: all of them, published or not.

    Source: 国办秘函〔2019〕19号, 留言公开: statistics of what was received and answered are public.
    """
    site = listing.corpus.sites[column.site]
    hosted = [unit.unit for unit in listing.corpus.hosted_by(site)]
    letters = listing.gathered.letters_to(None if column.from_group else hosted)
    units = listing.corpus.units
    return [
        {"unit": units[name], "received": row.received, "answered": row.answered}
        for name, row in letters.items()
        if name in units
    ]


def _standing(record: Record) -> tuple[str, float, str]:
    """Units by their order, leaders by unit and order, others by unit and title."""
    if isinstance(record, Unit):
        return "", record.order, record.id
    if isinstance(record, Leader):
        return record.unit, record.order or 0, record.id
    return record.unit, 0, record.title


def _pagination(listing: Listing, column: Column, number: int, count: int) -> list[Crumb | None]:
    """Links to the first, the last and the nearest pages; None stands for those left out."""
    near = {1, count, *range(max(1, number - 2), min(count, number + 2) + 1)}
    links: list[Crumb | None] = []
    before = 0
    for at in sorted(near):
        if at - before > 1:
            links.append(None)
        links.append(Crumb(str(at), listing.addresses.column(column, at)))
        before = at
    return links
