"""Text that may hold anything → text that can be printed: nothing in it acts or hides."""

from __future__ import annotations

import unicodedata

__all__ = ["visible"]

# Controls, invisible formatting, halves of surrogate pairs, private signs, line separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def visible(text: str) -> str:
    """The text with every unseen sign spelt out; a terminal obeys nothing that it quotes.

    >>> visible("甲\\u202e乙\\x1b[31m")
    '甲<U+202E>乙<U+001B>[31m'
    """
    if text.isprintable():
        return text
    return "".join(
        f"<U+{ord(sign):04X}>" if unicodedata.category(sign) in _UNSEEN else sign for sign in text
    )
