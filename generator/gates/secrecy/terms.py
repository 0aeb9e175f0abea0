"""Whether a list of persons who get help has a term that runs; and what is not to be published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.gates.secrecy.about import TITLE_KEYS, About
from generator.gates.secrecy.hits import Hit
from generator.gates.secrecy.packs import list_rule

__all__ = ["closed_hits", "term_hits"]

_KINDS = frozenset({"article", "disclosure"})  # that may carry `benefitList`
_OPEN = "proactive"


def term_hits(about: About, today: date) -> Iterator[Hit]:
    """A special list without a term, or past it (5.3)."""
    if about.file.kind not in _KINDS or not about.special:
        return
    said = (about.declared or {}).get("expires")
    try:
        until = date.fromisoformat(str(said)[:10])
    except ValueError:
        until = None
    if until is None or until < today:
        rule = list_rule("5.3")
        yield Hit(
            rule, _first(about, ("benefitList", "expires")), 0, str(said or ""), rule.severity
        )


def closed_hits(about: About) -> Iterator[Hit]:
    """A record that is not to be published, with its text (K5)."""
    way = about.file.data.get("way")
    if not isinstance(way, str) or way == _OPEN:
        return
    written = about.file.text[about.file.body :].strip() if about.file.body else ""
    if written or about.file.data.get("attachments"):
        rule = list_rule("K5")
        yield Hit(rule, _first(about, ("way",)), 0, way, rule.severity)


def _first(about: About, pointer: tuple[str, ...]) -> int:
    """The passage of a field; else the title's; else the first."""
    numbers = {passage.pointer: number for number, passage in enumerate(about.whole.passages)}
    if pointer in numbers:
        return numbers[pointer]
    return next((numbers[key] for key in TITLE_KEYS if key in numbers and key[0] != "文件名"), 0)
