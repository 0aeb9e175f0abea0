"""The one comment under a change, in GitHub's Markdown: where it stands, who is asked, and how.

Everything that an author wrote is escaped: a path or a name must not be able to say anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.review.comment_tables import Tables
from generator.review.comment_text import code, escaped, folded
from generator.review.openings import Opening
from generator.review.policy import Policy
from generator.review.reasons import SEVERITIES, words_of
from generator.review.roles import Roles

__all__ = ["Extras", "Finding", "comment"]

_WORDS = Path(__file__).with_name("comment.yml")
_MOST_FINDINGS = 20
_MOST_BYTES = 60_000  # GitHub takes 65,536 signs
_MARKS = {"error": "⛔", "warning": "⚠️", "hint": "💡"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding of a machine gate, as the comment lists it."""

    severity: str
    path: str
    line: int
    rule: str
    message: str
    proposal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What stands beside the verdict: the token, findings, differences (Markdown), a link."""

    token: str | None = None
    findings: Sequence[Finding] = ()
    differences: str = ""
    preview: str = ""
    faults: Sequence[str] = ()
    message: str = ""


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return words


def comment(
    verdict: Mapping[str, Any],
    open_levels: Sequence[Opening],
    roles: Roles,
    policy: Policy,
    extras: Extras,
) -> str:
    """The comment's text, without the mark by which it is found again."""
    writer = _Writer(verdict, open_levels, roles, policy, extras)
    text = "\n".join(writer.lines()).strip() + "\n"
    return text if len(text) <= _MOST_BYTES else f"{text[:_MOST_BYTES]}\n\n……\n"


class _Writer:
    def __init__(
        self,
        verdict: Mapping[str, Any],
        open_levels: Sequence[Opening],
        roles: Roles,
        policy: Policy,
        extras: Extras,
    ) -> None:
        self._verdict, self._open, self._roles = verdict, open_levels, roles
        self._extras = extras
        self._tables = Tables(verdict, open_levels, roles, policy, _words())

    def lines(self) -> Iterator[str]:
        verdict, words = self._verdict, _words()
        decision = verdict["decision"]
        icon = words["icons"][decision]
        said = words_of("decisions")[decision]
        yield f"### {words['heading'].format(icon=icon, decision=said)}\n"
        yield from self._now()
        barred = decision in ("refuse", "error")
        first = [severity for severity in SEVERITIES if severity in ("refuse", "error") and barred]
        yield from self._reasons(first)
        yield from self._tables.levels()
        yield from self._tables.gates()
        yield from self._how()
        yield from self._reasons([one for one in SEVERITIES if one not in first])
        yield from self._findings()
        yield from self._beside()
        yield self._foot()

    def _now(self) -> Iterator[str]:
        decision, words = self._verdict["decision"], _words()
        if self._extras.message:
            yield f"合并没有成功：{escaped(self._extras.message)}\n"
        if decision in words["decided"]:
            yield f"{words['decided'][decision]}\n"
        if decision == "wait":
            for one in self._open:
                if one.is_next:
                    who = "、".join(self._tables.mention(person) for person in one.persons)
                    key = "asks" if who else "asks_nobody"
                    yield words[key].format(level=self._tables.level(one.level), who=who) + "\n"

    def _how(self) -> Iterator[str]:
        if not self._open or self._verdict["decision"] == "error":
            return
        if self._extras.token is None:
            yield f"{_words()['no_token']}\n"
            return
        for one in self._open:
            shown = " open" if one.is_next and self._verdict["decision"] == "wait" else ""
            title = _words()["how_title"].format(level=self._tables.level(one.level))
            yield f"<details{shown}><summary><b>{title}</b></summary>\n"
            yield _words()["how"].format(ticks=_words()["how_ticks"] if one.ticks else "")
            yield "```text"
            yield f"{one.word} {self._extras.token}"
            yield from (f"- [ ] {key} {text}" for _, key, text in one.ticks)
            yield "```\n"
            yield f"{_words()['how_last']}\n"
            yield "</details>\n"

    def _reasons(self, severities: Iterable[str]) -> Iterator[str]:
        for severity in severities:
            rows = [row for row in self._verdict["reasons"] if row["severity"] == severity]
            if not rows:
                continue
            folded = severity in ("void", "note")
            shown = " open" if severity == "void" else ""  # whom it concerns must see it
            title = words_of("severities")[severity]
            yield (
                f"<details{shown}><summary>{title}（{len(rows)}）</summary>\n"
                if folded
                else (f"**{title}**\n")
            )
            for row in rows:
                yield f"- {self._named(row['text_zh'])}"
                yield f"  下一步：{self._named(row['next_zh'])}"
            yield "\n</details>\n" if folded else ""

    def _named(self, text: str) -> str:
        """A sentence, escaped, with persons by name."""
        for person in sorted(self._roles.people.values(), key=lambda one: -len(one.id)):
            if person.id in text:
                pattern = rf"(?<![\w-]){re.escape(person.id)}(?![\w-])"
                text = re.sub(pattern, f"{person.name}（{person.id}）", text)
        return escaped(text)

    def _findings(self) -> Iterator[str]:
        found = self._extras.findings
        if not found:
            return
        yield f"**{_words()['findings_title'].format(count=len(found))}**\n"
        yield "| | 位置 | 问题 | 建议 |"
        yield "|---|---|---|---|"
        for one in found[:_MOST_FINDINGS]:
            at = f"{code(one.path)} 第 {one.line} 行"
            said = f"{escaped(one.message)}（{escaped(one.rule)}）"
            yield f"| {_MARKS[one.severity]} | {at} | {said} | {escaped(one.proposal) or '—'} |"
        yield ""
        if len(found) > _MOST_FINDINGS:
            yield f"{_words()['findings_more'].format(count=len(found) - _MOST_FINDINGS)}\n"

    def _beside(self) -> Iterator[str]:
        if self._extras.differences:
            yield f"<details><summary>{_words()['differences_title']}</summary>\n"
            yield self._extras.differences
            yield "\n</details>\n"
        if self._extras.preview:
            yield f"{_words()['preview'].format(link=self._extras.preview)}\n"
        yield from folded(_words()["faults_title"], self._extras.faults)

    def _foot(self) -> str:
        verdict = self._verdict
        subject = verdict["subject"]
        said = _words()["foot"].format(
            subject=f"{subject[:16]}…" if subject else "—",
            roles=verdict["roles_version"] if verdict["roles_version"] is not None else "—",
            policy=verdict["policy_version"] if verdict["policy_version"] is not None else "—",
            **{"class": verdict["class"] or "—"},
        )
        return f"<sub>{said}</sub>"
