"""A verdict in Chinese, as a clerk would want to read it: what now, who is next, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.review.reasons import SEVERITIES, words_of
from generator.review.roles import Roles

__all__ = ["tell"]

_ID = re.compile(r"(?<![\w.-])[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)+(?![\w.-])")


def tell(verdict: Mapping[str, Any], roles: Roles | None) -> str:
    """The verdict as text; persons by name and id where the roles know them."""
    return "\n".join(_named(line, roles) for line in _lines(verdict)) + "\n"


def _named(line: str, roles: Roles | None) -> str:
    if roles is None:
        return line

    def name(found: re.Match[str]) -> str:
        person = roles.people.get(found[0])
        return f"{person.name}（{person.id}）" if person else found[0]

    return _ID.sub(name, line)


def _lines(verdict: Mapping[str, Any]) -> Iterator[str]:
    yield f"结论：{words_of('decisions')[verdict['decision']]}"
    yield from _what(verdict)
    if verdict["levels"]:
        yield "\n各级审核"
        yield from (_level(name, row) for name, row in sorted(verdict["levels"].items()))
        yield from _next(verdict)
    if verdict["gates"]:
        yield "\n各道关口"
        yield from (_gate(name, verdict["gates"][name]) for name in words_of("gates"))
    if verdict["objections"]:
        yield "\n异议"
        yield from map(_objection, verdict["objections"])
    for severity in SEVERITIES:
        rows = [row for row in verdict["reasons"] if row["severity"] == severity]
        if rows:
            yield f"\n{words_of('severities')[severity]}"
        for row in rows:
            yield f"  · {row['text_zh']}〔{row['code']}〕"
            yield f"    下一步：{row['next_zh']}"


def _what(verdict: Mapping[str, Any]) -> Iterator[str]:
    if verdict["change"] is not None:
        yield f"修改：{verdict['change']}"
    told = [
        f"{title} {words_of('kinds').get(verdict[key], verdict[key])}"
        for title, key in (("类别", "kind"), ("单位", "unit"), ("等级", "class"))
        if verdict[key] is not None
    ]
    if told:
        yield "　".join(told)
    if verdict["subject"] is not None:
        yield f"内容摘要：{verdict['subject']}"


def _level(name: str, row: Mapping[str, Any]) -> str:
    title = words_of("levels")[name]
    if row["state"] != "filled":
        return f"  {title}：{words_of('states')[row['state']]}"
    if row["by"] == "authorship":
        return f"  {title}：{row['person']} 本人撰稿，算作审核"
    by = f"，受托（{row['delegation']}）" if row["delegation"] else ""
    evidence = words_of("evidence")[row["evidence"]]
    return f"  {title}：{row['person']} 已审，{row['at']}，{evidence}{by}"


def _next(verdict: Mapping[str, Any]) -> Iterator[str]:
    open_levels = [
        words_of("levels")[name]
        for name, row in sorted(verdict["levels"].items())
        if row["state"] != "filled"
    ]
    if open_levels:
        yield f"  接下来：{'、'.join(open_levels)}"


def _gate(name: str, row: Mapping[str, Any]) -> str:
    machine = words_of("machines")[row["machine"]]
    said = row["attestation"]
    person = f"{said['person']} 于 {said['at']} 确认" if said else "没有人确认"
    return f"  {words_of('gates')[name]}：{words_of('states')[row['state']]}（{machine}，{person}）"


def _objection(row: Mapping[str, Any]) -> str:
    return f"  {row['person']}（{row['act']}）：{words_of('states')[row['state']]}"
