"""The three outputs of a gate's findings: text for a terminal, GitHub annotations, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from generator.diagnostics.render import escaped
from generator.diagnostics.visible import visible
from generator.gates.finding import Finding

__all__ = ["as_github", "as_json", "as_text"]

SourceLine = Callable[[str, int], str | None]

_WORDS = {"error": "错误", "warning": "警告", "hint": "提示"}
_LEVELS = {"error": "error", "warning": "warning", "hint": "notice"}
_GATES = {"wording": "文字关", "secrecy": "保密审查"}
_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m", "hint": "\x1b[36m"}
_BOLD, _DIM, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_SHOWN = 100


def _said(finding: Finding) -> str:
    where = f"（{finding.place}）" if finding.place else ""
    return visible(f"{finding.message}{where}")


def _next(finding: Finding) -> str:
    """What to do: of wording, what to write instead; of secrecy, a sentence that says it."""
    if not finding.proposal:
        return "请对照依据核实后改正"
    said = finding.proposal
    return visible(said if finding.gate == "secrecy" else f"建议改为：{said}")


def as_text(
    findings: Iterable[Finding], source_line: SourceLine | None = None, colour: bool = False
) -> str:
    """A block of lines a finding: place, severity, rule, sentence; the source line; what to do."""

    def paint(style: str, text: str) -> str:
        return f"{style}{text}{_OFF}" if colour else text

    lines: list[str] = []
    for finding in findings:
        line = "" if finding.place else f":{finding.line}:{finding.column}"
        where = paint(_BOLD, f"{visible(finding.path)}{line}:")
        weight = paint(_COLOURS[finding.severity], _WORDS[finding.severity])
        lines.append(f"{where} {weight} {_GATES[finding.gate]} {finding.rule}: {_said(finding)}")
        source = None
        if source_line and not finding.place and finding.gate != "secrecy":  # it may be private
            source = source_line(finding.path, finding.line)
        if source and source.strip():
            shown = _around(source, finding.column)
            lines.append(paint(_DIM, f"    {finding.line:>4} | {visible(shown)}"))
        lines.append(f"    怎么办: {_next(finding)}")
        if finding.source:
            lines.append(f"    依据: {finding.source}（{finding.mark or 'R'}）")
    return "".join(line + "\n" for line in lines)


def _around(line: str, column: int) -> str:
    """The part of a long line that holds the column."""
    line = line.rstrip("\n").replace("\t", " ")
    start = max(0, min(column - 1 - _SHOWN // 3, len(line) - _SHOWN))
    part = line[start : start + _SHOWN]
    return ("…" if start else "") + part + ("…" if start + _SHOWN < len(line) else "")


def as_github(findings: Iterable[Finding]) -> str:
    """A workflow command a finding, which GitHub shows as an annotation at the line."""
    lines = []
    for finding in findings:
        properties = {
            "file": finding.path,
            "line": str(finding.line),
            "col": str(finding.column),
            "title": f"{_GATES[finding.gate]} {finding.rule}",
        }
        head = ",".join(f"{key}={escaped(value, True)}" for key, value in properties.items())
        body = f"{_said(finding)}\n{_next(finding)}"
        if finding.source:
            body += f"\n依据：{finding.source}"
        lines.append(f"::{_LEVELS[finding.severity]} {head}::{escaped(body)}\n")
    return "".join(lines)


def as_json(findings: Iterable[Finding], **about: object) -> str:
    """One JSON object `{"version", …, "findings": […]}`, findings in the order given."""
    rows = [
        {
            "gate": finding.gate,
            "rule": finding.rule,
            "severity": finding.severity,
            "path": finding.path,
            "line": finding.line,
            "column": finding.column,
            "place": finding.place,
            "text": finding.text,
            "proposal": finding.proposal,
            "message": finding.message,
            "source": finding.source,
            "mark": finding.mark,
        }
        for finding in findings
    ]
    return (
        json.dumps({"version": 1, **about, "findings": rows}, ensure_ascii=False, indent=2) + "\n"
    )
