"""Two versions of a file → the fields that changed, each by the title that its schema gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.load.kinds import locate
from generator.load.reader import read_document
from generator.load.tables import read_table
from generator.schema import Schemas

__all__ = ["Change", "Field", "change_of"]

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::\d{2})?)?")
_MOST_BYTES = 1 << 20
_TITLES = ("title", "name", "subject")


@dataclass(frozen=True, slots=True)
class Field:
    """A field that changed; `before` or `after` is empty where it was not or is no more."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changed in a file. `body` holds paragraph pairs that differ, in order."""

    path: str
    kind: str  # "文章", "附件"
    title: str
    op: str  # new | edited | gone
    fields: tuple[Field, ...] = ()
    body: tuple[tuple[str, str], ...] = ()
    note: str = ""  # why nothing more can be said


def change_of(path: str, old: bytes | None, new: bytes | None, schemas: Schemas) -> Change:
    """What changed in a file of the content; None: it is not there.

    What cannot be read as a record is told as a whole: the check of content says why.
    """
    op = "gone" if new is None else "new" if old is None else "edited"
    where = locate(path) if path.startswith("content/") else None
    if where is None or where.kind is None or max(len(old or b""), len(new or b"")) > _MOST_BYTES:
        title = path.rpartition("/")[2]
        kind = "附件" if where is not None and where.asset else "文件"
        sizes = "、".join(f"{len(data)} 字节" for data in (old, new) if data is not None)
        return Change(path=path, kind=kind, title=title, op=op, note=f"大小 {sizes}")
    before, after = _read(path, old), _read(path, new)
    name = where.kind.title
    title = _title(after[0]) or _title(before[0]) or path.rpartition("/")[2]
    if before[2] or after[2]:
        return Change(path=path, kind=name, title=title, op=op, note="不能读成一条记录")
    fields = tuple(_Fields(schemas, where.kind.name).between(before[0], after[0]))
    body = tuple(_paragraphs(before[1], after[1]))
    return Change(path=path, kind=name, title=title, op=op, fields=fields, body=body)


def _read(path: str, data: bytes | None) -> tuple[Mapping[str, Any], str, bool]:
    """Values, body, and whether the file could not be read."""
    if data is None:
        return {}, "", False
    if path.endswith(".csv"):
        table, _ = read_table(path, data)
        if table is None:
            return {}, "", True
        rows = [dict(zip(table.header, row, strict=False)) for row in table.rows]
        return {"rows": rows}, "", False
    document, _ = read_document(path, data, locate(path))
    return ({}, "", True) if document is None else (document.value, document.body, False)


def _title(value: Mapping[str, Any]) -> str:
    return next((str(value[name]) for name in _TITLES if value.get(name)), "")


class _Fields:
    """Walks two values side by side, in the order of the newer."""

    def __init__(self, schemas: Schemas, kind: str) -> None:
        self._schemas, self._kind = schemas, kind

    def between(
        self, old: Any, new: Any, pointer: tuple[str | int, ...] = (), label: str = ""
    ) -> Iterator[Field]:
        if old == new:
            return
        if _nested(old) or _nested(new):
            if isinstance(old, dict | None) and isinstance(new, dict | None):
                yield from self._mapping(old or {}, new or {}, pointer, label)
                return
            if isinstance(old, list | None) and isinstance(new, list | None):
                yield from self._rows(old or [], new or [], pointer, label)
                return
        schema = self._schema(pointer)
        yield Field(label, _shown(old, schema), _shown(new, schema))

    def _mapping(
        self,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        pointer: tuple[str | int, ...],
        label: str,
    ) -> Iterator[Field]:
        for key in dict.fromkeys([*new, *old]):
            own = str(self._schema((*pointer, key)).get("title") or key)
            inner = f"{label} › {own}" if label else own
            yield from self.between(old.get(key), new.get(key), (*pointer, key), inner)

    def _rows(
        self, old: list[Any], new: list[Any], pointer: tuple[str | int, ...], label: str
    ) -> Iterator[Field]:
        """Rows by their place; those that stand in both lists unchanged are left out first."""
        gone = [row for row in old if row not in new]
        come = [row for row in new if row not in old]
        for number in range(max(len(gone), len(come))):
            before = gone[number] if number < len(gone) else None
            after = come[number] if number < len(come) else None
            at = new.index(after) + 1 if after is not None else old.index(before) + 1
            inner = f"{label} › 第{at}项" if label else f"第{at}项"
            yield from self.between(before, after, (*pointer, at - 1), inner)

    def _schema(self, pointer: tuple[str | int, ...]) -> Mapping[str, Any]:
        try:
            return self._schemas.at(self._kind, pointer)
        except (KeyError, IndexError, TypeError, LookupError):
            return {}


def _nested(value: Any) -> bool:
    """Whether a value has parts that are told one by one."""
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(row, dict) for row in value)
    )


def _shown(value: Any, schema: Mapping[str, Any]) -> str:
    """A value as an editor would say it; empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        inner = schema.get("items", {})
        return "、".join(_shown(row, inner if isinstance(inner, dict) else {}) for row in value)
    text = str(value)
    labels = schema.get("x-labels", {})
    if text in labels:
        return str(labels[text])
    return _DAY.sub(_day, text) if _DAY.fullmatch(text) else text


def _day(found: re.Match[str]) -> str:
    year, month, day, hour, minute = found.groups()
    said = f"{year}年{int(month)}月{int(day)}日"
    return f"{said} {hour}:{minute}" if hour else said


def _paragraphs(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The paragraphs that differ, each with what stood in its place."""
    from difflib import SequenceMatcher

    before, after = _blocks(old), _blocks(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = before[start:end], after[first:last]
        for number in range(max(len(gone), len(come))):
            yield (
                gone[number] if number < len(gone) else "",
                come[number] if number < len(come) else "",
            )


def _blocks(text: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
