"""Which files a change can affect: what it touched, and what speaks of what it touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.corpus import Corpus

__all__ = ["affected_paths", "within"]

_WIDE = ("content/group.yml", "content/governance/", "content/reference/")


class _Everything:
    """A set that holds every path."""

    def __contains__(self, path: object) -> bool:
        return True


def affected_paths(corpus: Corpus, changed: Iterable[str]) -> frozenset[str] | _Everything:
    """The paths whose findings may differ because `changed` did.

    A change of the group, its governance or its reference data reaches every file. A change of a
    unit or its site reaches the unit's files. Any other reaches the files that name the record or
    asset, once: no rule looks further than from a record to one it names.
    """
    paths = set(changed)
    if any(path.startswith(_WIDE) for path in paths):
        return _Everything()
    names = {path.removeprefix("content/").rpartition(".")[0] for path in paths}
    units = {path.split("/")[2] for path in paths if path.endswith(("/unit.yml", "/site.yml"))}
    files = {path.rpartition("/")[2] for path in paths}
    for record in corpus.records.values():
        if (
            record.unit in units
            or any(text in names for _, text in record.strings())
            or any(file in record.document.body or file in record.document.text for file in files)
        ):
            paths.add(record.path)
    return frozenset(paths)


def within(path: str, asked: Sequence[str]) -> bool:
    """Whether `path` is one of `asked`, or lies in a folder that is."""
    return any(path == name or path.startswith(name.rstrip("/") + "/") for name in asked)
