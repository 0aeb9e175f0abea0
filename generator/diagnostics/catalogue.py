"""The message catalogues: the severity of every code, and its sentences per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.diagnostics import Diagnostic
from generator.diagnostics.visible import visible

__all__ = ["LANGUAGES", "Code", "Severity", "Text", "codes", "hint", "message", "texts"]

LANGUAGES = ("zh", "en")
_MESSAGES = Path(__file__).parents[1] / "messages"


class Severity(StrEnum):
    """How much a finding weighs: an error or a warning is a finding, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """What does not depend on the language: the weight of a code."""

    severity: Severity


@dataclass(frozen=True, slots=True)
class Text:
    """The sentences of one code in one language; `message` and `hint` name values in braces."""

    title: str
    message: str
    hint: str
    explain: str
    article: str = ""  # the text that asks for it; empty where only our own format does


def _rows(folder: str) -> dict[str, dict[str, Any]]:
    import yaml  # asked for after the files are being listed

    rows: dict[str, dict[str, Any]] = {}
    for file in sorted((_MESSAGES / folder).glob("*.yml")):
        family = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader) or {}
        for code, row in family.items():
            if code in rows:
                raise ValueError(f"{file.name}: {code} stands twice in messages/{folder}")
            rows[code] = row
    return rows


@cache
def codes() -> Mapping[str, Code]:
    """Every code with its severity, in code order."""
    rows = _rows("codes")
    return MappingProxyType(
        {code: Code(Severity(row["severity"])) for code, row in sorted(rows.items())}
    )


@cache
def texts(language: str) -> Mapping[str, Text]:
    """The sentences of every code in `language`, one of `LANGUAGES`."""
    return MappingProxyType({code: Text(**row) for code, row in _rows(language).items()})


def message(finding: Diagnostic, language: str) -> str:
    """What is wrong, and by how much, in one sentence."""
    return texts(language)[finding.code].message.format_map(_spoken(finding, language))


def hint(finding: Diagnostic, language: str) -> str:
    """What to do now; begins with a verb."""
    return texts(language)[finding.code].hint.format_map(_spoken(finding, language))


def _spoken(finding: Diagnostic, language: str) -> dict[str, str]:
    """The values as text: a mapping picks the reader's language, a list is joined as it joins."""
    mark = "、" if language == "zh" else ", "

    def say(value: Any) -> str:
        if isinstance(value, Mapping):
            return say(value[language])
        if isinstance(value, (list, tuple)):
            return mark.join(say(part) for part in value)
        return visible(str(value))

    return {key: say(value) for key, value in finding.values.items()}
