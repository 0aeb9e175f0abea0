"""A plain word of YAML → what it means, or the code of why readers would not agree on it.

Both readers of YAML ask here, so a word cannot mean one thing to the quick one and another to the
careful one.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["is_no_key", "meaning"]

_AMBIGUOUS_WORD = re.compile(r"(?:y|yes|n|no|on|off)\Z", re.IGNORECASE)
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_AMBIGUOUS_NUMBER = re.compile(
    r"[-+]?(?:0[0-9_]+|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*_[0-9_]*"
    r"|[0-9][0-9_]*(?:\.[0-9_]*)?[eE][-+]?[0-9]+|[0-9]+\.|\.[0-9]+|\.(?:inf|Inf|INF)"
    r"|[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?)\Z"  # 14:30 was 870 in YAML 1.1
    r"|\.(?:nan|NaN|NAN)\Z"
)
_NO_WORDS = (_INT, _FLOAT, _AMBIGUOUS_WORD, _AMBIGUOUS_NUMBER)
_DIGITS = 20  # a number that long is an account or an identifier, and other readers round it
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# What a plain scalar begins with if it is any of the above; most are words that are not.
_NOT_WORDS = frozenset("+-.0123456789~nNtTfFyYoO")

Meaning = str | int | float | None


def meaning(text: str) -> tuple[Meaning, str]:
    """What a plain scalar means, and an empty code; or the text itself and the code of its fault.

    >>> meaning("0.50"), meaning("null"), meaning("14:30")
    ((0.5, ''), (None, ''), ('14:30', 'SRC-015'))
    """
    if text and text[0] not in _NOT_WORDS:
        return text, ""
    if text in _NULLS:
        return None, ""
    if text in _BOOLS:
        return _BOOLS[text], ""
    is_int = _INT.match(text) is not None
    if is_int and len(text) < _DIGITS:
        return int(text), ""
    is_float = not is_int and _FLOAT.match(text) is not None
    if is_float and len(text) < _DIGITS:
        return float(text), ""
    if _AMBIGUOUS_WORD.match(text):
        return text, "SRC-014"
    if is_int or is_float or _AMBIGUOUS_NUMBER.match(text):
        return text, "SRC-015"
    return text, ""


@lru_cache(maxsize=1024)  # the keys of all records are a few hundred words
def is_no_key(text: str) -> bool:
    """Whether a plain key would be a number, a truth value or nothing to some reader."""
    return text in _NULLS or text in _BOOLS or any(p.match(text) for p in _NO_WORDS)
