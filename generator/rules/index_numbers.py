"""Index numbers (索引号): each begins with its organ's code, and names one document for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.corpus import Claim, Corpus
from generator.diagnostics import Diagnostic
from generator.model import Record
from generator.rules.joined import Joined
from generator.rules.twice import repeated

__all__ = [
    "index_number_of_another_unit",
    "index_number_reused",
    "index_number_twice",
    "organ_code_twice",
]


def _indexed(corpus: Corpus) -> Iterator[tuple[str, Record]]:
    """Every index number with its record, in id order."""
    for record in corpus.subjects.values():
        number = record.data.get("indexNumber")
        if isinstance(number, str):
            yield number, record


def _index_numbers(corpus: Corpus) -> Iterator[Claim]:
    for number, record in _indexed(corpus):
        yield record.id, number


def _index_twice(corpus: Corpus, claims: Sequence[Claim]) -> Iterator[Diagnostic]:
    for record, other in repeated(corpus, ((number, name) for name, number in claims)):
        number = record.data["indexNumber"]
        yield record.finding("NUM-001", "indexNumber", number=number, other=other.path)


def _index_reused(corpus: Corpus, claims: Sequence[Claim]) -> Iterator[Diagnostic]:
    """A file that was moved keeps its number: it names its old address in `formerAddresses`."""
    past = corpus.past()
    for name, number in claims:
        paths = past.get(number, frozenset())
        if paths <= {f"content/{name}.md"}:
            continue  # nobody else had it: almost always so, and the record need not be read
        record = corpus.records[name]
        addresses = record.data.get("formerAddresses") or ()
        others = sorted(
            path
            for path in paths
            if path != record.path
            and not any(_stem(path) in address for address in addresses)
            and not _holds(corpus, path, number)
        )
        if others:
            yield record.finding("NUM-002", "indexNumber", number=number, other=others[0])


def _stem(path: str) -> str:
    """The end of the address of the record in `path`: `/policies/2026/0007`."""
    return "/" + path.split("/", 3)[-1].rpartition(".")[0]


def _holds(corpus: Corpus, path: str, number: str) -> bool:
    """Whether the file still has the number: then two have it, which is said elsewhere."""
    record = corpus.records.get(path.removeprefix("content/").rpartition(".")[0])
    return record is not None and record.data.get("indexNumber") == number


# An index number that another record already has.
index_number_twice = Joined("index_number_twice", _index_numbers, _index_twice)
# An index number that another file held before.
index_number_reused = Joined("index_number_reused", _index_numbers, _index_reused)


def index_number_of_another_unit(corpus: Corpus) -> Iterator[Diagnostic]:
    """An index number that does not begin with the code of the unit that owns the record."""
    for number, record in _indexed(corpus):
        unit = corpus.units.get(record.unit)
        if unit and unit.organ_code and number.partition("/")[0] != unit.organ_code:
            yield record.finding(
                "NUM-003", "indexNumber", number=number, organ=unit.organ_code, unit=unit.name
            )


def organ_code_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """A unit whose code another unit already has."""
    coded = ((unit.organ_code, unit.id) for unit in corpus.units.values() if unit.organ_code)
    for unit, other in repeated(corpus, coded):
        organ = unit.data["organCode"]
        yield unit.finding("NUM-004", "organCode", organ=organ, other=other.title)
