"""A verdict in Chinese, as a clerk would want to read it: what now, who is next, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from generator.review.reasons import SEVERITIES, words_of
from generator.review.roles import Roles

__all__ = ["Telling"]

_ID = re.compile(r"(?<![\w.-])[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)+(?![\w.-])")


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How to tell a verdict: by whose names, in which zone, and whom to ask next.

    `asked` is what `asked_of` says; without it, and without `roles` or `zone`, less is told.
    """

    roles: Roles | None = None
    zone: str | None = None
    asked: Mapping[str, list[str]] = field(default_factory=dict)

    def text(self, verdict: Mapping[str, Any]) -> str:
        """The verdict as text, to its last line end."""
        return "\n".join(self._named(line) for line in self._lines(verdict)) + "\n"

    def _named(self, line: str) -> str:
        """A line with the names of persons beside their ids."""
        people = self.roles.people if self.roles else {}

        def name(found: re.Match[str]) -> str:
            person = people.get(found[0])
            return f"{person.name}（{person.id}）" if person else found[0]

        return _ID.sub(name, line).replace("） ", "）")

    def _time(self, text: str) -> str:
        """A time as the clock on the wall showed it."""
        if self.zone is None:
            return text
        try:
            at = datetime.fromisoformat(text.upper()).astimezone(ZoneInfo(self.zone))
        except OverflowError:  # at the edge of the calendar
            return text
        return f"{at:%Y-%m-%d %H:%M}"

    def _lines(self, verdict: Mapping[str, Any]) -> Iterator[str]:
        yield f"结论：{words_of('decisions')[verdict['decision']]}"
        yield from self._what(verdict)
        if verdict["levels"]:
            yield "\n各级审核"
            yield from (self._level(name, row) for name, row in sorted(verdict["levels"].items()))
            yield from self._next()
        if verdict["gates"]:
            yield "\n各道关口"
            yield from (self._gate(name, verdict["gates"][name]) for name in words_of("gates"))
        if verdict["objections"]:
            yield "\n异议"
            yield from map(self._objection, verdict["objections"])
        for severity in SEVERITIES:
            yield from self._reasons(severity, verdict)

    def _what(self, verdict: Mapping[str, Any]) -> Iterator[str]:
        if verdict["change"] is not None:
            yield f"修改：{verdict['change']}"
        if verdict["kind"] is not None:
            yield f"类别：{words_of('kinds')[verdict['kind']]}"
        if verdict["unit"] is not None:
            unit = self.roles.units[verdict["unit"]].name if self.roles else ""
            yield f"单位：{unit}（{verdict['unit']}）" if unit else f"单位：{verdict['unit']}"
        if verdict["class"] is not None:
            yield f"等级：{verdict['class']}"
        if verdict["subject"] is not None:
            yield f"内容摘要：{verdict['subject']}"

    def _level(self, name: str, row: Mapping[str, Any]) -> str:
        title = words_of("levels")[name]
        if row["state"] != "filled":
            return f"  {title}：{words_of('states')[row['state']]}"
        if row["by"] == "authorship":
            return f"  {title}：{row['person']} 本人撰稿，算作审核"
        evidence = words_of("evidence")[row["evidence"]]
        by = f"，受托（{row['delegation']}）" if row["delegation"] else ""
        return f"  {title}：{row['person']} 已审，{self._time(row['at'])}，{evidence}{by}"

    def _next(self) -> Iterator[str]:
        """Whom to ask: by name for the first open level, by level for those after it."""
        levels = words_of("levels")
        for first, people in list(self.asked.items())[:1]:
            who = "、".join(people) if people else "现在没有人能审，请制度管理员核对任职"
            yield f"  下一个：{levels[first]}——{who}"
        rest = [levels[name] for name in list(self.asked)[1:]]
        if rest:
            yield f"  然后：{'、'.join(rest)}"

    def _gate(self, name: str, row: Mapping[str, Any]) -> str:
        machine = words_of("machines")[row["machine"]]
        said = row["attestation"]
        person = f"{said['person']} 于 {self._time(said['at'])} 确认" if said else "没有人确认"
        state = words_of("states")[row["state"] if row["state"] != "missing" else "open_gate"]
        return f"  {words_of('gates')[name]}：{state}（{machine}，{person}）"

    def _objection(self, row: Mapping[str, Any]) -> str:
        return f"  {row['person']}（{row['act']}）：{words_of('states')[row['state']]}"

    def _reasons(self, severity: str, verdict: Mapping[str, Any]) -> Iterator[str]:
        rows = [row for row in verdict["reasons"] if row["severity"] == severity]
        if rows:
            yield f"\n{words_of('severities')[severity]}"
        for row in rows:
            yield f"  · {row['text_zh']}〔{row['code']}〕"
            yield f"    下一步：{row['next_zh']}"
