"""What a list says by its columns: forbidden ones (H1), diseases (H2), minors (H3), others (H6)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.gates.finding import ERROR
from generator.gates.secrecy.about import About
from generator.gates.secrecy.grid import Grid
from generator.gates.secrecy.hits import Hit
from generator.gates.secrecy.listing import Forbidden, expression, forbidden
from generator.gates.secrecy.masks import is_masked
from generator.gates.secrecy.packs import list_rule

__all__ = ["column_hits", "ill_hits"]


def ill_hits(about: About) -> Iterator[Hit]:
    """Diseases in the row of a person whose name is written out (H2)."""
    rule = list_rule("H2")
    for grid in _lists(about):
        columns = [] if grid.contacts else grid.find(expression("ill"))
        for row in grid.rows if columns else ():
            if not grid.person(row):
                continue
            for column in columns:
                text = grid.cell(row, column)
                if found := expression("disease").search(text):
                    at = grid.passages[row, column]
                    yield Hit(rule, at, found.start(), found[0], rule.severity)


def column_hits(about: About, found: Collection[int]) -> Iterator[Hit]:
    """What a column should not hold, where no other finding says so of each of its cells.

    found: the numbers of the passages in which something was found
    """
    for grid in _lists(about):
        for field in forbidden():
            yield from _forbidden(about, grid, field, found)
        yield from _minors(about, grid)
        if about.special:
            yield from _needless(grid)


def _lists(about: About) -> list[Grid]:
    return [grid for grid in about.grids.values() if grid.of_persons and not grid.keys]


def _filled(grid: Grid, column: int) -> list[int]:
    """The rows whose cell in a column says something, and says it openly."""
    return [
        row
        for row in grid.rows
        if (text := grid.cell(row, column))
        and not expression("empty").fullmatch(text)
        and not is_masked(text)
    ]


def _forbidden(about: About, grid: Grid, field: Forbidden, found: Collection[int]) -> Iterator[Hit]:
    if field.title and not field.title.search(about.title):
        return
    if (field.spared and (grid.office or about.lowered)) or (grid.contacts > field.contacts):
        return
    for column in grid.find(field.header):
        if column in grid.names:
            continue
        rows = _filled(grid, column)
        if field.cell:
            rows = [row for row in rows if field.cell.search(grid.cell(row, column))]
        if any(grid.passages[row, column] not in found for row in rows):
            rule = list_rule("H1")
            at = grid.passages.get((grid.header, column), grid.passages[rows[0], column])
            yield Hit(rule, at, 0, grid.title(column), rule.severity)


def _minors(about: About, grid: Grid) -> Iterator[Hit]:
    people = [row for row in grid.rows if grid.person(row)]
    if not people or grid.contacts:
        return
    rule = list_rule("H3")
    schools = [column for column in grid.find(expression("school")) if _filled(grid, column)]
    schools = [column for column in schools if column not in grid.names]
    cells = " ".join(grid.cell(row, column) for row in people for column in schools)
    others = expression("others").search(about.title)
    children = about.said(expression("children")) and not others
    if children or (schools and expression("minors").search(f"{about.title} {cells}")):
        column = min(schools or grid.names)
        row = grid.header if (grid.header, column) in grid.passages else people[0]
        severity = ERROR if children else rule.severity
        yield Hit(rule, grid.passages[row, column], 0, grid.title(column), severity)


def _needless(grid: Grid) -> Iterator[Hit]:
    rule = list_rule("H6")
    for column in grid.find(expression("needless")):
        if _filled(grid, column) and (grid.header, column) in grid.passages:
            at = grid.passages[grid.header, column]
            yield Hit(rule, at, 0, grid.title(column), rule.severity)
