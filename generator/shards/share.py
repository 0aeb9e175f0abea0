"""The cache of parts in two layers: a folder of this machine, and a location for all machines.

A value goes to both and is looked for in the folder first. In the location it stands under its name
and a digest of what it follows from, so that machines at work on different commits do not disturb
one another. A part found there is taken whole: rows of the folder never stand beside its index.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generator.check import reference_of
from generator.check.part import Index, offered, part_place
from generator.shards.location import Location
from generator.store import Store, digest_of
from generator.tree import Tree

__all__ = ["SharedStore", "shared_store"]


def shared_store(own: Store, location: Location, tree: Tree) -> SharedStore:
    """The store for work on a tree."""
    reference, digests = reference_of(tree), tree.parts()
    places = {part_place(name, ""): (digest, reference) for name, digest in digests.items()}
    return SharedStore(own, location, places)


@dataclass
class SharedStore:
    """`own`, and behind it `location`; `parts` says, by place, what each part follows from."""

    own: Store
    location: Location
    parts: dict[str, tuple[str, str]]  # the digests of its listing and of the reference data
    _taken: dict[str, tuple[Any, set[str]]] = field(default_factory=dict)  # index, rows to come
    _sent: dict[str, set[str]] = field(default_factory=dict)  # what went out, by place

    def get(self, name: str) -> Any:
        place, _, inner = name.rpartition("/")
        if f"{place}/" not in self.parts:
            return self.own.get(name)
        if inner == "index":
            return self._index(place, name)
        if place not in self._taken:
            found = self.own.get(name)
            return self._away(name) if found is None and inner == "judged" else found
        return self._row(place, name)

    def put(self, name: str, value: Any) -> None:
        self.own.put(name, value)
        place, _, inner = name.rpartition("/")
        if f"{place}/" not in self.parts:
            return
        sent = self._sent.setdefault(place, set())
        if inner == "index":
            self._taken.pop(place, None)
            rest = [f"{place}/{chunk}" for chunk in Index(*value).chunks if chunk not in sent]
            rows = {name: self.own.get(name) for name in rest}  # as they were before
            if None in rows.values():
                return  # an index tells of no rows that are not there
            for unchanged, known in rows.items():
                self.location.put(self._address(unchanged), known)
        sent.add(inner)
        self.location.put(self._address(name), value)

    def drop(self, name: str) -> None:
        self.own.drop(name)

    def _index(self, place: str, name: str) -> Any:
        """The index of a part as it stands, wherever it is found; else an older one's."""
        if place in self._taken:
            return self._taken[place][0]
        follows = self.parts[f"{place}/"]
        own = self.own.get(name)
        if own is not None and (own[1], own[2]) == follows:
            return own
        found = self._away(name)
        if found is None or (found[1], found[2]) != follows:
            return own
        self._taken[place] = found, set(Index(*found).chunks)
        return found

    def _row(self, place: str, name: str) -> Any:
        """Rows, or the judgement, of a part whose index came from the location.

        The folder gets them, too, and the index once it has all rows that belong to it.
        """
        found = self._away(name)
        if found is None:
            return None
        self.own.put(name, found)
        index, missing = self._taken[place]
        missing.discard(name.rpartition("/")[2])
        if missing and all(chunk.startswith(offered("")) for chunk in missing):
            for chunk in sorted(missing):
                self.own.put(f"{place}/{chunk}", self._away(f"{place}/{chunk}"))
            missing.clear()
        if not missing:
            former = self.own.get(f"{place}/index")
            self.own.put(f"{place}/index", index)
            for chunk in set(Index(*former).chunks if former else ()) - set(Index(*index).chunks):
                self.own.drop(f"{place}/{chunk}")
            del self._taken[place]
        return found

    def _away(self, name: str) -> Any:
        return self.location.get(self._address(name))

    def _address(self, name: str) -> str:
        place, _, inner = name.rpartition("/")
        follows = digest_of(self.location.key, *self.parts[f"{place}/"])
        return f"{place}/{follows}/{inner}.json"
