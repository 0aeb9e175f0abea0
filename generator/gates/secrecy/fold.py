"""Text → the text without tricks, and for each of its signs the index that it had before.

Only what is sure is undone here: what nobody sees goes, and what is a digit or a Latin letter in
another dress becomes it. What is a digit only in company (circled, Chinese, a letter like one) is
left to `readings.py`. The whole text is never normalised: patterns expect ，：（）as they are.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category, normalize

__all__ = ["folded"]

_CROSSES = frozenset("ⅩⅹХхΧχ×✕✖")
_ODD = re.compile(
    "[^\x00-\x7f\u4e00-\u9fff\u3000-\u301f\u2014-\u201d\uff08\uff09\uff0c\uff1a\uff1b]"
)
_FILLERS = frozenset("\u034f\u115f\u1160\u20e3\u3164\uffa0")
_CHINESE = dict(
    zip("零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "000" + "123456789" * 2 + "1", strict=True)
)
_RUN = re.compile(f"[{''.join(_CHINESE)}](?:[ \n\u00a0\u3000\\-—·]?[{''.join(_CHINESE)}]){{10,}}")


def folded(text: str) -> tuple[str, list[int] | None]:
    """The signs that patterns expect; None for the places where all signs stayed where they were.

    >>> folded("１\\u200b2")
    ('12', [0, 2])
    """
    if text.isascii():
        return text, None
    places: list[int] | None = None
    if any(_plain(sign) != sign or sign in _CROSSES for sign in set(_ODD.findall(text))):
        text, places = _undressed(text)
    for run in _RUN.finditer(text):
        digits = "".join(_CHINESE.get(sign, sign) for sign in run[0])
        text = text[: run.start()] + digits + text[run.end() :]
    return text, places


def _undressed(text: str) -> tuple[str, list[int]]:
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        after_digit = bool(signs) and "0" <= signs[-1] <= "9"
        if sign in _CROSSES and after_digit:
            plain = "X"
        elif after_digit and "\u0300" <= sign <= "\u036f":
            plain = ""
        else:
            plain = sign if sign <= "\x7f" else _plain(sign)
        if plain:
            signs.append(plain)
            places.append(at)
    return "".join(signs), places


@cache
def _plain(sign: str) -> str:
    """A sign as patterns expect it; empty where nobody sees it."""
    kind = category(sign)
    if kind == "Cf" or sign in _FILLERS or "\ufe00" <= sign <= "\ufe0f" or sign >= "\U000e0100":
        return "" if sign < "\U000f0000" else sign
    if kind == "Nd":
        return str(int(sign))
    if kind == "No":  # circled, superscript: a digit only in company
        return sign
    plain = normalize("NFKC", sign)
    return plain if len(plain) == 1 and plain.isascii() and plain.isalnum() else sign
