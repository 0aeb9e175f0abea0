"""Other ways to read a run of number signs: circled, Chinese, letters for digits, backwards.

A reading is as long as its run, sign for sign, so what is found in it stands at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import digit

__all__ = ["Reading", "readings"]

_CHINESE = dict(
    zip("零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "000" + "123456789" * 2 + "1", strict=True)
)
# Signs that Unicode calls digits but that are none alone: ① ⑴ ⒈ ❶ ¹ ₁ and the like.
_MARKED = "".join(
    chr(code)
    for first, last in ((0xB2, 0xBA), (0x2070, 0x2090), (0x2460, 0x2500), (0x2776, 0x2794))
    for code in range(first, last)
    if digit(chr(code), None) is not None
)
_ALIKE = dict(zip("OoQDlI|SsBZzｏ", "0000111558220", strict=True))
_SEPARATORS = r" \n\u00a0\u2009\u3000\-‐‑–—.·_/"
_SURE = f"0-9{''.join(_CHINESE)}{_MARKED}"
_MIXED = re.compile(
    rf"(?<![0-9A-Za-z])[{_SURE}](?:[{_SEPARATORS}]?[{_SURE}]){{10,}}(?:[{_SEPARATORS}]?[Xx])?"
)
_LIKE = re.compile(
    rf"(?<![0-9A-Za-z])[0-9{''.join(map(re.escape, _ALIKE))}]"
    rf"(?:[{_SEPARATORS}]?[0-9{''.join(map(re.escape, _ALIKE))}]){{14,}}[Xx]?(?![0-9A-Za-z])"
)
_BACK = re.compile(r"(?<![0-9A-Za-z])[0-9Xx][0-9]{17}(?![0-9A-Za-z])")
_DIGITS = {**_CHINESE, **{sign: str(digit(sign)) for sign in _MARKED}}
_ASCII = re.compile(rf"[0-9Xx{_SEPARATORS}]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a run may be read; `sure` where only a right check digit makes it more than a guess."""

    start: int
    text: str
    guessed: bool


def readings(text: str) -> Iterator[Reading]:
    """The other readings of every run in a text that has one."""
    for run in _MIXED.finditer(text):
        if not _ASCII.fullmatch(run[0]):
            yield Reading(run.start(), "".join(_DIGITS.get(sign, sign) for sign in run[0]), False)
    for run in _LIKE.finditer(text):
        if not _ASCII.fullmatch(run[0]) and sum(map(str.isdigit, run[0])) > len(run[0]) // 2:
            yield Reading(run.start(), "".join(_ALIKE.get(sign, sign) for sign in run[0]), True)
    for run in _BACK.finditer(text):
        yield Reading(run.start(), run[0][::-1], True)
