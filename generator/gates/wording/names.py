"""Names of nationalities, statutes and organs in short: nearly right, or used out of turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.gates.known import Known
from generator.gates.passage import Kind
from generator.gates.text import TextFile
from generator.gates.wording.batch import searched
from generator.gates.wording.hits import Hit
from generator.gates.wording.near import distance
from generator.gates.wording.packs import rows, rules

__all__ = ["nationalities", "short_forms", "statutes"]

_TITLE = re.compile(r"《([^《》〈〉\n]{4,60})》")
_COUNTRY = "中华人民共和国"
_SHORT = re.compile(r"以下(?:统一|统)?简称[：:]?“([^“”\n]{2,20})”")
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


def short_forms(file: TextFile, _: Known) -> Iterator[Hit]:
    """A short form that is declared and never used, used before, or declared twice (NM10)."""
    rule = rules()["NM10"]
    body = [
        passage
        for passage in file.passages
        if passage.kind not in {Kind.CODE, Kind.FIELD, Kind.ALT}
    ]
    whole = "\n".join(passage.text for passage in body)
    before = 0  # where the passage begins in the whole
    declared: set[str] = set()
    for passage in body:
        for match in _SHORT.finditer(passage.text):
            short = match[1]
            span = match.span(1)
            if short in declared:
                yield Hit(rule, file, passage, *span, f"“{short}”前面已经定过简称")
            elif whole.find(short, before + match.end()) < 0:
                yield Hit(rule, file, passage, *span, f"定了简称“{short}”，后面没有用")
            declared.add(short)
        before += len(passage.text) + 1
