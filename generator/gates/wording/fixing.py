"""`--fix`: what has one right form, written into the file; everything else stays as it was."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
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
        if file.faults:
            return data
        edits = sorted(_edits(file, known, today), reverse=True)
        if not edits:
            return data
        text, last = file.text, len(file.text) + 1
        for start, end, right in edits:
            if end <= last:
                text = text[:start] + right + text[end:]
                last = start
        after = _encoded(text, data)
        if read_text(path, after).faults:
            return data
        data = after
    return data


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
