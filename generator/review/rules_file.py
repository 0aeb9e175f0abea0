"""A governance file as every reader of it begins: bytes → a value, or the one reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.review.strict_yaml import load

__all__ = ["RulesFault", "opened"]


@dataclass(frozen=True, slots=True)
class RulesFault:
    """What is wrong with a governance file: a code of the contract, the words, and the line.

    line: from 1; 0 where the words name the place
    """

    code: str
    text: str
    line: int = 0


def opened(data: bytes, code: str) -> tuple[Any, tuple[RulesFault, ...]]:
    """The value of a file, and nothing; or None, and its fault, with that code."""
    value, fault = load(data)
    if fault is None:
        return value, ()
    at = f"第 {fault.line} 行" if fault.line else ""
    return None, (RulesFault(code, f"{at}{fault.text}", fault.line),)
