"""Changes of records as text for a terminal and as Markdown for a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from generator.differences.records import Change, Field
from generator.differences.words import Piece, pieces

__all__ = ["as_markdown", "as_text"]

_OPS = {"new": "新增", "edited": "修改", "gone": "删除"}
_AROUND = 16  # signs of unchanged text that are shown beside a change
_MOST_FIELDS, _MOST_PARAGRAPHS, _MOST_FILES = 30, 12, 20
_LONG = 40  # a value longer than this is told word by word
_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~-])")
_YEAR = re.compile(r"(\d{4}年)(\d{1,2}月\d{1,2}日.*)")


def as_text(changes: Iterable[Change]) -> str:
    """The changes as lines: `发布日期：3月1日→3月4日`; empty for none."""
    lines: list[str] = []
    for change in changes:
        lines.append(_heading(change))
        lines += [f"  {_line(field)}" for field in change.fields]
        lines += [f"  正文：{_text(pieces(*pair))}" for pair in change.body]
        if change.note:
            lines.append(f"  {change.note}")
    return "\n".join(lines)


def as_markdown(changes: Iterable[Change]) -> str:
    """The changes for a comment at GitHub: a list a file, cut where it would be endless."""
    listed = list(changes)
    lines: list[str] = []
    for change in listed[:_MOST_FILES]:
        lines.append(f"**{_plain(_heading(change))}** <sub>{_plain(change.path)}</sub>\n")
        fields = change.fields if change.op == "edited" else ()
        lines += [f"- {_marked(field)}" for field in fields[:_MOST_FIELDS]]
        pairs = change.body if change.op == "edited" else ()
        lines += [f"- 正文：{_markdown(pieces(*pair))}" for pair in pairs[:_MOST_PARAGRAPHS]]
        left = max(len(fields) - _MOST_FIELDS, 0) + max(len(pairs) - _MOST_PARAGRAPHS, 0)
        if left:
            lines.append(f"- 还有 {left} 处，请在 Files changed 里看")
        if change.op == "new":
            lines += [f"- {_marked(field)}" for field in change.fields[:_MOST_FIELDS]]
            signs = sum(len(new) for _, new in change.body)
            lines += [f"- 正文：{signs} 字"] if signs else []
        if change.note:
            lines.append(f"- {_plain(change.note)}")
        lines.append("")
    if len(listed) > _MOST_FILES:
        lines.append(f"还有 {len(listed) - _MOST_FILES} 个文件，请在 Files changed 里看。")
    return "\n".join(lines).strip()


def _heading(change: Change) -> str:
    return f"{_OPS[change.op]}{change.kind}《{change.title}》"


def _line(field: Field) -> str:
    before, after = _shortened(field.before, field.after)
    if not before:
        return f"{field.label}：新填 {after}"
    if not after:
        return f"{field.label}：去掉 {before}"
    if max(len(before), len(after)) > _LONG:
        return f"{field.label}：{_text(pieces(before, after))}"
    return f"{field.label}：{before}→{after}"


def _marked(field: Field) -> str:
    before, after = _shortened(field.before, field.after)
    label = _plain(field.label)
    if not before:
        return f"{label}：<ins>{_plain(_cut(after))}</ins>"
    if not after:
        return f"{label}：<del>{_plain(_cut(before))}</del>"
    if max(len(before), len(after)) > _LONG:
        return f"{label}：{_markdown(pieces(before, after))}"
    return f"{label}：<del>{_plain(before)}</del>→<ins>{_plain(after)}</ins>"


def _shortened(before: str, after: str) -> tuple[str, str]:
    """Two days of one year without it."""
    old, new = _YEAR.fullmatch(before), _YEAR.fullmatch(after)
    if old and new and old[1] == new[1]:
        return old[2], new[2]
    return before, after


def _cut(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]}……"


def _around(runs: list[Piece]) -> Iterator[Piece]:
    """The runs, with long unchanged ones cut to what stands beside a change."""
    for at, run in enumerate(runs):
        if run.kind != "same" or len(run.text) <= 2 * _AROUND + 2:
            yield run
            continue
        start = run.text[:_AROUND] if at > 0 else ""
        end = run.text[-_AROUND:] if at < len(runs) - 1 else ""
        yield Piece("same", f"{start}……{end}")


def _text(runs: list[Piece]) -> str:
    signs = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(signs[run.kind].format(" ".join(run.text.split())) for run in _around(runs))


def _markdown(runs: list[Piece]) -> str:
    tags = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    return "".join(tags[run.kind].format(_plain(_cut(run.text))) for run in _around(runs))


def _plain(text: str) -> str:
    """Text that neither Markdown nor HTML takes for more; a blank stays one."""
    safe = _MARKS.sub(r"\\\1", escape(re.sub(r"\s+", " ", text), quote=False))
    return safe.replace("@", "&#64;")
