"""One page per diagnostic code: what it means, why it is asked, what to do, right and wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.diagnostics.catalogue import Severity, codes, texts

__all__ = ["Page", "page"]

_VALUE = re.compile(r"\{[A-Za-z_]+\}")  # what a finding fills in
_WEIGHTS = {
    "zh": {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"},
}


@dataclass(frozen=True, slots=True)
class Page:
    """All that is said about a code in one language."""

    code: str
    weight: str
    title: str
    message: str
    hint: str
    explain: str
    article: str


def page(code: str, language: str) -> Page:
    """The page of a code. Errors: KeyError for a code that does not exist."""
    text = texts(language)[code]
    return Page(
        code=code,
        weight=_WEIGHTS[language][codes()[code].severity],
        title=text.title,
        message=_VALUE.sub("…", text.message),
        hint=_VALUE.sub("…", text.hint),
        explain=text.explain,
        article=text.article,
    )
