"""What the review gate says of the two governance files: a check that is never narrower than it.

The rules of `generator/rules/` tell most faults at their line and say what to do. The gate reads
the same files more strictly, and a file that it refuses stops every review: so its own reader has
the last word here, for a file in which nothing graver was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.diagnostics import Diagnostic, Place
from generator.diagnostics.catalogue import Severity, codes
from generator.store import Store
from generator.tree import Tree

__all__ = ["refused_by_the_gate"]

_FOLDER = "content/governance"
_FILES = (f"{_FOLDER}/roles.yml", f"{_FOLDER}/policy.yml")

_Fault = tuple[str, str, int]  # a code of the gate, its words, the line


def refused_by_the_gate(
    tree: Tree, store: Store, found: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """The faults that the gate alone finds; none of a file where an error was `found` already."""
    told = {one.place.path for one in found if codes()[one.code].severity is Severity.ERROR}
    for path in _FILES:
        _, blob = tree.find(path)
        if not blob or path in told:
            continue
        place = f"governance/{path.rpartition('/')[2]}"
        known = store.get(place)
        if known is None or known[0] != blob:
            known = [blob, _faults(tree, path)]
            store.put(place, known)
        for code, text, line in known[1]:
            why = text.removeprefix(f"第 {line} 行")  # as the place says
            yield Diagnostic("ROL-030", Place(path, line or 1), {"why": why, "code": code})


def _faults(tree: Tree, path: str) -> list[_Fault]:
    """What the gate's own reader says; it is loaded only for a file that has changed."""
    from generator.review.policy import read_policy
    from generator.review.roles import read_roles

    reader = read_roles if path == _FILES[0] else read_policy
    data = b"".join(data for _, data in tree.read([path]))
    return [(fault.code, fault.text, fault.line) for fault in reader(data)[1]]
