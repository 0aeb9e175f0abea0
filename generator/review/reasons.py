"""The reason codes of the contract: severity and sentences as data, and one reason as a value.

Sentences name persons by their ids: a verdict is kept in the ledger, which holds no names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["SEVERITIES", "Code", "Reason", "codes", "words_of"]

SEVERITIES = ("error", "refuse", "wait", "void", "note")
_FILE = Path(__file__).with_name("reasons.yml")


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the contract, with its sentences; `{…}` are filled in."""

    severity: str
    text: str
    next: str


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return data


@cache
def codes() -> Mapping[str, Code]:
    """Every code that `evaluate` may give."""
    return {
        name: Code(row["severity"], row["text"], row["next"])
        for name, row in _data()["codes"].items()
    }


def words_of(group: str) -> Mapping[str, str]:
    """Chinese words for levels, gates, roles, evidence, types of problem, …."""
    words: Mapping[str, str] = _data()["words"][group]
    return words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason of a verdict; what is not meant is None. `words` fill the sentences only."""

    code: str
    act: str | None = None
    person: str | None = None
    level: str | None = None
    gate: str | None = None
    path: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def _word(group: str, name: str | None) -> str | None:
        return None if name is None else words_of(group)[name]

    def document(self) -> dict[str, str | None]:
        """The reason as the verdict has it."""
        where = self._word("levels", self.level) or self._word("gates", self.gate)
        known = {
            "where": f"（{where}）" if where else "",
            "act": self.act,
            "person": self.person or "没有登记的人",
            "level": self._word("levels", self.level),
            "gate": self._word("gates", self.gate),
            "path": self.path,
        }
        filled = {key: word for key, word in known.items() if word is not None} | dict(self.words)
        code = codes()[self.code]
        return {
            "code": self.code,
            "severity": code.severity,
            "act": self.act,
            "person": self.person,
            "level": self.level,
            "gate": self.gate,
            "path": self.path,
            "text_zh": code.text.format_map(filled),
            "next_zh": code.next.format_map(filled),
        }
