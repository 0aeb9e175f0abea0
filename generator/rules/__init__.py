"""Corpus → diagnostics: what only several records together, or their files, can show.

A rule says the same of a commit for ever: none looks at the clock. What one record's schema can
say, no rule repeats. `RULES` is the whole list, in the order of its families.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic

__all__ = ["RULES", "Rule"]

Rule = Callable[[Corpus], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = ()
