"""Names that sound the same: what an input method puts for another sign of the same syllable."""

from __future__ import annotations

from functools import cache

from generator.gates.wording.packs import rows

__all__ = ["sound_alike"]


@cache
def _syllables() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("sounds.tsv"):
        for sign in row["signs"]:
            found.setdefault(sign, set()).add(row["syllable"])
    return {sign: frozenset(syllables) for sign, syllables in found.items()}


def sound_alike(one: str, two: str) -> bool:
    """Whether two words are read alike sign by sign, tones apart; the same word is not.

    >>> sound_alike("杜家豪", "杜家毫"), sound_alike("李强", "李刚"), sound_alike("李强", "李强")
    (True, False, False)
    """
    if one == two or len(one) != len(two):
        return False
    known, none = _syllables(), frozenset[str]()
    return all(
        a == b or not known.get(a, none).isdisjoint(known.get(b, none))
        for a, b in zip(one, two, strict=True)
    )
