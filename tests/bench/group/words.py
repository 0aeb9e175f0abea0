"""Chinese official prose by the yard: patterns of the lexicon, filled as a seed picks.

One `Writer` is one stream of choices: the same seed writes the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

from tests.bench.group.lexicon import (
    HEADINGS,
    ITEMS,
    LEXICON,
    NUMBERS,
    OPENINGS,
    SENTENCES,
    TITLES,
    TOPICS,
    Topic,
)

__all__ = ["Writer"]

_SLOT = re.compile(r"\{(\w+)\}")


@cache
def _parts(pattern: str) -> tuple[str, ...]:
    """Text and slot names in turn, beginning and ending with text."""
    return tuple(_SLOT.split(pattern))


class Writer:
    """One stream of prose; `office` is the short name of the unit that speaks."""

    def __init__(self, seed: str, office: str) -> None:
        self.random = Random(seed)
        self.office = office
        self.topic = TOPICS[0]
        self._titles: set[str] = set()
        self._deck: list[str] = []

    def pick(self, words: tuple[str, ...]) -> str:
        """One of the words; quicker than `Random.choice`, and as good for prose."""
        return words[int(self.random.random() * len(words))]

    def number(self, least: int, most: int) -> int:
        """A number between two, both included."""
        return least + int(self.random.random() * (most - least + 1))

    def turn(self) -> Topic:
        """Another topic, of which all that follows speaks."""
        self.topic = TOPICS[int(self.random.random() * len(TOPICS))]
        self._deck = []
        return self.topic

    def say(self, pattern: str) -> str:
        """The pattern with its slots filled."""
        parts = list(_parts(pattern))
        parts[1::2] = [self._word(slot) for slot in parts[1::2]]
        return "".join(parts)

    def _word(self, slot: str) -> str:
        if slot in LEXICON:
            return self.pick(LEXICON[slot])
        if slot in NUMBERS:
            return str(self.number(*NUMBERS[slot]))
        name, _, tasks, objects = self.topic
        of_topic: dict[str, Callable[[], str]] = {
            "topic": lambda: name,
            "office": lambda: self.office,
            "task": lambda: self.pick(tasks),
            "object": lambda: self.pick(objects),
        }
        return of_topic[slot]()

    def title(self) -> str:
        """A title that this writer has not given before."""
        for _ in range(8):
            title = self.say(self.pick(TITLES))
            if title not in self._titles:
                break
        else:
            title = f"{title}（{len(self._titles)}）"
        self._titles.add(title)
        return title

    def opening(self) -> str:
        """The first sentence of a text."""
        return self.say(self.pick(OPENINGS))

    def paragraph(self, sentences: int) -> str:
        """Sentences in a row; a pattern comes again only when all have had their turn."""
        if len(self._deck) < sentences:
            self._deck = self.random.sample(SENTENCES, len(SENTENCES))
        chosen, self._deck = self._deck[:sentences], self._deck[sentences:]
        return "".join([self.say(pattern) for pattern in chosen])

    def headings(self, count: int) -> list[str]:
        """Headings, each once."""
        return self.random.sample(HEADINGS, count)

    def items(self, count: int) -> str:
        """A list of Markdown."""
        return "\n".join([f"- {self.say(self.pick(ITEMS))}" for _ in range(count)])

    def table(self, rows: int) -> str:
        """A table of Markdown: places and what was done there."""
        places = self.random.sample(LEXICON["place"], rows)
        lines = [
            f"| {place} | {self.number(13, 96)} | {self.number(2, 12)} | {self.number(71, 99)}% |"
            for place in places
        ]
        return "\n".join(["| 地点 | 计划数 | 整改数 | 完成率 |", "|---|---:|---:|---:|", *lines])
