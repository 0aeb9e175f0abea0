"""An editor's answers → a new record, valid by its schema and in its place; nothing is written."""

from generator.scaffold.answers import AnswerError, given_values
from generator.scaffold.choices import unit_options
from generator.scaffold.draft import Draft, draft, own_name, path_of
from generator.scaffold.interview import Interview
from generator.scaffold.question import UNANSWERED, Asker, Choice, Option, Question
from generator.scaffold.setting import Setting

__all__ = [
    "UNANSWERED",
    "AnswerError",
    "Asker",
    "Choice",
    "Draft",
    "Interview",
    "Option",
    "Question",
    "Setting",
    "draft",
    "given_values",
    "own_name",
    "path_of",
    "unit_options",
]
