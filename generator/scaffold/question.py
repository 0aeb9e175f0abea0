"""A question to an editor, as data; and who may be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

__all__ = ["UNANSWERED", "Asker", "Choice", "Option", "Question"]


class _Unanswered:
    """The one value that stands for no answer; a record may hold None itself."""

    def __repr__(self) -> str:
        return "UNANSWERED"


UNANSWERED: Final = _Unanswered()


class Choice(StrEnum):
    """How an answer is given."""

    TEXT = "text"  # the answer is a text, still to be read as the field's type
    ONE = "one"  # the value of an option
    MANY = "many"  # a list of such values
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class Option:
    """One value to choose, and the words for it."""

    value: object
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field to fill in, with all that a clerk needs to answer it."""

    path: str  # as `--set` takes it: `contact.phone`
    title: str
    help: str
    choice: Choice
    options: tuple[Option, ...] = ()
    default: object = UNANSWERED
    required: bool = True
    check: Callable[[object], str]  # what is wrong with an answer, in a sentence; or empty


class Asker(Protocol):
    """Someone who answers: an editor at a terminal, or a command line that already said it all."""

    @property
    def attended(self) -> bool:
        """Whether a person answers, who can be asked twice."""

    def ask(self, question: Question) -> object:
        """The answer, already acceptable to `question.check`; UNANSWERED where there is none."""

    def confirm(self, text: str, default: bool) -> bool:
        """The answer to a question about how to go on."""

    def say(self, text: str) -> None:
        """Tells the editor something."""
