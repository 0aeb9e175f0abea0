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
class _Term:
    """A field, as the group that holds it and the key in there."""

    pointer: Pointer
    holder: Pointer
    key: str
    optional: bool
    star: int | None  # where its `*` stands

    @classmethod
    def of(cls, word: str) -> _Term:
        """The term that `word` writes as `services.cases.total`."""
        pointer = tuple(word.rstrip("?").split("."))
        star = pointer.index("*") if "*" in pointer else None
        return cls(pointer, pointer[:-1], pointer[-1], word.endswith("?"), star)


@dataclass(frozen=True, slots=True)
class Balance:
    """One line of a table: what is compared, and how the right side is called if not by its terms.

    A finding stands at the first term of the left side.
    """

    code: str
    kind: str
    left: tuple[_Term, ...]
    sign: str
    right: tuple[_Term, ...]
    say: Mapping[str, str] | None
    rows: Pointer | None  # the list that the line is judged for row by row

    @classmethod
    def of(cls, code: str, kind: str, text: str, say: Mapping[str, str] | None = None) -> Balance:
        """The balance that `text` writes as `a = b + c`."""
        words = text.split()
        at = next(index for index, word in enumerate(words) if word in _HOLDS)
        left, right = (
            tuple(_Term.of(word) for word in side) for side in (words[:at:2], words[at + 1 :: 2])
        )
        lists = (term.pointer[: term.star] for term in left if term.star is not None)
        return cls(code, kind, left, words[at], right, say, next(lists, None))


def imbalances(corpus: Corpus, balances: Sequence[Balance]) -> Iterator[Diagnostic]:
    """The lines of `balances` that the records of their kinds do not keep."""
    by_kind: dict[str, list[Balance]] = {}
    for balance in balances:
        by_kind.setdefault(balance.kind, []).append(balance)
    for kind, lines in by_kind.items():
        for record in corpus.every(Record.classes[kind]):
            numbers = _Numbers(record.data)
            for balance in lines:
                yield from _judged(corpus, record, numbers, balance)


class _Numbers(dict[Pointer, Mapping[str, Any]]):
    """The groups of a record's numbers by pointer, each looked for once; empty where absent."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__()
        self.data = data

    def __missing__(self, pointer: Pointer) -> Mapping[str, Any]:
        group = self[pointer] = _value(self.data, pointer) or {}
        return group


def _judged(
    corpus: Corpus, record: Record, numbers: _Numbers, balance: Balance
) -> Iterator[Diagnostic]:
    rows: Sequence[int | None] = (None,)
    if balance.rows is not None:
        listed = _value(record.data, balance.rows)
        rows = range(len(listed) if isinstance(listed, list) else 0)
    for row in rows:
        left, right = _sum(numbers, balance.left, row), _sum(numbers, balance.right, row)
        if left is None or right is None or _HOLDS[balance.sign](left, right):
            continue
        at = _row(balance.left[0].pointer, row)
        names = {
            "left": _together(corpus, record, balance.left, row),
            "right": balance.say or _together(corpus, record, balance.right, row),
        }
        sums = {"left_sum": _plain(left), "right_sum": _plain(right)}
        yield record.finding(balance.code, *at, must=_MUST[balance.sign], **names, **sums)


def _sum(numbers: _Numbers, terms: Sequence[_Term], row: int | None) -> float | None:
    """What the terms of one side add up to; None where it cannot be said."""
    total, present = 0.0, False
    for term in terms:
        if term.star is None:
            value = numbers[term.holder].get(term.key)
            if value is not None:
                present = True
                total += value
            elif not term.optional:
                return None
        elif (values := _of_rows(numbers.data, term.pointer, term.star, row)) is not None:
            if None in values:
                return None
            present = True
            total += sum(values)
    return total if present else None


def _of_rows(
    data: Mapping[str, Any], pointer: Pointer, star: int, row: int | None
) -> Sequence[Any] | None:
    """The field of one row, or that of every row; None where it, or the list, is absent."""
    if row is not None:
        value = _value(data, _row(pointer, row))
        return None if value is None else (value,)
    rows = _value(data, pointer[:star])
    return None if rows is None else [_value(each, pointer[star + 1 :]) for each in rows]


def _value(data: Any, pointer: Pointer) -> Any:
    for part in pointer:
        if data is None:
            return None
        data = data[part] if isinstance(part, int) else data.get(part)
    return data


def _together(
    corpus: Corpus, record: Record, terms: Sequence[_Term], row: int | None
) -> Mapping[str, str]:
    pointers = [_row(term.pointer, row) for term in terms]
    names = [called(corpus, record, pointer) for pointer in pointers]
    if len(names) == 1 and "*" not in pointers[0]:
        return names[0]
    chinese = "、".join(name["zh"] for name in names)
    return {"zh": chinese + "之和", "en": "the sum of " + ", ".join(name["en"] for name in names)}


def _row(pointer: Pointer, row: int | None) -> Pointer:
    return tuple(row if part == "*" and row is not None else part for part in pointer)


def _plain(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
