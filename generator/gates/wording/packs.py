"""The data packs of the wording gate, read once: rules, patterns, words, lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from generator.gates.literals import needed

__all__ = [
    "FOLDER",
    "Pattern",
    "Rule",
    "column",
    "listed",
    "patterns",
    "rows",
    "rules",
    "signs",
    "variants",
]

FOLDER = Path(__file__).parents[1] / "packs" / "wording"
_HAN = "一-龥"  # as the sheets write it
_HAN_RANGE = "\u4e00-\u9fff"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said of a fault, and how much it weighs; `message` and `right` are for the clerk."""

    id: str
    severity: str
    risk: str
    mark: str
    source: str
    quoted: str  # "hint": what is quoted weighs less; "keep": it is a fault there, too
    skip: frozenset[str]  # kinds of passage that it does not look at
    proposal: str  # "fix": made by a function, and certain; "made"; empty: `right` says what to do
    message: str
    right: str
    off: bool = False  # a rule that is looked for only where its row is changed


@dataclass(frozen=True)
class Pattern:
    """A regular expression of a rule, or of a row of the word table."""

    rule: Rule
    written: str
    flags: int = 0
    word: str = ""  # of a row of the word table: the right form or forms

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when a text first needs it: most words never occur."""
        return re.compile(self.written, self.flags)

    @cached_property
    def needed(self) -> frozenset[str] | None:
        """Words of which every match holds one."""
        return needed(self.written)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a pack file, keyed by its header line; lines that begin with `# ` say why."""
    lines = (FOLDER / name).read_text("utf-8").split("\n")
    kept = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    header = kept[0]
    for row in kept[1:]:
        if len(row) > len(header):
            raise ValueError(f"{name}: {row[0]} has more columns than the header")
    return [dict(zip(header, row + [""] * len(header), strict=False)) for row in kept[1:]]


def column(name: str, key: str) -> tuple[str, ...]:
    """One column of a pack file, without what is empty."""
    return tuple(row[key] for row in rows(name) if row[key])


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a plain list: parted by blanks, on any number of lines."""
    lines = (FOLDER / name).read_text("utf-8").split("\n")
    return frozenset(word for line in lines if not line.startswith("# ") for word in line.split())


@cache
def signs(name: str) -> frozenset[str]:
    """The signs of a plain list."""
    return frozenset("".join(listed(name)))


@cache
def variants() -> MappingProxyType[str, str]:
    """The standard sign for a traditional, Japanese or look-alike one."""
    return MappingProxyType({row["sign"]: row["right"] for row in rows("variants.tsv")})


@cache
def rules() -> MappingProxyType[str, Rule]:
    """Every rule by its id; `T` is the word table's."""
    found = {
        row["id"]: Rule(
            row["id"], row["severity"], row["risk"], row["mark"], row["source"], row["quoted"],
            frozenset(row["skip"].split(",")) - {""}, row["proposal"], row["message"], row["right"],
            row["off"] == "off",
        )
        for row in rows("rules.tsv")
    }  # fmt: skip
    return MappingProxyType(found)


@cache
def patterns() -> tuple[Pattern, ...]:
    """Every pattern: those of the rules, then the word table."""
    known = rules()
    found = [
        Pattern(known[row["rule"]], _ranged(row["pattern"]), re.MULTILINE * ("m" in row["flags"]))
        for row in rows("patterns.tsv")
    ]
    table = known["T"]
    for row in rows("words.tsv"):
        rule = Rule(
            "T", row["severity"], row["risk"], row["mark"], table.source, table.quoted, table.skip,
            table.proposal, table.message, table.right,
        )  # fmt: skip
        found.append(Pattern(rule, _ranged(row["pattern"]), 0, row["right"]))
    return tuple(found)


def _ranged(pattern: str) -> str:
    return pattern.replace(_HAN, _HAN_RANGE)
