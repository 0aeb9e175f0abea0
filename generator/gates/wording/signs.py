"""Signs that are no standard Chinese, text in a wrong encoding, words written twice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from generator.gates.known import Known
from generator.gates.text import TextFile
from generator.gates.wording.batch import Batch, searched
from generator.gates.wording.hits import Hit
from generator.gates.wording.packs import listed, rules, signs, variants

__all__ = ["doubled_words", "foreign_signs"]

# Han beyond the table, kana and bopomofo; the middle dot of the kana belongs to another rule.
_SUSPECT = re.compile(
    "[\u3040-\u30fa\u30fc-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]"
)
_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff]+")
_HAN = re.compile("[\u4e00-\u9fff]+")
_SHORTEST = 4  # signs of mojibake
_LONGEST = 60
_LENGTHS = range(2, 9)
_OTHER = re.compile(rb"[^\x00]")
_MOST_STARTS = 16  # of a word in one run
_MANY = 8  # findings of one sign in one passage


@cache
def _standard() -> frozenset[str]:
    return signs("characters.txt") | signs("allowed_signs.txt")


def foreign_signs(file: TextFile, known: Known) -> Iterator[Hit]:
    """Signs outside the table of 8105 (RS5), and runs that are UTF-8 read as GB 18030 (RS7)."""
    strange = {sign for sign in set(file.text) - _standard() if _SUSPECT.match(sign)}
    strange -= {sign for leader in known.leaders for sign in leader.name}
    if not strange:
        return
    for passage in file.passages:
        text = passage.text
        found = strange & set(text) if searched(passage) else None
        if not found:
            continue
        broken: set[int] = set()
        for start, end in _mojibake(text, found):
            yield Hit(rules()["RS7"], file, passage, start, end)
            broken.update(range(start, end))
        for sign in sorted(found):
            for count, match in enumerate(re.finditer(re.escape(sign), text)):
                if count < _MANY and match.start() not in broken:
                    right = variants().get(sign, "")
                    span = match.span()
                    yield Hit(rules()["RS5"], file, passage, *span, proposal=right)


def _mojibake(text: str, strange: set[str]) -> Iterator[tuple[int, int]]:
    """Runs that, written in GB 18030, are UTF-8 for Chinese."""
    for run in _RUN.finditer(text):
        if strange.isdisjoint(run[0]):
            continue
        at, last = run.start(), run.end()
        while at <= last - _SHORTEST:
            length = _as_utf8(text[at : min(last, at + _LONGEST)])
            if length >= _SHORTEST and not strange.isdisjoint(text[at : at + length]):
                yield at, at + length
                at += length
            else:
                at += 1


def _as_utf8(run: str) -> int:
    """How many signs from the first on are, byte by byte, UTF-8 for Chinese."""
    try:
        data = run.encode("gb18030")
    except UnicodeEncodeError:
        return 0
    try:
        said = data.decode("utf-8")
    except UnicodeDecodeError as error:
        said = data[: error.start].decode("utf-8")
    said = (_HAN.match(said) or [""])[0]
    return len(data[: len(said.encode())].decode("gb18030", "ignore"))


def doubled_words(batch: Batch) -> Iterator[tuple[int, int, int]]:
    """Words of two to eight signs that stand twice (RS3): passage by its index, start, end.

    The text is laid over itself, moved by the length of a word: where the two are equal for that
    length, their difference is a run of zeros.
    """
    plain = re.sub("[^\u0000-\uffff]", "\ufffd", batch.text)
    data = plain.encode("utf-16-le", "surrogatepass")
    whole = int.from_bytes(data, "little")
    fine = listed("doubled.txt")
    seen: set[int] = set()
    for length in _LENGTHS:
        moved = (whole ^ (whole >> (16 * length))).to_bytes(len(data), "little")
        zeros = b"\0" * (2 * length)
        at = moved.find(zeros)
        while at >= 0:
            other = _OTHER.search(moved, at)
            end = other.start() if other else len(moved)
            for start in range(
                (at + 1) // 2, min((at + 1) // 2 + _MOST_STARTS, end // 2 - length + 1)
            ):
                word = batch.text[start : start + length]
                if _HAN.fullmatch(word) and len(set(word)) > 1:
                    yield from _new(batch, start, word, fine, seen)
                    break
            at = moved.find(zeros, end)


def _new(
    batch: Batch, start: int, word: str, fine: frozenset[str], seen: set[int]
) -> Iterator[tuple[int, int, int]]:
    end = start + 2 * len(word)
    if any(sign in seen for sign in range(start, end)):
        return
    if word in fine or word[0] in "一的":
        seen.update(range(start - 1, end + 1))  # and the same pair, read from its second sign on
        return
    if batch.text[start:end] != word + word:
        return
    around = batch.text[max(0, start - 1) : end + 1]
    if any(2 * other in around for other in fine):
        return
    seen.update(range(start, end))
    index = bisect_right(batch.starts, start) - 1
    first = batch.starts[index]
    yield index, start - first, end - first
