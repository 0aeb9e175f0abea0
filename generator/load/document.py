"""A document: one record as its author wrote it, with the place of every value.

A document that was just read holds its text. One restored from values kept elsewhere holds only
those, and reads its file again when a place or the body is asked for: most never are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from generator.diagnostics import Place
from generator.load.kinds import Form, Kind
from generator.load.tables import Table, read_table
from generator.load.text import Written, decoded, parted
from generator.load.yaml_reader import Pointer, Problem, Spots, read_yaml

__all__ = ["Contents", "Document", "Table"]

Contents = Callable[[str], bytes]  # the bytes of a file, by its path


@lru_cache(maxsize=64)
def _positions(text: str) -> tuple[Spots, Spots]:
    parsed = read_yaml(text, positions=True)
    return parsed.spots, parsed.keys


class Document:
    """One record before it is known to be well formed: plain values, body, and where they stand.

    Compared by identity, and never changed.
    """

    __slots__ = (
        "_beside", "_contents", "_digest", "_header", "_table", "_written",
        "id", "kind", "path", "unit", "value",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913, PLR0917 -- what a record is, in the order of its row
        self,
        id: str,  # noqa: A002
        kind: Kind,
        unit: str,
        path: str,
        value: Mapping[str, Any],
        text: str,
        text_line: int,
        body: str = "",
        body_line: int = 1,
        table: Table | None = None,
    ) -> None:
        self.id: Final = id
        self.kind: Final = kind
        self.unit: Final = unit  # empty for what belongs to the group
        self.path: Final = path
        self.value: Final = value
        self._written: Written | None = Written(text, text_line, body, body_line)
        self._table = table
        self._beside = ""  # the CSV file that is still to be read, and the header it then gets
        self._header: tuple[str, ...] = ()
        self._contents: Contents | None = None
        self._digest = ""

    @classmethod
    def restored(
        cls,
        id: str,  # noqa: A002
        kind: Kind,
        unit: str,
        files: Sequence[str],
        value: Mapping[str, Any],
        contents: Contents,
        *,
        header: Sequence[str] = (),
        body_digest: str = "",
    ) -> Document:
        """A document from what was kept of it; `contents` gives its files as they then were.

        files: its own the last, before it the CSV file of a table
        header: of the table as `value` names its columns; as the CSV file has it if not kept
        body_digest: of the body; reckoned from the file if not kept
        """
        document = cls(id, kind, unit, files[-1], value, "", 1)
        document._written = None
        document._contents = contents
        document._beside = files[0] if len(files) > 1 else ""
        document._header = tuple(header)
        document._digest = body_digest
        return document

    def __repr__(self) -> str:
        return f"<Document {self.path}>"

    def holding(self, value: Mapping[str, Any], table: Table | None) -> Document:
        """The same document with another value and table: rows joined to it, or typed."""
        return Document(self.id, self.kind, self.unit, self.path, value, *self.written, table)

    @property
    def written(self) -> Written:
        """The text of its file, in its two parts."""
        written = self._written
        if written is None:
            assert self._contents is not None
            text, _ = decoded(self._contents(self.path))
            found = parted(text) if self.kind.form is Form.MARKDOWN else Written(text)
            if isinstance(found, Problem):
                raise ValueError(f"{self.path} is not the file it was restored from")
            written = self._written = found
        return written

    @property
    def text(self) -> str:
        """The YAML that `value` was read from."""
        return self.written.text

    @property
    def text_line(self) -> int:
        """The line of the file on which `text` begins."""
        return self.written.text_line

    @property
    def body(self) -> str:
        """What follows the fields of a Markdown record."""
        return self.written.body

    @property
    def body_line(self) -> int:
        """The line of the file on which `body` begins."""
        return self.written.body_line

    @property
    def body_digest(self) -> str:
        """The SHA-256 of the body, by which what was made of it can be kept."""
        if not self._digest:
            from hashlib import sha256

            self._digest = sha256(self.body.encode()).hexdigest()
        return self._digest

    @property
    def table(self) -> Table | None:
        """The rows of the CSV file beside it, if it is a table and has one."""
        if self._table is None and self._beside:
            assert self._contents is not None
            table, _ = read_table(self._beside, self._contents(self._beside))
            if table is None:
                raise ValueError(f"{self._beside} is not the file it was restored from")
            self._table = replace(table, header=self._header) if self._header else table
        return self._table

    def place(self, pointer: Pointer = (), *, key: bool = False) -> Place:
        """Where the value at `pointer` stands, or its key; the nearest parent if absent."""
        if len(pointer) > 1 and pointer[0] == "rows" and self.table is not None:
            name = str(pointer[2]) if len(pointer) > 2 else None
            return self.table.place(int(pointer[1]), name)
        text, text_line, _, _ = self.written
        spots, keys = _positions(text)
        if key and pointer in keys:
            line, column = keys[pointer]
            return Place(self.path, text_line + line - 1, column)
        while pointer and pointer not in spots:
            pointer = pointer[:-1]
        line, column = spots.get(pointer, (1, 1)) if pointer else (1, 1)
        return Place(self.path, text_line + line - 1, column)

    def body_place(self, line: int, column: int = 1) -> Place:
        """The place of a line of the body, both counted from 1."""
        return Place(self.path, self.body_line + line - 1, column)
