"""The one comment under a change, in GitHub's Markdown: where it stands, who is asked, and how.

Everything that an author wrote is escaped: a path or a name must not be able to say anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from generator.review.openings import Opening
from generator.review.policy import Policy
from generator.review.reasons import SEVERITIES, words_of
from generator.review.roles import Roles

__all__ = ["Extras", "Finding", "comment", "escaped", "short_time"]

_WORDS = Path(__file__).with_name("comment.yml")
_MOST_FINDINGS = 20
_MOST_BYTES = 60_000  # GitHub takes 65,536 signs
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+!|~<>&-])")
_STATES = {"filled": "✅", "missing": "⏳", "out_of_order": "🔁", "passed": "✅"}
_HOLDS = {"failed": "⛔", "stale": "🔁", "late": "🔁"}
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


def escaped(text: str) -> str:
    """Text that Markdown takes for nothing but text, on one line; `@` names nobody.

    >>> escaped("a|b <c> @d")
    'a\\\\|b \\\\<c\\\\> &#64;d'
    """
    return _SIGNS.sub(r"\\\1", " ".join(text.split())).replace("@", "&#64;")


def _code(text: str) -> str:
    """A name as code, whatever signs it holds."""
    plain = " ".join(text.split()).replace("|", "¦")
    fence = "`" * (max((len(run) for run in re.findall("`+", plain)), default=0) + 1)
    blank = " " if "`" in plain else ""
    return f"{fence}{blank}{plain}{blank}{fence}"


def short_time(text: str, zone: str) -> str:
    """A time as a clerk reads it, in the policy's time zone.

    >>> short_time("2026-11-20T01:05:00Z", "Asia/Shanghai")
    '11月20日 09:05'
    """
    at = datetime.fromisoformat(text).astimezone(ZoneInfo(zone))
    return f"{at.month}月{at.day}日 {at:%H:%M}"


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
        self._policy, self._extras = policy, extras

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
        yield from self._levels()
        yield from self._gates()
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
                    who = "、".join(self._mention(person) for person in one.persons)
                    key = "asks" if who else "asks_nobody"
                    yield words[key].format(level=self._level(one.level), who=who) + "\n"

    def _level(self, name: str) -> str:
        return words_of("levels")[name]

    def _person(self, person: str | None) -> str:
        known = self._roles.people.get(person or "")
        return f"{escaped(known.name)}（{escaped(known.id)}）" if known else escaped(person or "—")

    def _mention(self, person: str) -> str:
        """A person with the account, so that the forge tells him."""
        known = self._roles.people[person]
        logins = sorted(login for (forge, _), login in known.logins.items() if forge == "github")
        safe = [login for login in logins if re.fullmatch(r"[A-Za-z0-9-]{1,39}", login)]
        return f"{escaped(known.name)} {' '.join(f'@{login}' for login in safe)}".strip()

    def _levels(self) -> Iterator[str]:
        rows = self._verdict["levels"]
        if not rows:
            return
        order = sorted(rows, key=lambda name: (name == "L3", name[0].islower(), name))
        yield _words()["levels_head"]
        yield "|---|---|---|---|---|"
        for name in order:
            yield self._level_row(name, rows[name])
        yield ""

    def _level_row(self, name: str, row: Mapping[str, Any]) -> str:
        said = {**words_of("states"), **_words()["states"]}[row["state"]]
        state = f"{_STATES[row['state']]} {said}"
        if row["state"] != "filled":
            waiting = next((one for one in self._open if one.level == name), None)
            names = [self._person(person) for person in waiting.persons] if waiting else []
            who = f"待审：{'、'.join(names)}" if names else "待审"
            return f"| {self._level(name)} | {state} | {who} | — | — |"
        evidence = words_of("evidence").get(row["evidence"] or "", "—")
        by = f"，受托 {escaped(row['delegation'])}" if row["delegation"] else ""
        if row["by"] == "authorship":
            by = "，本人撰稿"
        at = short_time(row["at"], self._policy.zone) if row["at"] else "—"
        who = f"{self._person(row['person'])}{by}"
        return f"| {self._level(name)} | {state} | {who} | {at} | {evidence} |"

    def _gates(self) -> Iterator[str]:
        rows = self._verdict["gates"]
        if not rows:
            return
        yield _words()["gates_head"]
        yield "|---|---|---|---|"
        for gate, title in words_of("gates").items():
            row = rows.get(gate)
            if row is None:
                continue
            mark = {**_STATES, **_HOLDS}[row["state"]]
            said = row["attestation"]
            by = (
                f"{self._person(said['person'])}，{short_time(said['at'], self._policy.zone)}"
                if said
                else "待确认：" + "、".join(self._policy.gates[gate].checklist.values())
            )
            machine = words_of("machines")[row["machine"]]
            state = {**words_of("states"), **_words()["gate_states"]}[row["state"]]
            yield f"| {title} | {mark} {state} | {machine} | {by} |"
        yield ""

    def _how(self) -> Iterator[str]:
        if not self._open or self._verdict["decision"] == "error":
            return
        if self._extras.token is None:
            yield f"{_words()['no_token']}\n"
            return
        for one in self._open:
            shown = " open" if one.is_next and self._verdict["decision"] == "wait" else ""
            title = _words()["how_title"].format(level=self._level(one.level))
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
            at = f"{_code(one.path)} 第 {one.line} 行"
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
        yield from _folded(_words()["faults_title"], self._extras.faults)

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


def _folded(title: str, rows: Iterable[str]) -> Iterator[str]:
    listed = [f"- {escaped(row)}" for row in rows]
    if listed:
        yield f"<details><summary>{title}</summary>\n"
        yield from listed
        yield "\n</details>\n"
