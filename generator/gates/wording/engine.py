"""Files → findings of the wording gate: every rule, weighed by where it found something."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from generator.gates.finding import HINT, Finding
from generator.gates.known import Known
from generator.gates.text import TEXT_ENDINGS, TextFile, read_text
from generator.gates.wording import days, levels, names, pairs, people, signs, whole
from generator.gates.wording.attached import ATTACHED_ENDINGS, read_attached
from generator.gates.wording.batch import Batch, batches, matches
from generator.gates.wording.guards import GUARDS
from generator.gates.wording.hits import Hit, one_each
from generator.gates.wording.packs import Rule, rows, rules
from generator.gates.wording.phrases import near_phrases
from generator.gates.wording.proposals import PROPOSALS, right_word
from generator.gates.wording.site import Citations, telephones, totals

__all__ = ["NAME", "find", "hits_of", "is_let_pass"]

NAME = "wording"

# Rules that look at one text as a whole, in the order of the sheet.
TEXT_RULES: tuple[Callable[[TextFile, Known], Iterator[Hit]], ...] = (
    days.impossible_days,
    pairs.brackets,
    pairs.quotation_marks,
    levels.levels,
    whole.titles,
    whole.attachments,
    whole.endings,
    whole.mixed_units,
    whole.mixed_blanks,
    whole.repeated,
    whole.source_marks,
    people.leaders,
    people.old_organs,
    people.divisions,
    names.nationalities,
    names.short_forms,
    names.statutes,
    signs.foreign_signs,
    telephones,
    totals,
)

_QUOTED = re.compile("《[^《》\n]*(?:《[^《》]*》[^《》\n]*)*》|“[^“”\n]{20,}”")
_PORTION = 1 << 22  # bytes of files that are held at once
_SHOWN = 60  # signs of a find that a message quotes


def find(files: Iterable[tuple[str, bytes]], known: Known, today: date) -> Iterator[Finding]:
    """Every finding of the gate in files, in any order."""
    citations = Citations()
    for texts in _portions(files):
        for text in texts:
            yield from _unread(text)
            citations.add(text)
        for hit in hits_of(texts, known):
            if not is_let_pass(hit, known, today):
                yield _finding(hit)
    for name, path, line, column, found, note in citations.disagreements():
        yield _stated(name, path, line, column, found, note)


def _portions(files: Iterable[tuple[str, bytes]]) -> Iterator[list[TextFile]]:
    """The files that are text, read, so many at a time that memory does not grow with the group."""
    texts: list[TextFile] = []
    size = 0
    for path, data in files:
        if path.endswith(TEXT_ENDINGS):
            texts.append(read_text(path, data))
        elif path.lower().endswith(ATTACHED_ENDINGS):
            texts.append(read_attached(path, data))
        else:
            continue
        size += len(data)
        if size > _PORTION:
            yield texts
            texts, size = [], 0
    if texts:
        yield texts


def hits_of(texts: list[TextFile], known: Known) -> Iterator[Hit]:
    """The hits that have the say, each where it stands, with its weight and its proposal."""
    found: dict[int, list[Hit]] = {}
    for hit in _all(texts, known):
        if not hit.rule.off:
            found.setdefault(id(hit.passage), []).append(hit)
    for hits in found.values():
        for hit in one_each(hits):
            yield _weighed(_proposed(hit))


def _all(texts: list[TextFile], known: Known) -> Iterator[Hit]:
    for batch in batches(texts):
        yield from _of_batch(batch)
    for text in texts:
        for rule in TEXT_RULES:
            yield from rule(text, known)


def _of_batch(batch: Batch) -> Iterator[Hit]:
    for pattern, at, start, end in matches(batch):
        file, passage = batch.passages[at]
        if str(passage.kind) in pattern.rule.skip:
            continue
        if pattern.rule.id == "EN2" and not whole.is_report(file):
            continue
        hit: Hit | None = Hit(pattern.rule, file, passage, start, end, word=pattern.word)
        guard = GUARDS.get(pattern.rule.id)
        if guard is not None and hit is not None:
            hit = guard(hit)
        if hit is not None:
            yield hit
    for at, start, end, phrase in near_phrases(batch):
        file, passage = batch.passages[at]
        yield Hit(rules()["NM1"], file, passage, start, end, phrase, phrase)
    for at, start, end in signs.doubled_words(batch):
        file, passage = batch.passages[at]
        if str(passage.kind) in rules()["RS3"].skip:
            continue
        once = passage.text[start : (start + end) // 2]
        yield Hit(rules()["RS3"], file, passage, start, end, proposal=once)


def _proposed(hit: Hit) -> Hit:
    if hit.proposal or not hit.rule.proposal:
        return hit
    if hit.word:
        return replace(hit, proposal=right_word(hit.text, hit.word)[0])
    make = PROPOSALS.get(hit.rule.id)
    return replace(hit, proposal=make(hit.text)) if make else hit


def _weighed(hit: Hit) -> Hit:
    """A hit with its severity: what is quoted from elsewhere weighs no more than a hint."""
    severity = hit.severity or hit.rule.severity
    if severity != HINT and hit.rule.quoted == "hint" and _is_quoted(hit):
        severity = HINT
    return replace(hit, severity=severity)


def _is_quoted(hit: Hit) -> bool:
    file, passage = hit.file, hit.passage
    if passage.quoted or file.data.get("policyKind") == "rule":
        return True
    if passage.pointer and (file.kind, str(passage.pointer[0])) in _quoted_fields():
        return True
    starts, ends = quotations(passage.text)
    at = bisect_left(starts, hit.start) - 1
    return at >= 0 and hit.end < ends[at]


@lru_cache(maxsize=4)  # the hits of a passage come together
def quotations(text: str) -> tuple[list[int], list[int]]:
    """Where titles and long quotations begin and end in a text; none stands in another."""
    found = list(_QUOTED.finditer(text)) if "《" in text or "“" in text else []
    return [match.start() for match in found], [match.end() for match in found]


@cache
def _quoted_fields() -> frozenset[tuple[str, str]]:
    return frozenset((row["kind"], row["field"]) for row in rows("quoted_fields.tsv"))


def is_let_pass(hit: Hit, known: Known, today: date) -> bool:
    """Whether trunk's allow-list of the unit names the find, or words that hold it."""
    for row in known.allowed:
        if row.rule != hit.rule.id or row.unit != hit.file.unit:
            continue
        if row.until is None or row.until < today:
            continue
        at = hit.passage.text.find(row.text, max(0, hit.end - len(row.text)))
        if 0 <= at <= hit.start and hit.end <= at + len(row.text):
            return True
    return False


def _finding(hit: Hit) -> Finding:
    attached = hit.passage.where
    line, column = (1, 1) if attached else hit.file.place(hit.passage, hit.start)
    rule = hit.rule
    found = hit.text.replace("\n", "⏎")
    shown = found if len(found) <= _SHOWN else found[:_SHOWN] + "…"
    message = rule.message.replace("{text}", shown).replace("{note}", hit.note)
    return Finding(
        gate=NAME,
        rule=rule.id,
        severity=hit.severity or rule.severity,
        path=hit.file.path,
        line=line,
        column=column,
        place=attached,
        text=shown,
        proposal=_said(rule, hit),
        message=message,
        source=rule.source,
        mark=rule.mark,
    )


def _said(rule: Rule, hit: Hit) -> str:
    if hit.proposal:
        return hit.proposal
    if rule.proposal:  # the right form is to leave the find out, or only a person can tell
        return "删去" if rule.id in PROPOSALS and not PROPOSALS[rule.id](hit.text) else hit.word
    return rule.right.replace("{note}", hit.note)


def _unread(file: TextFile) -> Iterator[Finding]:
    rule = rules()["SRC"]
    for fault in file.faults:
        yield _stated(rule.id, file.path, fault.line, fault.column, "", fault.reason)


def _stated(name: str, path: str, line: int, column: int, found: str, note: str) -> Finding:
    rule = rules()[name]
    return Finding(
        gate=NAME,
        rule=rule.id,
        severity=rule.severity,
        path=path,
        line=line,
        column=column,
        text=found,
        proposal=rule.right,
        message=rule.message.replace("{note}", note),
        source=rule.source,
        mark=rule.mark,
    )
