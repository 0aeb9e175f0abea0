"""Names of nationalities, statutes and organs in short: nearly right, or used out of turn."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from generator.gates.known import Known
from generator.gates.passage import Kind, Passage
from generator.gates.text import TextFile
from generator.gates.wording.batch import searched
from generator.gates.wording.hits import Hit
from generator.gates.wording.near import distance
from generator.gates.wording.packs import rows, rules

__all__ = ["nationalities", "short_forms", "statutes"]

_TITLE = re.compile(r"《([^《》〈〉\n]{4,60})》")
_COUNTRY = "中华人民共和国"
_SHORT = re.compile(r"[（(]?以下(?:统一|统)?简称[：:]?“([^“”\n]{2,20})”")
_FULL = re.compile(r"《([^《》\n]{2,60})》$|([0-9A-Za-z一-鿿·]{2,40})，?$")
_LINKS = "由对向在和与的是请经按将为及或到给让使被据从把以应须可"  # stand beside a name, and in few
_RUNNING = frozenset(Kind) - {Kind.CODE, Kind.FIELD, Kind.ALT}
_LEAD = 4  # signs of a full name beside its short form by which it is told
_SHORTEST = 3  # signs of a name that is compared sign by sign
_SIGNS_A_SLIP = 8  # of a title, for which one slip is taken for a slip and not another title


@cache
def _nations() -> tuple[frozenset[str], dict[str, str], tuple[str, ...]]:
    names: dict[str, dict[str, str]] = {"nation": {}, "trap": {}, "word": {}}
    for row in rows("nations.tsv"):
        names[row["kind"]][row["name"]] = row["right"]
    return frozenset(names["nation"]), names["trap"], tuple(names["word"])


def nationalities(file: TextFile, _: Known) -> Iterator[Hit]:
    """A name that is one sign off one of the 56 (NM8)."""
    nations, traps, words = _nations()
    for passage in file.passages:
        if "族" not in passage.text or not searched(passage):
            continue
        for match in re.finditer("族", passage.text):
            end = match.end()
            before = passage.text[max(0, end - 6) : end]
            found = next((trap for trap in traps if before.endswith(trap)), "")
            if not found and (before.endswith((*words, *nations))):
                continue
            right = traps.get(found, "")
            if not right:
                found, right = _nearest(before, nations)
            if right:
                span = (end - len(found), end)
                yield Hit(rules()["NM8"], file, passage, *span, right, right)


def _nearest(before: str, nations: frozenset[str]) -> tuple[str, str]:
    for name in sorted(nations, key=lambda name: (-len(name), name)):
        window = before[-len(name) :]
        if len(name) > _SHORTEST and len(window) == len(name):
            differ = sum(a != b for a, b in zip(window, name, strict=True))
            if differ == 1 and re.fullmatch("[一-鿿]+", window):
                return window, name
    for name in sorted(nations):
        window = before[-len(name) :]
        if len(name) == _SHORTEST == len(window) and window[0] == name[0] and window[1] != name[1]:
            return window, name
    return "", ""


@cache
def _statutes() -> tuple[str, ...]:
    return tuple(row["title"] for row in rows("statutes.tsv"))


def statutes(file: TextFile, _: Known) -> Iterator[Hit]:
    """A statute's title that is a few signs off one we know (NM11)."""
    known = frozenset(_statutes())
    for passage in file.passages:
        if "《" not in passage.text or not searched(passage):
            continue
        for match in _TITLE.finditer(passage.text):
            title = match[1]
            if title not in known and (right := _nearest_statute(title)):
                yield Hit(rules()["NM11"], file, passage, *match.span(1), right, right)


@cache
def _nearest_statute(title: str) -> str:
    for known in _statutes():
        core = known.removeprefix(_COUNTRY)
        if title.endswith(core) and core not in {known, title}:  # the country's name is off
            if distance(title.removesuffix(core), _COUNTRY, 1) == 1:
                return known
            continue
        allowed = min(3, len(core) // _SIGNS_A_SLIP)
        if allowed and distance(title, known, allowed) <= allowed:
            return known
    return ""


@dataclass(frozen=True, slots=True)
class _Declared:
    """A short form where a text declares it: the passage, the place, and the words before it."""

    short: str
    full: str  # the full name, with whatever stands before it without a mark
    passage: Passage
    span: tuple[int, int]
    at: int  # in the whole text, where the declaration begins
    end: int


def short_forms(file: TextFile, _: Known) -> Iterator[Hit]:
    """A short form that is never used, used before it is declared, or declared twice (NM10)."""
    rule = rules()["NM10"]
    body = [passage for passage in file.passages if passage.kind in _RUNNING]
    if not any("简称" in passage.text for passage in body):
        return
    whole = "\n".join(passage.text for passage in body)
    starts = list(accumulate((len(passage.text) + 1 for passage in body), initial=0))
    first: dict[str, _Declared] = {}
    for one in _declarations(body, starts):
        if one.short in first:
            note = _again(first[one.short], one)
            yield Hit(rule, file, one.passage, *one.span, note)
            continue
        first[one.short] = one
        early = _early(one, body, starts, whole)
        if early is not None:
            passage, at = early
            note = f"“{one.short}”在注明简称以前就用了"
            yield Hit(rule, file, passage, at, at + len(one.short), note)
        elif not _used(one, whole):
            yield Hit(rule, file, one.passage, *one.span, f"定了简称“{one.short}”，后面没有用")


def _declarations(body: list[Passage], starts: list[int]) -> Iterator[_Declared]:
    for passage, start in zip(body, starts, strict=False):
        for match in _SHORT.finditer(passage.text):
            named = _FULL.search(passage.text[: match.start()])
            full = (named[1] or named[2]).lstrip(_LINKS) if named else ""
            ends = (start + match.start(), start + match.end())
            yield _Declared(match[1], full, passage, match.span(1), *ends)


def _again(one: _Declared, two: _Declared) -> str:
    if one.full and two.full and not (one.full.endswith(two.full) or two.full.endswith(one.full)):
        return f"“{two.short}”前面是“{one.full}”的简称，这里又是“{two.full}”的简称"
    return f"“{two.short}”前面已经定过简称"


def _early(
    one: _Declared, body: list[Passage], starts: list[int], whole: str
) -> tuple[Passage, int] | None:
    """Where the short form first stands by itself before its declaration.

    It is none as a part of the full name or of another name, nor in a heading, title or quotation;
    nor is a common word that the full name holds (学校 of 中小学校).
    """
    size = len(one.short)
    within = one.full.find(one.short)
    if size < _SHORTEST and within >= 0:
        return None
    for match in re.finditer(re.escape(one.short), whole[: one.at]):
        index = bisect_right(starts, match.start()) - 1
        passage, at = body[index], match.start() - starts[index]
        before, after = whole[max(0, match.start() - 1) : match.start()], whole[match.end()]
        if passage.kind is Kind.HEADING or passage.quoted or before in {"《", "“", "〈"}:
            continue
        if within >= 0 and (
            (within and before == one.full[within - 1])
            or one.full[within + size : within + size + 1] == after
            or match.end() + 1 >= one.at
        ):
            continue
        if _is_apart(before) and (size >= _SHORTEST or _is_apart(after)):
            return passage, at
    return None


def _is_apart(sign: str) -> bool:
    """Whether a sign beside a word belongs to no longer word: none, a mark, or a particle."""
    return sign in _LINKS or not re.match("[0-9A-Za-z一-鿿]", sign)


def _used(one: _Declared, whole: str) -> bool:
    """Whether the short form follows its declaration, other than as a part of the full name."""
    within = one.full.find(one.short)
    lead = one.full[max(0, within - _LEAD) : within] if within > 0 else ""
    tail = one.full[within + len(one.short) :][:_LEAD] if within >= 0 else ""
    return any(
        not (lead and whole.endswith(lead, 0, match.start()))
        and not (tail and whole.startswith(tail, match.end()))
        for match in re.compile(re.escape(one.short)).finditer(whole, one.end)
    )
