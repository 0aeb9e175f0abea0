"""The interview: a schema's required fields become questions, and the answers a record.

What the schema asks only in some cases is found by asking the schema itself: as long as it
misses a field in the record so far, that field is the next question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from generator.load import Pointer
from generator.reference.words import options
from generator.scaffold.answers import dotted, typed
from generator.scaffold.asking import question_of
from generator.scaffold.choices import choices
from generator.scaffold.faults import of_record
from generator.scaffold.proposals import proposal
from generator.scaffold.question import UNANSWERED, Asker, Choice, Option, Question
from generator.scaffold.setting import Setting
from generator.scaffold.tables import counts, zero
from generator.schema import Schemas

__all__ = ["Interview"]

_LATER = frozenset({"withdrawn", "restoreOf"})  # what happens to a record that is old
_ROUNDS = 20  # of asking for what is still missing; every round fills at least one field
_TABLE_CELLS = 6  # from here on a group of counts is a table, offered as a whole


@dataclass
class Interview:
    """Fills one record. `unanswered` collects the questions that nobody could answer."""

    schemas: Schemas
    kind: str
    asker: Asker
    setting: Setting
    record: dict[str, Any] = field(default_factory=dict)
    unanswered: dict[Pointer, Question] = field(default_factory=dict)
    zeros: list[str] = field(default_factory=list)  # tables that were filled with 0 as a whole

    def __post_init__(self) -> None:
        self._question = partial(question_of, self.schemas, self.kind)

    def fill(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The record: what was given, what is required, then what is required in its case."""
        self._fill_group((), given, self.record)
        for _ in range(_ROUNDS):
            if not self._fill_missing() and not self._mend():
                break
        return self.record

    def fill_optional(self, names: list[str]) -> None:
        """Asks for fields that the editor chose to fill in as well."""
        for name in names:
            self._put((name,), self._value((name,), UNANSWERED))
        self._fill_missing()

    def optional(self) -> list[Option]:
        """The fields of the record that are still empty, with their titles."""
        hidden = {*self.record, *_LATER}
        names = (name for name in self.schemas.of(self.kind)["properties"] if name not in hidden)
        return [Option(name, self._schema((name,)).get("title", name)) for name in names]

    def _schema(self, pointer: Pointer) -> dict[str, Any]:
        return self.schemas.at(self.kind, pointer)

    def _fill_group(self, at: Pointer, given: Mapping[str, Any], group: dict[str, Any]) -> None:
        schema = self._schema(at)
        properties = schema.get("properties", {})
        required = schema.get("required", ())
        if not required and not given and schema.get("minProperties"):
            required = [next(iter(properties))]  # any one will do
        for name in sorted(required, key=lambda name: self._order(at, name)):
            value = self._value((*at, name), given.get(name, UNANSWERED), group)
            if value is not UNANSWERED:
                group[name] = value
        for name, value in given.items():
            if name not in required:
                inner = self._value((*at, name), value, group) if name in properties else value
                group[name] = value if inner is UNANSWERED else inner

    def _order(self, at: Pointer, name: str) -> tuple[int, int]:
        names = list(self._schema(at).get("properties", {}))
        hint = self._schema((*at, name)).get("x-scaffold")
        return (hint if isinstance(hint, int) else len(names), names.index(name))

    def _value(self, at: Pointer, given: object, group: Any = None) -> object:
        """The value of one field, from what was given, proposed or answered."""
        schema = self._schema(at)
        if schema.get("type") == "object" and "properties" in schema:
            return self._group(at, schema, given)
        if given is not UNANSWERED:
            if schema.get("type") == "array" and isinstance(given, list):
                return [self._value((*at, i), item, group) for i, item in enumerate(given)]
            return given
        if len(only := options(schema)) == 1:
            return only[0][0]
        if schema.get("type") == "array":
            return self._list(at, schema)
        return self._ask(at, schema, group)

    def _group(self, at: Pointer, schema: Mapping[str, Any], given: object) -> object:
        if given is not UNANSWERED and not isinstance(given, Mapping):
            return given
        cells = list(counts(self.schemas, self.kind, at))
        if given is UNANSWERED and len(cells) >= _TABLE_CELLS:
            title = schema.get("title", dotted(at))
            text = (
                f"“{title}”共 {len(cells)} 个数字。现在逐个填写吗？选“否”先全部填 0，以后在文件里改"
            )
            if not self.asker.confirm(text, default=False):
                self.zeros.append(f"{title}（{dotted(at)}）")
                return zero(self.schemas, self.kind, at)
        if not isinstance(given, Mapping) or set(schema.get("required", ())) - set(given):
            self.asker.say(f"—— {schema.get('title', dotted(at))}：{schema.get('description', '')}")
        group: dict[str, Any] = {}
        self._fill_group(at, given if isinstance(given, Mapping) else {}, group)
        return group or UNANSWERED

    def _list(self, at: Pointer, schema: Mapping[str, Any]) -> object:
        least = schema.get("minItems", 0)
        proposed = proposal(self.setting, at, schema, self.record)
        if proposed is not UNANSWERED:
            return proposed
        items = self._schema((*at, 0))
        known = [Option(*pair) for pair in options(items)] or choices(
            self.setting, (*at, 0), items, self.record
        )
        if known:
            question = self._question(at, choice=Choice.MANY, known=known, required=least > 0)
            return self._answer(at, question, empty=[])
        found: list[object] = []
        title = items.get("title") or schema.get("title", "")
        while True:
            here = (*at, len(found))
            needed = len(found) < least
            if items.get("type") == "object":
                if not needed and not self.asker.confirm(_more(title, len(found)), default=False):
                    return found
                value = self._group(here, items, UNANSWERED)
            else:
                question = self._question(
                    here, choice=Choice.TEXT, required=needed, number=len(found)
                )
                value = self._answer(here, question, empty=UNANSWERED)
            if value is UNANSWERED:
                return found if not needed else UNANSWERED
            found.append(value)

    def _ask(self, at: Pointer, schema: Mapping[str, Any], group: Any) -> object:
        so_far = self.record if group is None else {**self.record, **group}
        known = [Option(*pair) for pair in options(schema)] or choices(
            self.setting, at, schema, so_far
        )
        proposed = proposal(self.setting, at, schema, so_far)
        form = Choice.ONE if known else Choice.TEXT
        if schema.get("type") == "boolean":
            form = Choice.YES_NO
        if proposed is UNANSWERED and form is Choice.ONE and len(known) == 1:
            proposed = known[0].value
        return self._answer(at, self._question(at, choice=form, known=known, default=proposed))

    def _answer(self, at: Pointer, question: Question, empty: object = UNANSWERED) -> object:
        answer = self.asker.ask(question)
        if answer is UNANSWERED:
            if question.required:
                self.unanswered[at] = question
            return empty
        return typed(answer, self._schema(at)) if isinstance(answer, str) else answer

    def _fill_missing(self) -> bool:
        """Asks for what the record still lacks; whether a field was filled."""
        filled, said = False, ""
        for fault in list(of_record(self.schemas, self.kind, self.record)):
            if not fault.missing or fault.pointer in self.unanswered:
                continue
            if fault.when and fault.when != said:
                said = fault.when
                self.asker.say(f"{said}。")
            filled |= self._put(fault.pointer, self._value(fault.pointer, UNANSWERED))
        return filled

    def _mend(self) -> bool:
        """Asks again for values that do not go together; whether one was changed."""
        for fault in list(of_record(self.schemas, self.kind, self.record)):
            if fault.missing or not fault.pointer or not self.asker.attended:
                continue
            if self.asker.confirm(f"{fault.sentence}现在改吗？", default=True):
                return self._put(fault.pointer, self._value(fault.pointer, UNANSWERED))
        return False

    def _put(self, pointer: Pointer, value: object) -> bool:
        if value is UNANSWERED:
            return False
        place: Any = self.record
        for part in pointer[:-1]:
            place = place[part]
        place[pointer[-1]] = value
        return True


def _more(title: str, count: int) -> str:
    return f"再添一项“{title}”吗？" if count else f"有“{title}”要填吗？"
