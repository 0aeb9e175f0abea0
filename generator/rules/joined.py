"""Rules over the whole group, judged without reading all of it.

A number may stand in any two files, so every part (a unit's folder, or what belongs to no unit)
claims what it holds, in plain rows that follow from its own files alone and can be kept as long as
these stay. One judge then hears the rows of all parts, and reads only the records it speaks of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.corpus import Claim, Corpus
from generator.diagnostics import Diagnostic

__all__ = ["Joined"]


@dataclass(frozen=True, slots=True)
class Joined:
    """A rule over the whole group: every part says what it claims, one judge hears all claims.

    `claims` looks at nothing beside the subjects of its corpus; the first word of a row is the id
    of the record that it speaks of, where it speaks of one. `judge` is given the rows sorted.
    """

    name: str
    claims: Callable[[Corpus], Iterator[Claim]]
    judge: Callable[[Corpus, Sequence[Claim]], Iterator[Diagnostic]]

    def __call__(self, corpus: Corpus) -> Iterator[Diagnostic]:
        """What the judge says of the claims of all parts, or of the corpus's own."""
        heard = corpus.claims.get(self.name)
        return self.judge(corpus, sorted(self.claims(corpus)) if heard is None else heard)
