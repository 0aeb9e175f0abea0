"""What the review gate says of the two governance files: a check that is never narrower than it.

The rules of `generator/rules/` tell most faults at their line and say what to do. The gate reads
the same files more strictly, and a file that it refuses stops every review: so its own reader has
the last word here, for a file in which nothing graver was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, Place
from generator.diagnostics.catalogue import Severity, codes
from generator.review.policy import read_policy
from generator.review.roles import read_roles
from generator.review.rules_file import RulesFault
from generator.tree import Tree

__all__ = ["refused_by_the_gate"]

_FOLDER = "content/governance"
_READERS: tuple[tuple[str, Callable[[bytes], tuple[Any, Sequence[RulesFault]]]], ...] = (
    (f"{_FOLDER}/roles.yml", read_roles),
    (f"{_FOLDER}/policy.yml", read_policy),
)


def refused_by_the_gate(tree: Tree, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The faults that the gate alone finds; none of a file where an error was `found` already."""
    told = {one.place.path for one in found if codes()[one.code].severity is Severity.ERROR}
    there = tree.entries(_FOLDER)
    for path, reader in _READERS:
        if path not in there or path in told:
            continue
        for _, data in tree.read([path]):
            for fault in reader(data)[1]:
                place = Place(path, fault.line or 1)
                yield Diagnostic("ROL-030", place, {"why": fault.text, "code": fault.code})
