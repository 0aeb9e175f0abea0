"""The numbers of levels (LV5): 一、 then （一） then 1. then （1）, each counted through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.gates.known import Known
from generator.gates.passage import Kind
from generator.gates.text import TextFile
from generator.gates.wording.hits import Hit
from generator.gates.wording.packs import rules

__all__ = ["levels", "number"]

_HAN = "〇一二三四五六七八九"
_LABELS = re.compile(
    r"(?m)^[ \t\u3000]*(?:(?P<l1>[一二三四五六七八九十]{1,3})、"
    r"|（(?P<l2>[一二三四五六七八九十]{1,3})）"
    r"|(?P<l3>\d{1,2})[.．](?!\d)|（(?P<l4>\d{1,2})）)"
)
_PART = re.compile(
    r"[ \t\u3000]*第[一二三四五六七八九十百〇零\d]{1,6}[编章节条]|附件|附录|附表|[“《]"
)
_COUNTED = frozenset({Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM})
_FORMS = ("{}、", "（{}）", "{}.", "（{}）")
_DEPTH = 4


def number(text: str) -> int:
    """The number that Chinese or Arabic digits name, up to 99.

    >>> number("十二"), number("三十"), number("7")
    (12, 30, 7)
    """
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN.find(ones)
    return (_HAN.find(tens) if tens else 1) * 10 + (_HAN.find(ones) if ones else 0)


def levels(file: TextFile, _: Known) -> Iterator[Hit]:
    """A label that does not follow the one before it, or stands above its own level."""
    last = [0] * _DEPTH
    for passage in file.passages:
        if passage.kind not in _COUNTED or passage.quoted:
            continue
        if _PART.match(passage.text):
            last = [0] * _DEPTH
            continue
        labels = list(_LABELS.finditer(passage.text))
        if passage.kind is Kind.HEADING and not labels:
            last = [0] * _DEPTH
        for label in labels:
            depth = next(at for at in range(_DEPTH) if label[f"l{at + 1}"])
            said = label[f"l{depth + 1}"]
            count = number(said)
            note = _fault(last, depth, count, said)
            if note:
                yield Hit(
                    rules()["LV5"], file, passage, label.start(f"l{depth + 1}"), label.end(), note
                )
            last[depth] = count
            last[depth + 1 :] = [0] * (_DEPTH - depth - 1)


def _fault(last: list[int], depth: int, count: int, said: str) -> str:
    shown = _FORMS[depth].format(said)
    if count == 1:
        above = next((at for at in range(depth + 1, _DEPTH) if last[at]), None)
        if above is not None and depth and not last[depth]:
            return f"“{shown}”不能放在更低的层次下面"
        return ""
    if not last[depth] or count == last[depth] + 1:
        return ""
    if count == last[depth]:
        return f"“{shown}”出现了两次"
    return f"“{shown}”与前面的序号不相连"
