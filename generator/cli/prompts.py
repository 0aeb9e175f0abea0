"""Who answers an interview: an editor at a terminal, or nobody beyond what was given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click
import questionary

from generator.scaffold import UNANSWERED, Choice, Option, Question

__all__ = ["Terminal", "Unattended"]

_FILTER_FROM = 12  # a longer list of options is searched by typing


class Unattended:
    """Takes what is proposed, and leaves the rest unanswered."""

    attended = False

    def ask(self, question: Question) -> object:
        return question.default

    def confirm(self, text: str, default: bool) -> bool:
        return default

    def say(self, text: str) -> None:
        """Nobody listens."""


class Terminal:
    """Asks at the terminal, in Chinese; Ctrl-C ends the command with nothing written."""

    attended = True

    def ask(self, question: Question) -> object:
        click.echo(f"  {question.help}")
        if question.choice is Choice.YES_NO:
            default = question.default if isinstance(question.default, bool) else True
            return self.confirm(question.title, default)
        if question.choice is Choice.TEXT:
            return _text(question)
        if question.choice is Choice.MANY:
            return _many(question)
        values = [option.value for option in question.options]
        default_value = question.default if question.default in values else None
        return self.choose(f"{question.title}：", question.options, default_value)

    def confirm(self, text: str, default: bool) -> bool:
        hint = f"（y 是，n 否，直接回车为{'是' if default else '否'}）"
        return bool(_answer(questionary.confirm(text, default=default, instruction=hint)))

    def say(self, text: str) -> None:
        click.secho(text, bold=True)

    @staticmethod
    def choose(title: str, options: Sequence[Option], default: Any = None) -> object:
        """One of the options; in a long list typing finds, and so cannot move the cursor."""
        long = len(options) >= _FILTER_FROM
        hint = "（输入文字查找，上下键选择，回车确定）" if long else "（上下键选择，回车确定）"
        return _answer(
            questionary.select(
                title,
                choices=_choices(options),
                default=default,
                use_search_filter=long,
                use_jk_keys=not long,
                instruction=hint,
            )
        )

    @staticmethod
    def choose_some(title: str, options: Sequence[Option]) -> list[str]:
        """Any of several things; none is an answer too."""
        hint = "（空格选中，回车确定；都不要就直接回车）"
        picked = _answer(questionary.checkbox(title, choices=_choices(options), instruction=hint))
        return [str(value) for value in picked]


def _text(question: Question) -> object:
    def acceptable(text: str) -> bool | str:
        if not text.strip():
            return "这一项必须填写" if question.required else True
        return question.check(text.strip()) or True

    default = "" if question.default is UNANSWERED else str(question.default)
    text = _answer(questionary.text(f"{question.title}：", default=default, validate=acceptable))
    return text.strip() or UNANSWERED


def _many(question: Question) -> object:
    def acceptable(values: list[str]) -> bool | str:
        return question.check(values) or True

    return _answer(
        questionary.checkbox(
            f"{question.title}：",
            choices=_choices(question.options),
            validate=acceptable,
            instruction="（空格选中，回车确定）",
        )
    )


def _choices(options: Sequence[Option]) -> list[questionary.Choice]:
    return [questionary.Choice(_shown(option), value=option.value) for option in options]


def _shown(option: Option) -> str:
    value = str(option.value)
    return value if option.label == value else f"{option.label}（{value}）"


def _answer(question: questionary.Question) -> Any:
    try:
        return question.unsafe_ask()
    except (KeyboardInterrupt, EOFError) as error:
        raise click.Abort from error
