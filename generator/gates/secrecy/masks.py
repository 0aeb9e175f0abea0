"""Masked numbers: whether enough is hidden, and whether the rest of the row undoes it (5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.gates.finding import ERROR
from generator.gates.secrecy.about import About
from generator.gates.secrecy.grid import Grid
from generator.gates.secrecy.hits import Hit
from generator.gates.secrecy.listing import expression, note
from generator.gates.secrecy.numbers import may_begin_a_person
from generator.gates.secrecy.packs import list_rule

__all__ = ["Masked", "is_masked", "joined_hits", "mask_hits", "masked_persons"]

_VEIL = "*＊×✕●■□█"
_RUN = re.compile(
    rf"(?<![0-9A-Za-z{_VEIL}])[0-9{_VEIL}][0-9Xx{_VEIL}]{{6,23}}(?![0-9A-Za-z{_VEIL}])"
)
_SOME = re.compile(rf"[{_VEIL}]|[Xx]{{3}}")
_BORN = re.compile(r"((?:19|20)\d{2})[年.\-/]?(?:(\d{1,2})[月.\-/]?(?:(\d{1,2})日?)?)?")
_PERSON, _MOBILE = 18, 11
_CARD = range(15, 20)
_BIRTH = range(6, 14)
_PLACE = range(6)
_MOST_SEEN = 6  # digits of a resident number
_LEAST_HIDDEN = (
    4  # digits in a row of a mobile; and those that must stay unknown in a row of a list
)
_LAST = 4  # of a card, which may be seen
_YEARS_SEEN = 4  # digits of the day of birth that make it known


def is_masked(text: str) -> bool:
    """Whether something in a cell is hidden by signs."""
    return _SOME.search(text) is not None


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked resident number in the row of a person."""

    number: int  # of the passage
    offset: int
    text: str  # eighteen signs; what is hidden is `*`
    born: str  # what the row says of the day of birth: "19030412", "190304", "1903"
    placed: bool  # whether the row says where the person lives
    person: str
    village: str

    @property
    def known(self) -> frozenset[int]:
        """Which of the eighteen signs the row tells."""
        known = {at for at, sign in enumerate(self.text) if sign != "*"}
        known |= {_BIRTH.start + at for at in range(len(self.born))}
        return frozenset(known | set(_PLACE) if self.placed else known)


def _unknown(known: frozenset[int]) -> int:
    """How many digits nobody can tell; the check digit tells one of them."""
    hidden = sum(at not in known for at in range(_PERSON - 1))
    return max(0, hidden - 1) if _PERSON - 1 in known else hidden


def masked_persons(about: About) -> Iterator[Masked]:
    """The masked resident numbers of a text, with what stands in their rows."""
    whole = about.whole
    for number, text in enumerate(whole.texts):
        if not _SOME.search(text):
            continue
        grid = about.grid(number)
        for match in _RUN.finditer(text):
            written = _hidden(match[0])
            if "*" not in written:
                continue
            if (len(written) == _PERSON and may_begin_a_person(written)) or _is_labelled(
                about, number, text[: match.start()]
            ):
                written = written.ljust(_PERSON, "*")[:_PERSON]
                yield _with_row(grid, number, match.start(), written, whole.passages[number].cell)


def _hidden(text: str) -> str:
    """The signs of a mask made one: X is one unless it ends the number alone."""
    text = re.sub(f"[{_VEIL}]", "*", text)
    return re.sub(r"[Xx](?=[Xx*]|.)|(?<=[*Xx])[Xx]+$", "*", text)


def _is_labelled(about: About, number: int, before: str) -> bool:
    grid, cell = about.grid(number), about.whole.passages[number].cell
    header = grid.title(cell[2]) if grid and cell else ""
    return expression("number").search(f"{header} {before[-24:]}") is not None


def _with_row(
    grid: Grid | None, number: int, offset: int, text: str, cell: tuple[int, int, int] | None
) -> Masked:
    if grid is None or cell is None:
        return Masked(number, offset, text, "", False, "", "")
    row = cell[1]
    born = max((_born(grid.cell(row, at)) for at in grid.find(expression("born"))),
               key=len, default="")  # fmt: skip
    homes = [grid.cell(row, at) for at in grid.find(expression("village"))]
    village = next((text.strip() for text in homes if text.strip()), "")
    return Masked(number, offset, text, born, bool(village), grid.person(row), village)


def _born(text: str) -> str:
    match = _BORN.search(text)
    if match is None:
        return ""
    month, day = match[2] or "", match[3] or ""
    return match[1] + (month.zfill(2) if month else "") + (day.zfill(2) if day else "")


def mask_hits(about: About, people: Iterable[Masked]) -> Iterator[Hit]:
    """The numbers of a text that are masked too little, or in vain."""
    rule = list_rule("5.1")
    done = set()
    for one in people:
        done.add((one.number, one.offset))
        seen = sum(sign != "*" for sign in one.text)
        shown = sum(one.text[at] != "*" for at in _BIRTH)
        if shown >= _YEARS_SEEN or (seen and _unknown(one.known) < _LEAST_HIDDEN):
            why = note("born") if shown >= _YEARS_SEEN else note("undone")
            yield Hit(rule, one.number, one.offset, one.text, ERROR, why)
        elif shown or seen > _MOST_SEEN:
            yield Hit(rule, one.number, one.offset, one.text, rule.severity)
    for number, text in enumerate(about.whole.texts):
        if not _SOME.search(text):
            continue
        for match in _RUN.finditer(text):
            if (number, match.start()) not in done and _weak(about, number, text, match):
                yield Hit(rule, number, match.start(), match[0], rule.severity)


def _weak(about: About, number: int, text: str, match: re.Match[str]) -> bool:
    """Whether a masked mobile or card shows too much."""
    written = _hidden(match[0])
    longest = max((len(run) for run in re.findall(r"\*+", written)), default=0)
    if not longest:
        return False
    if len(written) == _MOBILE and re.match(r"1[3-9*]", written):
        return longest < _LEAST_HIDDEN
    if len(written) not in _CARD:
        return False
    grid, cell = about.grid(number), about.whole.passages[number].cell
    header = grid.title(cell[2]) if grid and cell else ""
    labelled = expression("card").search(f"{header} {text[: match.start()][-24:]}")
    return (
        labelled is not None
        and "*" in written[:-_LAST]
        and bool(re.search("[0-9]", written[:-_LAST]))
    )


def joined_hits(lists: Iterable[tuple[About, list[Masked]]]) -> Iterator[tuple[About, Hit]]:
    """Persons of two lists whose numbers are masked at different places."""
    rule = list_rule("5.1")
    seen: dict[tuple[str, str], frozenset[int]] = {}
    for about, people in lists:
        for one in people:
            if not one.person or not one.village:
                continue
            before = seen.get((one.person, one.village), one.known)
            together = seen[one.person, one.village] = before | one.known
            if _unknown(together) < _LEAST_HIDDEN <= min(_unknown(before), _unknown(one.known)):
                yield about, Hit(rule, one.number, one.offset, one.text, ERROR, note("joined"))
