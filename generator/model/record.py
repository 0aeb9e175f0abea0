"""What every record has, and the registry from a kind's name to its class."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from generator.diagnostics import Diagnostic, Place
from generator.load import Document, Pointer
from generator.markup import Link, links

__all__ = ["Record", "read"]


class Record:
    """One record of the corpus, well formed by its schema; compared by identity.

    `id` is the path under `content/` without its ending, `unit` the id of the unit that owns the
    record (empty for what belongs to the group), `path` the file from the repository root.
    """

    __slots__ = ("_document", "_links", "_make", "data", "id", "path", "unit")

    kind: ClassVar[str] = ""
    classes: ClassVar[dict[str, type[Record]]] = {}

    def __init__(self, document: Document) -> None:
        self._document: Document | None = document
        self._make: Callable[[], Document] | None = None
        self._links: tuple[Link, ...] | None = None
        self.data: Mapping[str, Any] = document.value
        self.id = document.id
        self.path = document.path
        self.unit = document.unit

    @classmethod
    def restored(
        cls, id_: str, unit: str, path: str, data: Mapping[str, Any], make: Callable[[], Document]
    ) -> Record:
        """A record from what was kept of it; its document is made when somebody asks for it."""
        record = cls.__new__(cls)
        record._document = None
        record._make = make
        record._links = None
        record.data = data
        record.id = id_
        record.path = path
        record.unit = unit
        return record

    @property
    def document(self) -> Document:
        """The record as its author wrote it, with the place of every value."""
        if self._document is None:
            assert self._make is not None  # one of the two is there
            self._document = self._make()
        return self._document

    def __init_subclass__(cls) -> None:
        if "kind" in cls.__dict__:
            Record.classes[cls.kind] = cls

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}>"

    @property
    def stem(self) -> str:
        """The last part of the id."""
        return self.id.rpartition("/")[2]

    @property
    def title(self) -> str:
        """What people call the record."""
        return str(self.data.get("title") or self.data.get("name") or self.stem)

    def beside(self, name: str) -> str:
        """The path of a file that the record names relative to its own file."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), name))

    @property
    def links(self) -> tuple[Link, ...]:
        """The links and pictures of the body, read from it when they are first asked for."""
        if self._links is None:
            self._links = tuple(links(self.document.body))
        return self._links

    @links.setter
    def links(self, found: tuple[Link, ...]) -> None:
        self._links = found

    def at(self, *pointer: str | int, key: bool = False) -> Place:
        """Where the value at `pointer` was written; the nearest parent where it is absent."""
        return self.document.place(pointer, key=key)

    def finding(self, code: str, *pointer: str | int, **values: Any) -> Diagnostic:
        """A finding about this record, at the value that `pointer` names."""
        return Diagnostic(code, self.at(*pointer), values)

    def strings(self) -> Iterator[tuple[Pointer, str]]:
        """Every string among the values, with its pointer."""
        stack: list[tuple[Pointer, Any]] = [((), self.data)]
        while stack:
            pointer, value = stack.pop()
            if isinstance(value, str):
                yield pointer, value
            elif isinstance(value, Mapping):
                stack.extend(((*pointer, key), inner) for key, inner in value.items())
            elif isinstance(value, list):
                stack.extend(((*pointer, index), inner) for index, inner in enumerate(value))


def read(document: Document) -> Record:
    """The record of a document, as the class of its kind."""
    return Record.classes[document.kind.name](document)
