"""Service guides, word by word: the eight classes of elements, and words that say nothing.

An element counts as missing where it is empty or holds only a placeholder; the words stand in
`content/reference/vocabularies/`, and so does the list of elements that are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.load import Pointer
from generator.model import Service
from generator.rules.names import called

__all__ = ["EDGES", "ELEMENTS", "element_missing", "placeholder", "served", "vague_material"]

_PHONE = re.compile(r"(?<![0-9])(?:[0-9]{3,4}-)?(?:[0-9]{7,8}|1[0-9]{2,10})(?![0-9])")
EDGES = " \t\r\n　。，、；：！？…—.,;:!?/-()（）"

# Each class of element: the fields that can hold it, one of which must say something.
ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "事项名称": ("taskName",),
    "设定依据": ("byLaw",),
    "申请条件": ("acceptCondition",),
    "办理材料": ("materials",),
    "办理地点": ("transactAddr", "locations"),
    "办理时间": ("transactTime", "hours"),
    "联系电话": ("phones", "linkWay", "locations"),
    "办理流程": ("handleFlow", "flowSteps"),
}


def served(corpus: Corpus) -> Iterator[Service]:
    """Guides that the public reads: drafts, cancelled and withdrawn ones are nobody's guide."""
    for service in corpus.every(Service):
        if service.data["taskState"] not in {"draft", "cancelled"} and not service.withdrawn:
            yield service


def _words(corpus: Corpus, name: str) -> frozenset[str]:
    return (
        frozenset(corpus.vocabularies[name].words) if name in corpus.vocabularies else frozenset()
    )


def _says_something(corpus: Corpus) -> Callable[[str], bool]:
    empty = {word.strip(EDGES) for word in _words(corpus, "placeholder-words")} | {""}
    return lambda text: text.strip(EDGES) not in empty


def element_missing(corpus: Corpus) -> Iterator[Diagnostic]:
    """A class of element that the guide leaves empty, or fills with a placeholder."""
    says, asked = _says_something(corpus), _words(corpus, "service-elements")
    vague = _words(corpus, "vague-material-words")

    def is_there(element: str, field: str, value: Any) -> bool:
        if field == "locations":
            return element != "联系电话" or any(row.get("phone") for row in value)
        if field == "linkWay":
            return _PHONE.search(value) is not None
        if field == "materials":
            return any(says(row["name"]) and row["name"] not in vague for row in value)
        return says(value) if isinstance(value, str) else bool(value)

    for service in served(corpus):
        for element, fields in ELEMENTS.items():
            present = [field for field in fields if service.data.get(field)]
            found = any(is_there(element, field, service.data[field]) for field in present)
            if element in asked and not found:
                field = present[0] if present else fields[0]
                yield service.finding("SVC-001", field, element=element, field=field)


# Further texts that a reader relies on; the elements themselves are judged above.
_RELIED_ON = (
    ("superviseWay",),
    ("flowSteps", "*", "content"),
    ("materials", "*", "acceptanceStandard"),
    ("fees", "*", "standard"),
    ("fees", "*", "basis"),
    ("questions", "*", "answer"),
)


def placeholder(corpus: Corpus) -> Iterator[Diagnostic]:
    """A text of the guide that holds nothing but a placeholder."""
    says = _says_something(corpus)
    for service in served(corpus):
        for field in _RELIED_ON:
            for pointer, value in _texts(service.data, field):
                if not says(value):
                    name = called(corpus, service, pointer)
                    yield service.finding("SVC-002", *pointer, field=name, text=value.strip())


def _texts(data: Mapping[str, Any], field: tuple[str, ...]) -> Iterator[tuple[Pointer, str]]:
    if len(field) == 1:
        if isinstance(data.get(field[0]), str):
            yield field, data[field[0]]
        return
    for index, row in enumerate(data.get(field[0]) or ()):
        if isinstance(row.get(field[2]), str):
            yield (field[0], index, field[2]), row[field[2]]


def vague_material(corpus: Corpus) -> Iterator[Diagnostic]:
    """A material whose name does not say what is to be brought."""
    vague = tuple(_words(corpus, "vague-material-words"))
    for service in served(corpus):
        for index, row in enumerate(service.data.get("materials") or ()):
            name = row["name"].strip(EDGES)
            listed = any(sign in name for sign in "、（(：:")
            if name in vague or (name.endswith(vague) and not listed):
                yield service.finding("SVC-003", "materials", index, "name", name=name)
