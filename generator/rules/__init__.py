"""Corpus → diagnostics: what only several records together, or their files, can show.

A rule says the same of a commit for ever: none looks at the clock. What one record's schema can
say, no rule repeats. `RULES` is the whole list, in the order of its families.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.rules import calendar, publication, times

__all__ = ["RULES", "Rule"]

Rule = Callable[[Corpus], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    times.dates_out_of_order,
    calendar.disclosed_late,
    publication.embargo_in_silence,
    publication.embargo_over,
    publication.backdated_in_silence,
    times.wrong_year_folder,
    calendar.request_answered_late,
    calendar.correction_asked_late,
)
