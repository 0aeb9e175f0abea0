"""Where a new record will stand, and what the group says about that place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from generator.corpus import Corpus
from generator.load import Kind
from generator.model import Site, Unit

__all__ = ["Setting"]


@dataclass(frozen=True, slots=True)
class Setting:
    """The corpus as it is, and the kind, unit and title of the record to be.

    now: the wall time of the group's time zone.
    """

    corpus: Corpus
    kind: Kind
    unit: str
    now: datetime
    title: str = ""

    @property
    def owner(self) -> Unit | None:
        """The unit that will own the record; None for a new one, or a record of the group."""
        return self.corpus.units.get(self.unit)

    @property
    def site(self) -> Site | None:
        """The site that will show the record."""
        return self.corpus.site_of(self.unit)
