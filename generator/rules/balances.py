"""Numbers of one record that must add up, or must not exceed one another, written as one line each.

`services.cases.total = services.cases.naturalPerson + services.cases.legalPerson`: a term is a
field; with `*` it is that field of every row, taken row by row where the left side has a `*`, and
summed up where it has none. A term that is absent leaves the line unjudged, unless it ends in `?`
or is a whole list: then it counts nothing, as long as some other term of its side is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.load import Pointer
from generator.model import Record
from generator.rules.names import called

__all__ = ["Balance", "imbalances"]

_EPSILON = 0.005  # amounts are given to the cent
_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda left, right: abs(left - right) < _EPSILON,
    "<=": lambda left, right: left < right + _EPSILON,
    ">=": lambda left, right: left > right - _EPSILON,
}
_MUST = {
    "=": {"zh": "应等于", "en": "must equal"},
    "<=": {"zh": "不应超过", "en": "must not exceed"},
    ">=": {"zh": "不应少于", "en": "must not be less than"},
}


@dataclass(frozen=True, slots=True)
class Balance:
    """One line of a table: what is compared, and how the right side is called if not by its terms.

    A finding stands at the first term of the left side.
    """

    code: str
    kind: str
    left: tuple[Pointer, ...]
    sign: str
    right: tuple[Pointer, ...]
    optional: frozenset[Pointer]
    say: Mapping[str, str] | None = None

    @classmethod
    def of(cls, code: str, kind: str, text: str, say: Mapping[str, str] | None = None) -> Balance:
        """The balance that `text` writes as `a = b + c`."""
        words = text.split()
        at = next(index for index, word in enumerate(words) if word in _HOLDS)
        sides = words[:at:2], words[at + 1 :: 2]
        left, right = (tuple(_pointer(word) for word in side) for side in sides)
        optional = frozenset(_pointer(word) for word in words if word.endswith("?"))
        return cls(code, kind, left, words[at], right, optional, say)


def _pointer(word: str) -> Pointer:
    return tuple(word.rstrip("?").split("."))


def imbalances(corpus: Corpus, balances: Sequence[Balance]) -> Iterator[Diagnostic]:
    """The lines of `balances` that the records of their kinds do not keep."""
    for balance in balances:
        for record in corpus.every(Record.classes[balance.kind]):
            yield from _judged(corpus, record, balance)


def _judged(corpus: Corpus, record: Record, balance: Balance) -> Iterator[Diagnostic]:
    starred = next((term for term in balance.left if "*" in term), None)
    rows: Sequence[int | None] = [None]
    if starred is not None:
        listed = _value(record.data, starred[: starred.index("*")])
        rows = range(len(listed) if isinstance(listed, list) else 0)
    for row in rows:
        left = _sum(record.data, balance.left, balance.optional, row)
        right = _sum(record.data, balance.right, balance.optional, row)
        if left is None or right is None or _HOLDS[balance.sign](left, right):
            continue
        at = _row(balance.left[0], row)
        names = {
            "left": _together(corpus, record, balance.left, row),
            "right": balance.say or _together(corpus, record, balance.right, row),
        }
        numbers = {"left_sum": _plain(left), "right_sum": _plain(right)}
        yield record.finding(balance.code, *at, must=_MUST[balance.sign], **names, **numbers)


def _sum(
    data: Mapping[str, Any], terms: Sequence[Pointer], optional: frozenset[Pointer], row: int | None
) -> float | None:
    """What the terms of one side add up to; None where it cannot be said."""
    total, present = 0.0, False
    for term in terms:
        values = _values(data, _row(term, row))
        if values is None:
            if "*" not in term and term not in optional:
                return None
            continue
        if None in values:
            return None
        present = True
        total += sum(float(value) for value in values)
    return total if present else None


def _values(data: Mapping[str, Any], term: Pointer) -> list[Any] | None:
    """The values that a term names; None where it, or the list it looks into, is absent."""
    if "*" not in term:
        value = _value(data, term)
        return None if value is None else [value]
    at = term.index("*")
    rows = _value(data, term[:at])
    return None if rows is None else [_value(row, term[at + 1 :]) for row in rows]


def _value(data: Any, pointer: Pointer) -> Any:
    for part in pointer:
        if data is None:
            return None
        data = data[part] if isinstance(part, int) else data.get(part)
    return data


def _together(
    corpus: Corpus, record: Record, terms: Sequence[Pointer], row: int | None
) -> Mapping[str, str]:
    names = [called(corpus, record, _row(term, row)) for term in terms]
    if len(names) == 1 and "*" not in _row(terms[0], row):
        return names[0]
    chinese = "、".join(name["zh"] for name in names)
    return {"zh": chinese + "之和", "en": "the sum of " + ", ".join(name["en"] for name in names)}


def _row(term: Pointer, row: int | None) -> Pointer:
    return tuple(row if part == "*" and row is not None else part for part in term)


def _plain(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
