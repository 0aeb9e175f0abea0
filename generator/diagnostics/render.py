"""The renderings of a list of findings: text, JSON, GitHub annotations, SARIF.

Each is a function from findings to one string, without its own idea of what a finding means.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import quote

from generator import __version__
from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import Severity, codes, hint, message, texts
from generator.diagnostics.visible import visible

__all__ = ["RENDERINGS", "as_github", "as_json", "as_sarif", "as_text", "escaped"]

SourceLine = Callable[[str, int], str | None]

_WORDS = {
    "zh": {"error": "错误", "warning": "警告", "note": "提示", "hint": "怎么办", "text": "依据"},
    "en": {"error": "error", "warning": "warning", "note": "note", "hint": "hint", "text": "text"},
}
_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m", "note": "\x1b[36m"}
_BOLD, _DIM, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def as_text(
    findings: Iterable[Diagnostic],
    language: str,
    source_line: SourceLine | None = None,
    colour: bool = False,
) -> str:
    """A block of lines a finding: place, severity, code, sentence; the source line; the hint."""
    words = _WORDS[language]

    def paint(style: str, text: str) -> str:
        return f"{style}{text}{_OFF}" if colour else text

    lines: list[str] = []
    for finding in findings:
        place, code = finding.place, codes()[finding.code]
        where = paint(_BOLD, f"{place.path}:{place.line}:{place.column}:")
        weight = paint(_COLOURS[code.severity], words[code.severity])
        lines.append(f"{where} {weight} {finding.code}: {message(finding, language)}")
        source = source_line(place.path, place.line) if source_line else None
        if source and source.strip():
            lines.append(paint(_DIM, f"    {place.line:>4} | {_shortened(source)}"))
        lines.append(f"    {words['hint']}: {hint(finding, language)}")
        if article := texts(language)[finding.code].article:
            lines.append(f"    {words['text']}: {article}")
    return "".join(line + "\n" for line in lines)


def _shortened(line: str, limit: int = 100) -> str:
    line = visible(line.rstrip("\n").replace("\t", "    "))
    return line if len(line) <= limit else line[:limit] + "…"


def _flat(finding: Diagnostic, language: str) -> dict[str, object]:
    code = codes()[finding.code]
    return {
        "code": finding.code,
        "severity": str(code.severity),
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": message(finding, language),
        "hint": hint(finding, language),
        "article": texts(language)[finding.code].article,
    }


def as_json(findings: Iterable[Diagnostic], language: str) -> str:
    """One JSON object `{"version", "findings": […]}`, findings in the order given."""
    document = {"version": 1, "findings": [_flat(finding, language) for finding in findings]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_github(findings: Iterable[Diagnostic], language: str) -> str:
    """A workflow command a finding, which GitHub shows as an annotation at the line."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    lines = []
    for finding in findings:
        place = finding.place
        properties = {
            "file": place.path,
            "line": str(place.line),
            "col": str(place.column),
            "title": f"{finding.code} {texts(language)[finding.code].title}",
        }
        head = ",".join(f"{key}={escaped(value, True)}" for key, value in properties.items())
        body = f"{message(finding, language)}\n{hint(finding, language)}"
        lines.append(f"::{levels[codes()[finding.code].severity]} {head}::{escaped(body)}\n")
    return "".join(lines)


def escaped(text: str, is_property: bool = False) -> str:
    """Text as a workflow command of GitHub may hold it, in its body or as one of its properties."""
    pairs = [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")]
    if is_property:
        pairs += [(":", "%3A"), (",", "%2C")]
    for plain, escape in pairs:
        text = text.replace(plain, escape)
    return text


def as_sarif(findings: Sequence[Diagnostic], language: str) -> str:
    """A SARIF 2.1.0 log with one run, its rules being the codes that occur."""
    used = sorted({finding.code for finding in findings})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": texts(language)[code].title},
            "fullDescription": {"text": texts(language)[code].explain},
            "defaultConfiguration": {"level": str(codes()[code].severity)},
        }
        for code in used
    ]
    results = [
        {
            "ruleId": finding.code,
            "ruleIndex": used.index(finding.code),
            "level": str(codes()[finding.code].severity),
            "message": {"text": f"{message(finding, language)} {hint(finding, language)}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(finding.place.path)},
                        "region": {
                            "startLine": finding.place.line,
                            "startColumn": finding.place.column,
                        },
                    }
                }
            ],
        }
        for finding in findings
    ]
    driver = {"name": "gongkai", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


RENDERINGS: Mapping[str, Callable[[Sequence[Diagnostic], str], str]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
