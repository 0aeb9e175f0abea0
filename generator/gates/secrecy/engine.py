"""Files → findings of the secrecy gate: in their text, their names, and what attachments hide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import PurePosixPath

from generator.gates.finding import Finding
from generator.gates.known import Known
from generator.gates.passage import Kind, Passage
from generator.gates.secrecy.about import FILE_NAME, About
from generator.gates.secrecy.columns import column_hits, ill_hits
from generator.gates.secrecy.files.told import in_attachment
from generator.gates.secrecy.hits import NAME, finding_of, shown_as, weighed
from generator.gates.secrecy.masks import Masked, joined_hits, mask_hits, masked_persons
from generator.gates.secrecy.packs import file_rule
from generator.gates.secrecy.patterns import pattern_hits
from generator.gates.secrecy.terms import closed_hits, term_hits
from generator.gates.secrecy.unseen import decoded, unseen
from generator.gates.secrecy.whole import Whole
from generator.gates.text import TEXT_ENDINGS, TextFile, read_text

__all__ = ["NAME", "find"]

Lists = list[tuple[About, list[Masked]]]


def find(files: Iterable[tuple[str, bytes]], known: Known, today: date) -> Iterator[Finding]:
    """Every finding of the gate in files, in any order."""
    lists: Lists = []  # what is masked in one file, another may show
    for path, data in files:
        ending = PurePosixPath(path).suffix.lower()
        if ending in TEXT_ENDINGS:
            yield from _in_text(read_text(path, data), known, today, lists)
        else:
            judge = partial(_in_text, known=known, today=today, lists=lists)
            yield from in_attachment(path, data, judge)
    yield from (finding_of(weighed(hit, about), about) for about, hit in joined_hits(lists))


def _in_text(text: TextFile, known: Known, today: date, lists: Lists) -> Iterator[Finding]:
    for fault in text.faults:
        found = shown_as(file_rule("A0"), text.path, "", "", fault.reason)
        yield replace(found, line=fault.line, column=fault.column)
    name = Passage(PurePosixPath(text.path).stem, Kind.FIELD, ((0, 0),), pointer=FILE_NAME,
                   where="文件名")  # fmt: skip
    shown = (*text.passages, name)
    about = About(text, Whole.of(shown))
    findings = list(_shown(about, known, today, lists))
    yield from findings
    beside = (*unseen(text), *decoded((*shown, *unseen(text))))
    if beside:
        said = {(one.rule, one.place, one.line, one.text) for one in findings}
        for finding in _unshown(About(text, Whole.of(beside)), known, today):
            if (finding.rule, finding.place, finding.line, finding.text) not in said:
                yield finding


def _shown(about: About, known: Known, today: date, lists: Lists) -> Iterator[Finding]:
    """What stands on the page, and what its lists say."""
    hits = [*pattern_hits(about, known, today), *ill_hits(about)]
    people = list(masked_persons(about))
    if people:
        lists.append((about, people))
    hits += mask_hits(about, people)
    hits += column_hits(about, {hit.number for hit in hits})
    hits += [*term_hits(about, today), *closed_hits(about)]
    yield from (finding_of(weighed(hit, about), about) for hit in hits)


def _unshown(about: About, known: Known, today: date) -> Iterator[Finding]:
    for hit in pattern_hits(about, known, today):
        yield finding_of(weighed(hit, about), about)
