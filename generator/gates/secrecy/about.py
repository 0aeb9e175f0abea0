"""What a text is: its title, whether it lists persons who get help, and how its findings weigh."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from generator.gates.passage import Kind
from generator.gates.secrecy.grid import Grid, grids
from generator.gates.secrecy.listing import expression, kinds
from generator.gates.secrecy.packs import Rule
from generator.gates.secrecy.people import surely_names
from generator.gates.secrecy.whole import Whole
from generator.gates.text import TextFile

__all__ = ["FILE_NAME", "TITLE_KEYS", "About"]

FILE_NAME = ("文件名",)  # the pointer of the passage that is the name of the file
TITLE_KEYS = frozenset({("title",), ("name",), ("taskName",), FILE_NAME})
_LINES = 3  # at the top of an attachment, in which its title stands
_LONGEST = 60
_ROWS, _COLUMNS = 2, 2  # below the header, and across, that make a table one of values
_SOME = 3  # names that make a text without a table a list
_ACCOUNT = re.compile(r"\d{12}")  # a line with one of its own says nothing of others
_AROUND = 2  # passages before and after an account that are its block


@dataclass(frozen=True)
class About:
    """A text with what is said of it as a whole."""

    file: TextFile
    whole: Whole

    @cached_property
    def grids(self) -> Mapping[int, Grid]:
        """Its tables, by number."""
        return grids(self.whole.passages, self.whole.texts)

    @cached_property
    def titles(self) -> Sequence[int]:
        """The passages that say what it is called: fields, the file's name, an attachment's top."""
        found = []
        lines = 0
        for number, passage in enumerate(self.whole.passages):
            if passage.pointer in TITLE_KEYS:
                found.append(number)
            elif passage.where and lines < _LINES and passage.kind is not Kind.SEEN:
                lines += 1
                if len(passage.text) <= _LONGEST and passage.cell is None:
                    found.append(number)
        return found

    @cached_property
    def title(self) -> str:
        """What it is called, with its headings and the title rows of its tables."""
        numbers = dict.fromkeys(self.titles)
        numbers |= {
            number: None
            for number, passage in enumerate(self.whole.passages)
            if passage.kind is Kind.HEADING
        }
        words = [self.whole.texts[number] for number in numbers]
        words += [
            text
            for grid in self.grids.values()
            for row, line in grid.lines.items()
            if row < grid.header
            for text in line.values()
        ]
        return "\n".join([*words, PurePosixPath(self.file.path).stem])

    def top(self, lines: int) -> set[int]:
        """The fields, edges, and as many lines at the beginning of what is not one."""
        found, left = set(), lines
        for number, passage in enumerate(self.whole.passages):
            if passage.kind in {Kind.FIELD, Kind.EDGE}:
                if len(passage.pointer) <= 1:  # no keyword, no row of a list
                    found.add(number)
            elif left > 0:
                found.add(number)
                left -= passage.text.count("\n") + 1
        return found

    def is_line(self, number: int) -> bool:
        """Whether a passage is a line of its own: no cell of a table that is more than layout."""
        grid = self.grid(number)
        return grid is None or len(grid.rows) < _ROWS or len(grid.columns) < _COLUMNS

    def cells(self, rule: Rule) -> list[int]:
        """The passages that are cells of the columns and rows that a rule asks for."""
        found = []
        for grid in self.grids.values():
            if (rule.only and not grid.of_persons) or (rule.only == "person" and grid.office):
                continue
            columns = grid.columns if rule.header is None else grid.find(rule.header)
            if rule.unheaded is not None:
                barred = grid.find(rule.unheaded)
                columns = [column for column in columns if column not in barred]
            for row in grid.rows if columns else ():
                if rule.only != "person" or grid.said(row):
                    found += [
                        grid.passages[row, column]
                        for column in columns
                        if (row, column) in grid.passages
                    ]
        return found

    @cached_property
    def declared(self) -> Mapping[str, object] | None:
        """What the record says of the list that it is; None if it says nothing."""
        said = self.file.data.get("benefitList")
        return said if isinstance(said, Mapping) else None

    @cached_property
    def special(self) -> bool:
        """Whether it lists persons who get help, or suffered (5.3): by its record, or its words."""
        if self.declared is not None:
            return True
        if not expression("list").search(self.title) or expression("others").search(self.title):
            return False
        lists = [grid for grid in self.grids.values() if grid.of_persons and not grid.contacts]
        headers = " ".join(grid.title(column) for grid in lists for column in grid.columns)
        if not expression("special").search(f"{self.title} {headers}"):
            return False
        return bool(lists) or len(surely_names(self.whole.text, _SOME)) >= _SOME

    @cached_property
    def lowered(self) -> bool:
        """Whether contacts are printed in it on purpose (5.2)."""
        named = expression("lowered").search(self.title)
        return self.file.kind in kinds("lowered_kinds") or named is not None

    @cached_property
    def vehicles(self) -> bool:
        """Whether it is a notice about vehicles, whose plates it prints."""
        return any(expression("vehicles").search(line) for line in self.title.split("\n"))

    @cached_property
    def letter(self) -> bool:
        """Whether a citizen wrote it."""
        return self.file.kind in kinds("letters")

    def said(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern occurs in the title, in a header, or in the first column of a table."""
        headers = [grid.title(column) for grid in self.grids.values() for column in grid.columns]
        return pattern.search(f"{self.title} {' '.join(headers)}") is not None

    def grid(self, number: int) -> Grid | None:
        """The table that a passage stands in."""
        cell = self.whole.passages[number].cell
        return self.grids[cell[0]] if cell else None

    def of_an_organ(self, number: int) -> bool:
        """Whether the owner of an account is an organ: in its row, or in the lines around it."""
        cell = self.whole.passages[number].cell
        if cell:
            grid = self.grids[cell[0]]
            owners = grid.find(expression("organ_header"))
            said = [grid.cell(cell[1], column) for column in owners]
            said += [
                text
                for column, text in grid.row(cell[1])
                if column - 1 not in owners
                and expression("organ_header").search(grid.cell(cell[1], column - 1))
            ]
            return any(expression("organ_name").search(text) for text in said)
        texts = self.whole.texts
        around = range(max(0, number - _AROUND), min(len(texts), number + _AROUND + 1))
        return any(
            expression("organ").search(texts[at])
            and (at == number or not _ACCOUNT.search(texts[at]))
            for at in around
        )
