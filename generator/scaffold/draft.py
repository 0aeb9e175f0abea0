"""A new record as text, with the path it belongs at: nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.emit import to_markdown, to_yaml
from generator.load import Form
from generator.scaffold.faults import of_record
from generator.scaffold.interview import Interview
from generator.scaffold.numbers import folder_of, next_stem
from generator.scaffold.question import Option, Question
from generator.scaffold.setting import Setting
from generator.schema import Schemas

__all__ = ["Draft", "draft", "own_name", "path_of"]

_NAMES = ("title", "name", "taskName")
_BODIES = Path(__file__).with_name("bodies.yml")


@dataclass(frozen=True, slots=True)
class Draft:
    """What to write, where, and what the editor should still know."""

    path: str
    text: str
    title: str  # what people call the record; empty where it has no name
    faults: tuple[str, ...]  # what is wrong with the answers; empty for a valid record
    unanswered: tuple[Question, ...]
    optional: tuple[Option, ...]  # fields that the record leaves out
    zeros: tuple[str, ...]  # tables filled with 0 for now


def draft(setting: Setting, interview: Interview, stem: str, year: int) -> Draft:
    """The record of a finished interview as a file.

    stem: the file's name without its ending; empty for the next free one.
    year: of the folder, where the kind has a folder a year.
    """
    schemas, kind = interview.schemas, setting.kind
    record = _ordered(schemas, kind.name, (), interview.record)
    text = to_yaml(record)
    if kind.form is Form.MARKDOWN:
        text = to_markdown(record, _bodies()[kind.name])
    faults = [] if interview.unanswered else of_record(schemas, kind.name, record)
    if not stem:
        taken = {*setting.corpus.records, *setting.corpus.broken}
        folder = folder_of(kind, setting.unit, year)
        stem = own_name(setting, schemas, record) or next_stem(folder, taken)
    return Draft(
        path=path_of(setting, stem, year),
        text=text,
        title=next((str(record[name]) for name in _NAMES if name in record), ""),
        faults=tuple(dict.fromkeys(fault.sentence for fault in faults)),
        unanswered=tuple(interview.unanswered.values()),
        optional=tuple(interview.optional()),
        zeros=tuple(interview.zeros),
    )


def path_of(setting: Setting, stem: str, year: int) -> str:
    """The file of a record, from the repository root."""
    folder = folder_of(setting.kind, setting.unit, year)
    return folder if setting.kind.single else f"{folder}/{stem}{setting.kind.endings[0]}"


def own_name(setting: Setting, schemas: Schemas, record: Mapping[str, Any]) -> str:
    """The name that a record gives its file by itself: its id, month or year; empty if none."""
    required = schemas.of(setting.kind.name).get("required", ())
    names = () if setting.kind.dated else ("id", "month", "year")
    found = (str(record[name]).lower() for name in names if name in required and name in record)
    return next(found, "")


def _ordered(schemas: Schemas, kind: str, at: tuple[str | int, ...], value: Any) -> Any:
    """The value with its keys in the order of the schema."""
    if isinstance(value, list):
        return [_ordered(schemas, kind, (*at, index), item) for index, item in enumerate(value)]
    if not isinstance(value, Mapping):
        return value
    names = list(schemas.at(kind, at).get("properties", {}))
    known = [name for name in names if name in value]
    others = [name for name in value if name not in names]
    return {name: _ordered(schemas, kind, (*at, name), value[name]) for name in known + others}


@cache
def _bodies() -> Mapping[str, str]:
    """What stands in the body of a new Markdown record, by kind: a note that no page shows."""
    bodies: Mapping[str, str] = yaml.load(_BODIES.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return bodies
