"""Names and titles of leaders against the leader lists (NM2), organs and divisions by date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from generator.gates.known import Known, Leader
from generator.gates.passage import Kind, Passage
from generator.gates.text import TextFile
from generator.gates.wording.batch import searched
from generator.gates.wording.hits import Hit
from generator.gates.wording.packs import rows, rules
from generator.gates.wording.sounds import sound_alike

__all__ = ["divisions", "leaders", "old_organs"]

_POST = re.compile(r"(?:常务)?副?(?:市长|区长|县长|秘书长|局长|主任|书记|省长)")
_NEAR = 6  # signs between a name and its title
_SHORTEST = 3  # signs of a name that is compared sign by sign
_GOVERNMENT = re.compile("(?:常务)?副?(?:市长|区长|县长|省长)")
# What stands before a name that a title follows, and after one that follows a title: without it,
# two signs may be a part of a longer name.
_BEFORE_NAME = re.compile(r"(?:^|[^0-9A-Za-z一-鿿]|[由对向在和与的请经为及或到给让使被据从])$")
_AFTER_NAME = re.compile(
    r"$|[^0-9A-Za-z一-鿿]|同志|主持|出席|讲话|表示|作了|率|在|到|赴|参加|带队|陪同|说|指出|强调|要求|深入|调研|介绍|宣布"
    r"|致辞|会见|检查|看望|慰问|听取|代表|一行|分别|分管|等"
)
_HISTORY = re.compile(
    r"改革|更名|改名|合并|组建|划转|整合|挂牌|历任|曾任|简历|沿革|年[^。]{0,10}任"
)
_BEFORE = re.compile(r"(?:原|前|旧|时任)[一-鿿]{0,6}$")
_RESUME = frozenset({"resume", "mergedFrom"})


def leaders(file: TextFile, known: Known) -> Iterator[Hit]:
    """A name nearly right beside a title, a post that is not held, an order that is not the list's.

    Placeholders (某) stand for nobody and are not compared with each other.
    """
    people = [one for one in known.leaders if "某" not in one.name and len(one.name) > 1]
    if not people or file.kind == "leader":
        return
    for passage in file.passages:
        if not searched(passage) or not _POST.search(passage.text):
            continue
        yield from _names(file, passage, people)
        yield from _sounds(file, passage, people)
        yield from _order(file, passage, people)


def _names(file: TextFile, passage: Passage, people: list[Leader]) -> Iterator[Hit]:
    rule, text = rules()["NM2"], passage.text
    exact = {one.name for one in people}
    for post in _POST.finditer(text):
        start, end = max(0, post.start() - _NEAR), post.end() + _NEAR
        around = text[start:end]
        for one in people:
            if one.name in around:
                yield from _post(file, passage, post, one, people)
            elif len(one.name) >= _SHORTEST:
                for at in range(len(around) - len(one.name) + 1):
                    window = around[at : at + len(one.name)]
                    differ = sum(a != b for a, b in zip(window, one.name, strict=True))
                    if differ == 1 and window not in exact and re.fullmatch("[一-鿿]+", window):
                        note = f"领导信息里是“{one.name}”"
                        first = start + at
                        yield Hit(rule, file, passage, first, first + len(window), note, one.name)


def _sounds(file: TextFile, passage: Passage, people: list[Leader]) -> Iterator[Hit]:
    """Beside a title that a person holds, another name that sounds like the person's.

    For names of two signs, and for slips in several signs, which `_names` does not compare. Others
    hold a title, too, so a person of another unit is compared only by titles of a government.
    """
    rule, text = rules()["NM2"], passage.text
    exact = {one.name for one in people}
    for post in _POST.finditer(text):
        for one in people:
            near = one.unit == file.unit or _GOVERNMENT.fullmatch(post[0])
            if not near or not one.holds(file.day) or not _is_of(post[0], one.post):
                continue
            size = len(one.name)
            for start in (post.start() - size, post.end()):
                said = text[max(0, start) : start + size]
                if said in exact or not sound_alike(said, one.name):
                    continue
                if size >= _SHORTEST and sum(map(str.__ne__, said, one.name)) == 1:
                    continue
                if start == post.end():
                    whole = _AFTER_NAME.match(text, start + size)
                else:
                    whole = _BEFORE_NAME.search(text[:start])
                if whole:
                    note = f"领导信息里是“{one.name}”"
                    yield Hit(rule, file, passage, start, start + size, note, one.name)


def _is_of(said: str, post: str) -> bool:
    return any(
        title.endswith(said) and not title.endswith(f"副{said}")
        for title in re.split("[、，,；]", post)
    )


def _post(
    file: TextFile, passage: Passage, post: re.Match[str], one: Leader, people: list[Leader]
) -> Iterator[Hit]:
    """A title right before or after a name that is none of the posts the person holds."""
    text = passage.text
    beside = text.startswith(one.name, post.end()) or text.endswith(one.name, 0, post.start())
    posts = {mine.post for mine in people if mine.name == one.name and mine.holds(file.day)}
    titles = {title for said in posts for title in re.split("[、，,；]", said)}
    compared = {title for other in people for title in _POST.findall(other.post)}
    said = post[0]
    if not beside or not titles or said not in compared:
        return
    if not any(said == title or title.endswith((f"委{said}", f"府{said}")) for title in titles):
        note = f"{one.name}的职务是{'、'.join(sorted(posts))}"
        yield Hit(rules()["NM2"], file, passage, *post.span(), note)


def _order(file: TextFile, passage: Passage, people: list[Leader]) -> Iterator[Hit]:
    """Leaders of one unit named in a row in another order than their list's."""
    text = passage.text
    for unit in {one.unit for one in people}:
        mine = {one.name: one.order for one in people if one.unit == unit and one.holds(file.day)}
        if len(mine) < 2:
            continue
        names = "|".join(sorted(map(re.escape, mine), key=len, reverse=True))
        for row in re.finditer(f"(?:{names})(?:[、和]?[一-鿿]{{0,8}}[、和](?:{names}))+", text):
            found = re.findall(names, row[0])
            if [mine[name] for name in found] != sorted(mine[name] for name in found):
                right = "、".join(sorted(found, key=lambda name: mine[name]))
                note = f"按领导信息的排序是{right}"
                yield Hit(rules()["NM2"], file, passage, *row.span(), note)


@dataclass(frozen=True)
class _Organ:
    old: str
    new: str
    since: date
    after: str


@cache
def _organs() -> tuple[re.Pattern[str], dict[str, _Organ]]:
    found = {
        row["old"]: _Organ(row["old"], row["new"], date.fromisoformat(row["date"]), row["after"])
        for row in rows("organs.tsv")
    }
    names = sorted(found, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names))), found


def old_organs(file: TextFile, known: Known) -> Iterator[Hit]:
    """Organs by the names of before a reform, in a text of after it (NM9)."""
    day = file.day
    if day is None:
        return
    pattern, organs = _organs()
    own = {name for unit in known.units for name in (unit.name, unit.short_name)}
    for passage in file.passages:
        if not searched(passage) or passage.quoted or passage.kind is Kind.HEADING:
            continue
        if _RESUME & set(passage.pointer) or _HISTORY.search(passage.text):
            continue
        for match in pattern.finditer(passage.text):
            organ = organs[match[0]]
            before = passage.text[: match.start()]
            after = passage.text[match.end() : match.end() + 1]
            if day < organ.since or (after and after in organ.after) or _BEFORE.search(before):
                continue
            if not _quoted(passage.text, match.start()) and not any(
                match[0] in name for name in own
            ):
                yield Hit(rules()["NM9"], file, passage, *match.span(), organ.new)


def _quoted(text: str, at: int) -> bool:
    return any(
        text.rfind(opening, 0, at) > text.rfind(closing, 0, at)
        for opening, closing in ("《》", "“”")
    )


@cache
def _renamed() -> tuple[tuple[str, str, str, date], ...]:
    return tuple(
        (row["old"], row["new"], row["above"], date.fromisoformat(row["from"]))
        for row in rows("divisions.tsv")
    )


def divisions(file: TextFile, known: Known) -> Iterator[Hit]:
    """A division by a name it no longer has, or under a city that it is no part of (NM13)."""
    rule = rules()["NM13"]
    below: dict[str, set[str]] = {}
    for name, above in known.divisions:
        below.setdefault(above, set()).add(name.removeprefix(above))
    for passage in file.passages:
        if not searched(passage) or _RESUME & set(passage.pointer):
            continue
        for old, new, above, since in _renamed():
            for match in re.finditer(f"(?:{above})?{old}", passage.text):
                named = match[0].startswith(above) or old[-1] == "县"
                if file.day and file.day >= since and named and not _HISTORY.search(passage.text):
                    note = f"{old}现为{new}"
                    yield Hit(rule, file, passage, *match.span(), note)
        for above, names in below.items():
            if above and above in passage.text:
                yield from _outside(file, passage, above, names)


def _outside(file: TextFile, passage: Passage, above: str, names: set[str]) -> Iterator[Hit]:
    words = re.compile(f"{above}(?![各所全辖等下内市六每一二三四五七八九十])([一-鿿]{{2,3}}?县)")
    for match in words.finditer(passage.text):
        if match[1] not in names and not any(name in match[1] for name in names):
            note = f"{above}没有{match[1]}"
            yield Hit(rules()["NM13"], file, passage, *match.span(), note)
