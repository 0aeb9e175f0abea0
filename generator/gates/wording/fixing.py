"""`--fix`: what has one right form, written into the file; everything else stays as it was."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from datetime import date

from generator.gates.finding import HINT
from generator.gates.known import Known
from generator.gates.passage import Kind
from generator.gates.text import TextFile, read_text
from generator.gates.wording.engine import hits_of, is_let_pass
from generator.gates.wording.hits import Hit
from generator.gates.wording.proposals import PROPOSALS, right_word
from generator.load.scalars import meaning

__all__ = ["fixed"]

_MOST_TRIED = 200  # edits that are tried one by one
_ROUNDS = 5  # a fix may bare another fault that it covered
# Rules whose right form is that nothing stands there.
_REMOVED = frozenset({"PU20", "PU22", "RS9"})
_HINTS = frozenset({"PU22"})  # a hint whose fix is certain all the same


def fixed(path: str, data: bytes, known: Known, today: date) -> bytes:
    """The file with every certain fault put right; the same bytes where there is none.

    Quotations are left alone, and so is what the allow-list lets pass.
    """
    for _ in range(_ROUNDS):
        file = read_text(path, data)
        if file.faults or _encoded(file.text, data) != data:  # its line ends are of two kinds
            return data
        edits = _apart(_edits(file, known, today))
        after = _as_built(file, edits, data)
        if after == data:
            return data
        data = after
    return data


def _apart(edits: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The edits from the end of the file to its head, without those that overlap a later one."""
    kept: list[tuple[int, int, str]] = []
    for edit in sorted(edits, reverse=True):
        if not kept or edit[1] <= kept[-1][0]:
            kept.append(edit)
    return kept


def _as_built(file: TextFile, edits: list[tuple[int, int, str]], data: bytes) -> bytes:
    """The file with those of the edits that leave it built as it was: `１. ` is no list, 1. is."""
    built = _build(file)
    after = _edited(file.text, edits, data)
    if not edits or _build(read_text(file.path, after)) == built:
        return after
    fine = [
        edit
        for edit in edits[:_MOST_TRIED]
        if _build(read_text(file.path, _edited(file.text, [edit], data))) == built
    ]
    after = _edited(file.text, fine, data)
    return after if _build(read_text(file.path, after)) == built else data


def _build(file: TextFile) -> list[tuple[str, bool]]:
    """What a file is built of: its passages by kind, without their text."""
    return [("fault", False)] * len(file.faults) + [
        (str(passage.kind), passage.quoted) for passage in file.passages
    ]


def _edited(text: str, edits: list[tuple[int, int, str]], data: bytes) -> bytes:
    for start, end, right in edits:
        text = text[:start] + right + text[end:]
    return _encoded(text, data)


def _encoded(text: str, before: bytes) -> bytes:
    """The text with the line ends and the mark that the file had."""
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + text.encode()


def _edits(file: TextFile, known: Known, today: date) -> Iterator[tuple[int, int, str]]:
    for hit in hits_of([file], known):
        right = _right(hit)
        run = hit.passage.run(hit.start, hit.end)
        if right is None or run is None or is_let_pass(hit, known, today):
            continue
        if file.text[run[0] : run[1]] == hit.text and _stays_text(hit, right):
            yield (*run, right)


def _right(hit: Hit) -> str | None:
    """The certain right form; None where there is none, or where it is not ours to change."""
    if hit.rule.proposal != "fix" or (hit.severity == HINT and hit.rule.id not in _HINTS):
        return None
    if hit.word:
        right, certain = right_word(hit.text, hit.word)
        return right if certain and right != hit.text else None
    right = PROPOSALS[hit.rule.id](hit.text)
    if not right and hit.rule.id not in _REMOVED:
        return None
    return right if right != hit.text else None


def _stays_text(hit: Hit, right: str) -> bool:
    """Whether a field is still a word for YAML with the right form in it, not a number."""
    passage = hit.passage
    if passage.kind is not Kind.FIELD:
        return True
    after = passage.text[: hit.start] + right + passage.text[hit.end :]
    said, fault = meaning(after)
    return said == after and not fault and after.strip() == after
