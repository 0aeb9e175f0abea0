"""Text → the text without tricks, and for each of its signs the index that it had before."""

from __future__ import annotations

import re
from unicodedata import category, normalize

__all__ = ["folded"]

_CROSS = {"Ⅹ", "ⅹ", "Х", "х", "Χ", "χ", "×"}
_CHINESE = dict(
    zip("零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "000" + "123456789" * 2 + "1", strict=True)
)
_RUN = re.compile(f"[{''.join(_CHINESE)}]{{11,}}")


def folded(text: str) -> tuple[str, list[int]]:
    """The signs that patterns expect: plain digits and letters, and nothing invisible.

    >>> folded("１\\u200b2")
    ('12', [0, 2])
    """
    if text.isascii():
        return text, list(range(len(text)))
    runs = {at for run in _RUN.finditer(text) for at in range(*run.span())}
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        if sign > "\x7f" and category(sign) == "Cf":
            continue
        after_digit = bool(signs) and signs[-1].isdigit()
        signs.append(_CHINESE[sign] if at in runs else _plain(sign, after_digit))
        places.append(at)
    return "".join(signs), places


def _plain(sign: str, after_digit: bool) -> str:
    if sign <= "\x7f":
        return sign
    if sign in _CROSS and after_digit:
        return "X"
    plain = normalize("NFKC", sign)
    return plain if len(plain) == 1 and plain.isascii() and plain.isalnum() else sign
