"""Which site shows which unit, each asked once in a walk over many records."""

from __future__ import annotations

from generator.corpus import Corpus
from generator.model import Site

__all__ = ["Hosts"]


class Hosts(dict[str, Site | None]):
    """The sites that show the units of a corpus, by unit; None where no site shows any."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__()
        self._corpus = corpus

    def __missing__(self, unit: str) -> Site | None:
        site = self[unit] = self._corpus.site_of(unit)
        return site
