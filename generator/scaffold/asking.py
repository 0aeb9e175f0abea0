"""A schema's field → a question, with its title, description and example as the help."""

from __future__ import annotations

from collections.abc import Sequence

from generator.load import Pointer
from generator.reference.words import example_of
from generator.scaffold.answers import dotted, typed
from generator.scaffold.faults import of_value
from generator.scaffold.question import UNANSWERED, Choice, Option, Question
from generator.schema import Schemas

__all__ = ["question_of"]


def question_of(
    schemas: Schemas,
    kind: str,
    at: Pointer,
    *,
    choice: Choice,
    known: Sequence[Option] = (),
    required: bool = True,
    default: object = UNANSWERED,
    number: int | None = None,
) -> Question:
    """The question for the field at `at`; `number` is the place of an item in a list."""
    schema = schemas.at(kind, at)

    def check(answer: object) -> str:
        value = typed(answer, schema) if isinstance(answer, str) else answer
        return of_value(schemas, kind, at, value)

    example = example_of(schema)
    said = schema.get("description", "")
    if choice is Choice.TEXT and isinstance(example, (str, int, float)):
        said += f"例如：{example}"
    title = schema.get("title", dotted(at))
    if number is not None:
        title += f"（第 {number + 1} 项{'' if required else '，没有了就直接回车'}）"
    return Question(
        path=dotted(at), title=title, help=said, choice=choice, options=tuple(known),
        default=default, required=required, check=check,
    )  # fmt: skip
