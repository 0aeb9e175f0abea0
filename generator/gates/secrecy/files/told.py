"""An attachment → findings: faults of the file, and the hits in its text weighed by their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from generator.gates.finding import ERROR, Finding
from generator.gates.secrecy.files.found import Fault
from generator.gates.secrecy.files.kinds import expected
from generator.gates.secrecy.files.pack import limit, row, words
from generator.gates.secrecy.files.reader import Opened, read_file
from generator.gates.secrecy.numbers import masked
from generator.gates.text import TextFile
from generator.load import CONTENT

__all__ = ["in_attachment"]

_SHOWN = 40
_STATE = re.compile(r"(?:（[^（）]*）)+$")  # what a place says of how its text is hidden
_UNREAD = frozenset({"A0", "A1"})  # not read: that says nothing of what stands there
_PROGRAMS = frozenset({"", "svg", "html", "table", "text", "xml", "mail"})


def in_attachment(
    path: str, data: bytes, judge: Callable[[TextFile], Iterable[Finding]]
) -> Iterator[Finding]:
    """Every finding in an attachment; `judge` applies the rules for text to its passages.

    Outside the content only attachments are looked at, since programs are no attachments.
    """
    if not path.startswith(f"{CONTENT}/") and expected(path) in _PROGRAMS:
        yield from judge(TextFile(path, "", ()))
        return
    opened = read_file(path, data)
    hits = list(_once(_weighed(judge(opened.text), opened)))
    yield from hits
    yield from _of_file(path, opened, hits)


def _weighed(hits: Iterable[Finding], opened: Opened) -> Iterator[Finding]:
    """Hits by their place: a number of a person is graver where it is hidden."""
    for hit in hits:
        if hit.place in opened.hidden and hit.rule in words().raised:
            yield replace(hit, severity=ERROR)
        else:
            yield hit


def _once(hits: Iterable[Finding]) -> Iterator[Finding]:
    """Hits without those that tell the same of another state of the same place."""
    told: dict[tuple[str, str, str], Finding] = {}
    for hit in hits:
        key = (hit.rule, hit.text, _STATE.sub("", hit.place))
        before = told.get(key)
        if before is None or (before.severity != ERROR and hit.severity == ERROR):
            told[key] = hit
    yield from told.values()


def _of_file(path: str, opened: Opened, hits: list[Finding]) -> Iterator[Finding]:
    """Faults, those that depend on the text at their place last; each kind so often at most."""
    errors = [hit.place for hit in hits if hit.severity == ERROR]
    errors += [
        one.place
        for one in opened.faults
        if row(one.name).severity == ERROR and one.name not in _UNREAD
    ]
    told: dict[str, list[Finding]] = {}
    for fault in opened.faults:
        about = row(fault.name)
        severity = about.severity
        if about.matched and any(_is_in(place, fault.place) for place in errors):
            severity = about.matched
        if severity:
            told.setdefault(fault.name, []).append(_finding(path, fault, severity))
    for found in told.values():
        shown, more = found[: limit("told")], found[limit("told") :]
        yield from shown
        if more:
            last = f"{more[-1].message}（还有{len(more)}处同样的，没有一一列出）"
            yield replace(more[-1], message=last)


def _is_in(place: str, whole: str) -> bool:
    """Whether a place is a whole or a part of it: "…B1" is no part of "…B12"."""
    after = place[len(whole) : len(whole) + 1]
    return place.startswith(whole) and not (after.isascii() and after.isalnum())


def _finding(path: str, fault: Fault, severity: str) -> Finding:
    about = row(fault.name)
    text = " ".join(fault.text.split())
    shown = _veiled(text) if about.private else text[:_SHOWN]
    message = about.message + (f"“{shown}”" if shown else "")
    return Finding(
        gate="secrecy", rule=about.id or about.name, severity=severity, path=path,
        place=fault.place, text=shown, proposal=about.proposal,
        message=f"{message}：{fault.why}" if fault.why else message,
        source=about.source, mark=about.mark,
    )  # fmt: skip


def _veiled(text: str) -> str:
    """What may be shown of something private; of a name, its first sign."""
    return masked(text)[:_SHOWN] if len(text) > 5 else text[:1] + "*" * (len(text) - 1)
