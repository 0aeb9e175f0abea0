"""Signs on a page → lines, and lines → paragraphs, by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from unicodedata import normalize

from generator.gates.secrecy.files.pdf_canvas import Sign

__all__ = ["Line", "follows", "lines_of", "paragraphs", "plain"]

_LEVEL = 3  # points by which signs of one line may stand higher or lower
_ENDS = re.compile(r"[\u4e00-\u9fff0-9，、；：]$")
_BEGINS = re.compile(r"^[\u4e00-\u9fff0-9Xx]")
# Radicals that stand for whole signs where a font's table was made from its shapes; Unicode itself
# says so of the first block, not of these.
_RADICALS = "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰"
_SIGNS = "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, from its left end to its right one."""

    text: str
    left: float
    right: float
    size: float


@cache
def _signs() -> dict[int, str]:
    first = {code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return first | {ord(one): sign for one, sign in zip(_RADICALS, _SIGNS, strict=True)}


def plain(text: str) -> str:
    """Text with signs where a font names radicals that look the same."""
    return text if text.isascii() else text.translate(_signs())


def lines_of(signs: Iterable[Sign]) -> Iterator[Line]:
    """Signs → lines, from the top down; what stands apart in a line is parted by two blanks."""
    runs: list[list[Sign]] = []
    for sign in signs:
        last = runs[-1][-1] if runs else None
        if last is not None and follows(last, sign):
            runs[-1].append(sign)
        else:
            runs.append([sign])
    runs = [run for run in runs if any(sign.text.strip() for sign in run)]
    runs.sort(key=lambda run: (-round(run[0].box[1] / _LEVEL), run[0].box[0]))
    line: list[list[Sign]] = []
    for run in runs:
        if line and abs(line[-1][0].box[1] - run[0].box[1]) >= _LEVEL:
            yield _line(line)
            line = []
        line.append(run)
    if line:
        yield _line(line)


def _line(runs: list[list[Sign]]) -> Line:
    found = [_text(runs[0])]
    for last, run in pairwise(runs):
        near = run[0].box[0] - last[-1].box[2] < 0.3 * max(run[0].size, 1)
        found.append(("" if near else "  ") + _text(run))
    text = plain("".join(found)).rstrip()
    return Line(text, runs[0][0].box[0], runs[-1][-1].box[2], runs[0][0].size)


def follows(last: Sign, sign: Sign) -> bool:
    """Whether a sign stands where the line of another goes on."""
    level = abs(last.box[1] - sign.box[1]) <= 0.3 * max(last.size, 1)
    gap = sign.box[0] - last.box[2]
    return level and -0.5 * max(last.size, 1) <= gap <= 1.2 * max(last.size, 1)


def _text(run: list[Sign]) -> str:
    found = [run[0].text]
    for last, sign in pairwise(run):
        if sign.box[0] - last.box[2] > 0.25 * max(last.size, 1) and last.text != " ":
            found.append(" ")
        found.append(sign.text)
    return "".join(found)


def paragraphs(lines: Iterable[Line]) -> list[str]:
    """Lines, joined where a full one goes on in the next: a short one, as a mark, stands alone."""
    listed = list(lines)
    if not listed:
        return []
    edge = max(line.right for line in listed)
    found = [listed[0].text]
    for last, line in pairwise(listed):
        full = last.right >= edge - 2 * max(last.size, 1)
        whole = "  " not in last.text and "  " not in line.text  # no row of a table
        if full and whole and _ENDS.search(last.text) and _BEGINS.search(line.text):
            found[-1] += line.text.lstrip()
        else:
            found.append(line.text)
    return found
