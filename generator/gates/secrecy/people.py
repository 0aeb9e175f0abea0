"""Names of private persons: in a cell, beside a number, in a sentence."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

__all__ = ["NAME", "START", "is_name", "is_veiled", "named_near", "surely_name", "surely_names"]

_FILE = Path(__file__).parents[1] / "packs" / "secrecy" / "names.yml"
_HAN = "\u4e00-\u9fff"
_BEFORE, _AFTER = 18, 14  # signs around a number in which a name is beside it
_VEIL = "某*＊×xX○〇△□■"


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, str] = yaml.safe_load(_FILE.read_text("utf-8"))
    whole = {"single", "given"}
    return {
        key: sorted(set("".join(text.split()))) if key in whole else text.split()
        for key, text in found.items()
    }


def _pattern() -> str:
    words = _words()
    families = f"(?:{'|'.join(words['double'])}|[{''.join(words['single'])}])"
    barred: dict[str, str] = {}  # by their first sign, which is quicker to try
    for word in (*words["not"], *words["common"]):
        barred[word[0]] = barred.get(word[0], "") + word[1]
    stops = "|".join(f"{first}[{second}]" for first, second in sorted(barred.items()))
    return f"(?!{stops}){families}[{''.join(words['given'])}]{{1,2}}"


# A name in running text; what stands before and after it is the caller's to ask.
NAME = _pattern()


def _start() -> str:
    words = _words()
    two, three = "|".join(words["roles"]), "|".join(words["roles3"])
    return rf"(?:(?<![{_HAN}])|(?<={two})|(?<={three}))"


# Where a name may begin: after what is no Chinese sign, or after a role.
START = _start()


@cache
def _edged() -> re.Pattern[str]:
    """A name that stands free, or after a role."""
    end = rf"(?=[^{_HAN}]|$|先生|女士|同志|电话|手机|联系|[，、])"
    return re.compile(f"{START}{NAME}{end}")


@cache
def _family() -> re.Pattern[str]:
    words = _words()
    families = f"(?:{'|'.join(words['double'])}|[{''.join(words['single'])}])"
    return re.compile(rf"{families}[ \u3000]*[{_HAN}]{{1,2}}|[{_HAN}]{{1,6}}(?:·[{_HAN}]{{1,8}})+")


def is_name(cell: str) -> bool:
    """Whether a cell of a column of names is one that is written out in full.

    >>> is_name("赵小树"), is_name("王某某"), is_name("合计")
    (True, False, False)
    """
    cell = cell.strip()
    return bool(_family().fullmatch(cell)) and not is_veiled(cell) and cell not in _words()["not"]


def is_veiled(cell: str) -> bool:
    """Whether signs of a name are left out: 王某, 王*, 欧阳**."""
    return any(sign in cell for sign in _VEIL)


def surely_name(cell: str) -> bool:
    """Whether a cell is a name, of signs that given names have, though no header says so."""
    return bool(re.fullmatch(NAME, cell.strip())) and not is_veiled(cell)


def named_near(text: str, start: int, end: int) -> bool:
    """Whether a name that is written out stands beside what `text[start:end]` is."""
    return bool(
        _edged().search(text, max(0, start - _BEFORE), start)
        or _edged().search(text, end, min(len(text), end + _AFTER))
    )


def surely_names(text: str, most: int) -> set[str]:
    """Names that stand free in a text, at most so many."""
    found: set[str] = set()
    for match in _edged().finditer(text):
        found.add(match[0])
        if len(found) >= most:
            break
    return found
