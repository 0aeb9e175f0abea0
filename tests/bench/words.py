"""The words of `lexicon.yml`, read once, and the templates made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

__all__ = ["Template", "Trade", "counties", "posts", "surnames", "template", "towns", "trades"]

_FILE = Path(__file__).parent / "lexicon.yml"
_SLOT = re.compile(r"<([a-z]+)>")

# Literal texts with the names of slots between them: ("完成", "n", "公里").
Template = tuple[str, ...]


@cache
def template(text: str) -> Template:
    """A sentence cut at its slots; the parts at odd places are their names.

    >>> template("衬砌渠道<n>公里。")
    ('衬砌渠道', 'n', '公里。')
    """
    return tuple(_SLOT.split(text))


@dataclass(frozen=True, slots=True)
class Trade:
    """What one kind of bureau speaks of."""

    name: str
    office: str  # "教育局"
    sign: str  # what stands for it in document numbers
    theme: str
    jobs: Sequence[str]
    acts: Sequence[str]
    facts: Sequence[str]
    who: Sequence[str]
    spots: Sequence[str]
    own: Sequence[str]


@cache
def _lexicon() -> Mapping[str, object]:
    return yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)


@cache
def trades() -> Mapping[str, Trade]:
    """Every trade by its name."""
    return {name: Trade(name=name, **row) for name, row in _lexicon()["trades"].items()}


def counties() -> Sequence[str]:
    """The counties of the city."""
    return _lexicon()["counties"]


def towns() -> Mapping[str, Sequence[str]]:
    """The towns by county."""
    return _lexicon()["towns"]


def villages() -> Sequence[str]:
    """Names of villages."""
    return _lexicon()["villages"]


def surnames() -> Sequence[str]:
    """Surnames for placeholders such as 王某（示例）."""
    return _lexicon()["surnames"]


def posts() -> Sequence[str]:
    """Posts of leaders, the head's first."""
    return _lexicon()["posts"]
