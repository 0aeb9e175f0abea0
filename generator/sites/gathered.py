"""What sites sum or copy over many records: files, requests, letters, each found by its owner.

Every answer comes from one walk over the group, so that sixty sites do not walk it sixty times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.corpus import Corpus
from generator.model import InfoRequest, Message, Site
from generator.sites.addresses import Addresses

__all__ = ["Gathered", "Letters"]


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters that came, and how many of them are answered."""

    received: int = 0
    answered: int = 0

    def __add__(self, other: Letters) -> Letters:
        return Letters(self.received + other.received, self.answered + other.answered)


@dataclass(frozen=True)
class Gathered:
    """Files by site, requests and letters by the unit that owns the record."""

    corpus: Corpus
    addresses: Addresses
    withheld: frozenset[str]

    @cached_property
    def _files(self) -> Mapping[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for path in self.corpus.assets:
            where = self.addresses.asset(path)
            if where is not None and path not in self.withheld:
                found.setdefault(where[0].unit, {})[where[1]] = path
        return found

    def files_of(self, site: Site) -> Mapping[str, str]:
        """The files of the units that `site` shows: path on the site → path in the repository."""
        return self._files.get(site.unit, {})

    @cached_property
    def _requests(self) -> Mapping[str, list[InfoRequest]]:
        found: dict[str, list[InfoRequest]] = {}
        for request in self.corpus.every(InfoRequest):
            found.setdefault(request.unit, []).append(request)
        return found

    def requests_to(self, units: Iterable[str]) -> list[InfoRequest]:
        """The requests for information that `units` hold, in id order."""
        requests = [request for unit in units for request in self._requests.get(unit, ())]
        return sorted(requests, key=lambda request: request.id)

    @cached_property
    def _letters(self) -> Mapping[str, dict[str, Letters]]:
        found: dict[str, dict[str, Letters]] = {}
        for message in self.corpus.every(Message):
            if not message.data.get("invalidReason"):
                rows = found.setdefault(message.unit, {})
                more = Letters(1, message.answered is not None)
                rows[message.answering_unit] = rows.get(message.answering_unit, Letters()) + more
        return found

    def letters_to(self, units: Iterable[str] | None) -> dict[str, Letters]:
        """Letters that `units` hold, or all of them, by the unit that answers; by its id."""
        found: dict[str, Letters] = {}
        for unit in self._letters if units is None else units:
            for name, letters in self._letters.get(unit, {}).items():
                found[name] = found.get(name, Letters()) + letters
        return dict(sorted(found.items()))
