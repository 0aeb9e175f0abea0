"""When what a pattern matched is right after all: the notes of the sheet, rule by rule.

A guard gets a hit and gives it back, changed or not, or nothing. Rules without a guard are right
wherever their pattern matches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from generator.gates.finding import HINT
from generator.gates.passage import Kind
from generator.gates.wording.hits import Hit
from generator.gates.wording.packs import listed

__all__ = ["GUARDS", "is_pinyin"]

_STANDARD_FROM = date(2012, 7, 1)  # GB/T 9704-2012 is in force
_CHINESE_YEAR = re.compile(r"[一二][〇○零一二三四五六七八九]{3}")
_CHINESE = dict(zip("〇○零一二三四五六七八九", (0, 0, *range(10)), strict=True))
_OLD = re.compile(r"(?:19[0-8]\d|199[0-5])年")
_MASKED = re.compile(r"处罚|判决|裁定|裁决|强制执行|样表|样式|示范文本|范本|格式|模板|填写")
_FORM = re.compile(r"表$|合同|协议|承诺书|申请书|委托书")
_SHORT_LINE = 14  # signs: a verse, a line of an address
_LABEL = re.compile(r"[一-鿿]{2,8}[：:]")
_EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27bf\ufe0f]")


def _old_number(hit: Hit) -> Hit | None:
    """Numbers of documents of before 1996 have two digits."""
    return None if _OLD.search(hit.passage.text) else hit


def _written_date(hit: Hit) -> Hit | None:
    """Chinese digits were right before the standard of 2012."""
    year = _CHINESE_YEAR.search(hit.text)
    said = int("".join(str(_CHINESE[sign]) for sign in year[0])) if year else 0
    if said and said < _STANDARD_FROM.year:
        return None
    day = hit.file.day
    return None if day and day < _STANDARD_FROM else hit


def _in_table(hit: Hit) -> Hit | None:
    return replace(hit, severity=HINT) if hit.passage.kind is Kind.CELL else hit


def _next_number(hit: Hit) -> Hit | None:
    first, second = re.findall(r"\d", hit.text)[:2]
    return hit if int(second) == int(first) + 1 else None


def _style_name(hit: Hit) -> Hit | None:
    return None if hit.text == "ＷＰＳ" else hit


def _leader_line(hit: Hit) -> Hit | None:
    """Dots that lead to a page number, and a line of them for paragraphs left out."""
    after = hit.passage.text[hit.end :]
    before = hit.passage.text[: hit.start]
    alone = not before.strip("….· ") and not after.strip("….· ")
    return None if alone or re.match(r"\s*\d+\s*$", after) else hit


def _at_the_start(hit: Hit) -> Hit | None:
    """Only a paragraph counts, not a line of the source."""
    return hit if not hit.passage.text[: hit.start].strip() else None


def _spaced_name(hit: Hit) -> Hit | None:
    """A name of two signs is set to the width of three, and forms are laid out with blanks."""
    if hit.passage.where:
        return None
    text = hit.passage.text
    around = text[max(0, hit.start - 2) : hit.end + 2]
    return None if re.search(r"(?<![一-鿿])[一-鿿][ \u00a0]+[一-鿿](?![一-鿿])", around) else hit


def _placeholder(hit: Hit) -> Hit | None:
    """Penalties and judgments mask names, and a form has blanks: that is their content."""
    title = hit.file.title
    if hit.passage.where and hit.text[0] in "_＿□":  # the blanks of a form
        return None
    if hit.file.kind and not hit.file.unit:  # reference data speaks of placeholders
        return None
    if _MASKED.search(title) or "penaltyDecisions" in hit.passage.pointer:
        return None
    return None if hit.text[0] in "_＿□" and _FORM.search(title) else hit


def _mask(hit: Hit) -> Hit | None:
    """Two stars at the end of a plain field hide a name: 网友王**."""
    if hit.text != "**" or hit.passage.kind is not Kind.FIELD:
        return hit
    alone = hit.end == len(hit.passage.text) and hit.passage.text.count("**") == 1
    return None if alone and hit.start else hit


def _numbered(hit: Hit) -> Hit | None:
    """二、三个同步 at the head of a paragraph: its label, and then a number."""
    return hit if hit.passage.text[: hit.start].strip() else None


def _own_district(hit: Hit) -> Hit | None:
    """A district whose name is 城区, 郊区 or 矿区."""
    before = hit.passage.text[max(0, hit.start - 1) : hit.start]
    return None if hit.text[0] == "区" and before in set("城郊矿") else hit


def _label_alone(hit: Hit) -> Hit | None:
    """A label with nothing after it is residue only at the end of a text."""
    if not hit.text.endswith("："):
        return hit
    return None if hit.passage.text[: hit.start].strip() else hit


def is_pinyin(word: str) -> bool:
    """Whether a word splits into syllables.

    >>> is_pinyin("zuzhi"), is_pinyin("kmh")
    (True, False)
    """
    known = listed("pinyin.txt")
    ends = {0}
    for end in range(1, len(word) + 1):
        if any(start in ends and word[start:end] in known for start in range(max(0, end - 6), end)):
            ends.add(end)
    return len(word) in ends


def _stray_latin(hit: Hit) -> Hit | None:
    return hit if is_pinyin(hit.text) and hit.text not in listed("latin.txt") else None


def _invisible(hit: Hit) -> Hit | None:
    """A joiner between two emoji is part of the sign."""
    code = f"U+{ord(hit.text[0]):04X}"
    if hit.text[0] == "\u200d":
        around = (
            hit.passage.text[hit.start - 1 : hit.start] + hit.passage.text[hit.end : hit.end + 1]
        )
        if _EMOJI.search(around):
            return None
    return replace(hit, note=code)


def _broken_line(hit: Hit) -> Hit | None:
    """Lists, quotations, verse and addresses are broken on purpose, as is what ends in a mark."""
    if hit.passage.kind is not Kind.PARAGRAPH or hit.passage.quoted:
        return None
    lines = hit.passage.text.split("\n")
    if all(len(line) <= _SHORT_LINE for line in lines):
        return None
    if _LABEL.match(hit.passage.text, hit.end):
        return None
    offset = hit.passage.source(hit.start)
    before = hit.file.text[max(0, offset - 2) : offset]
    return None if before.endswith(("  ", "\\")) or "<br" in before else hit


def _secrecy_star(hit: Hit) -> Hit | None:
    before = hit.passage.text[max(0, hit.start - 1) : hit.start]
    return None if hit.text == "★" and before in {"密", " "} else hit


GUARDS: Mapping[str, Callable[[Hit], Hit | None]] = {
    "DN2": _old_number,
    "DT1": _written_date,
    "DT2": _in_table,
    "NM3": _own_district,
    "NU1": _numbered,
    "NU2": _next_number,
    "NU12": _style_name,
    "NU13": _in_table,
    "PU12": _leader_line,
    "PU16": _at_the_start,
    "PU19": _spaced_name,
    "RS1": _placeholder,
    "RS2": _label_alone,
    "RS8": _stray_latin,
    "RS9": _invisible,
    "RS10": _broken_line,
    "RS11": _secrecy_star,
    "RS12": _mask,
}
