"""The generated pages of the handbook: every kind, every code, and the tables that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.load import KINDS_BY_NAME, Form, Kind
from generator.reference.annotated import annotated
from generator.reference.codes import page
from generator.reference.fields import Field, conditions, fields
from generator.reference.groups import KIND_GROUPS, by_family, family_title
from generator.schema import Schemas

__all__ = ["handbook", "navigation"]

_FORMS = {
    Form.MARKDOWN: "Markdown 文件，开头是字段，后面是正文",
    Form.YAML: "YAML 文件，只有字段",
    Form.TABLE: "YAML 文件；表格的各行可以写在同名的 CSV 文件里",
}
_ESCAPES = str.maketrans({"|": "\\|", "<": "&lt;", ">": "&gt;", "*": "\\*", "_": "\\_", "[": "\\["})


def handbook(schemas: Schemas, difference: Callable[[str], str]) -> dict[str, str]:
    """The generated pages by path; `difference` gives the right and wrong case of a code."""
    pages = {"kinds/index.md": _kinds(schemas), "codes/index.md": _codes()}
    for _, names in KIND_GROUPS:
        pages |= {f"kinds/{name}.md": _kind(schemas, KINDS_BY_NAME[name]) for name in names}
    for _, members in by_family():
        pages |= {f"codes/{code}.md": _code(code, difference(code)) for code in members}
    return pages


def navigation() -> list[dict[str, Any]]:
    """Where the generated pages stand in the handbook's navigation."""
    kinds: list[Any] = ["kinds/index.md"]
    for title, names in KIND_GROUPS:
        kinds.append({title: [{KINDS_BY_NAME[name].title: f"kinds/{name}.md"} for name in names]})
    codes: list[Any] = ["codes/index.md"]
    for family, members in by_family():
        rows = [{f"{code} {page(code, 'zh').title}": f"codes/{code}.md"} for code in members]
        codes.append({f"{family_title(family)}（{family}）": rows})
    return [{"字段手册": kinds}, {"提示代码": codes}]


def _kinds(schemas: Schemas) -> str:
    lines = [
        "# 内容的种类",
        "",
        "每一类内容有固定的文件夹和字段。点开名称看字段和可以照抄的示例。",
    ]
    for title, names in KIND_GROUPS:
        lines += [
            "",
            f"## {title}",
            "",
            "| 名称 | 种类 | 文件 | 说明 |",
            "| --- | --- | --- | --- |",
        ]
        for name in names:
            kind = KINDS_BY_NAME[name]
            said = _cell(schemas.of(name).get("description", ""))
            lines.append(f"| [{kind.title}]({name}.md) | `{name}` | `{kind.pattern}` | {said} |")
    return _joined(lines)


def _kind(schemas: Schemas, kind: Kind) -> str:
    lines = [
        f"# {kind.title}",
        "",
        schemas.of(kind.name).get("description", ""),
        "",
        f"- 种类：`{kind.name}`",
        f"- 文件：`{kind.pattern}`",
        f"- 形式：{_FORMS[kind.form]}",
        f"- 新建：`gongkai new {kind.name}`",
        "",
        "## 字段",
        "",
        "点号表示里面一层的字段，`[]` 表示列表的每一项；里面一层的“必填”，在填了外面一层时才适用。",
        "",
        "| 字段 | 名称 | 必填 | 写法 | 说明 |",
        "| --- | --- | --- | --- | --- |",
        *(_row(field) for field in fields(schemas, kind.name)),
    ]
    if sentences := conditions(schemas, kind.name):
        lines += ["", "## 有条件的要求", "", *(f"- {_cell(said)}" for said in sentences)]
    language = "yaml" if kind.form is not Form.MARKDOWN else "markdown"
    lines += [
        "",
        "## 示例",
        "",
        "可以照抄，`#` 后面是说明，保留或删去都行。",
        "",
        f"````{language}",
        annotated(schemas, kind.name).rstrip("\n"),
        "````",
    ]
    return _joined(lines)


def _row(field: Field) -> str:
    said = [_cell(field.description)]
    if field.options:
        said.append("可填：" + "、".join(_option(*option) for option in field.options))
    elif isinstance(field.example, (str, int, float)) and field.form != "选项":
        said.append(f"例：{_cell(_plain(field.example))}")
    if not field.public:
        said.append("（不对外显示）")
    form = "；".join(filter(None, (field.form, field.limits)))
    cells = (f"`{field.path}`", field.title, field.need, form, "<br>".join(filter(None, said)))
    return "| " + " | ".join(cells) + " |"


def _option(value: object, label: str) -> str:
    return f"`{value}`" if str(value) == label else f"`{value}` {_cell(label)}"


def _plain(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _codes() -> str:
    lines = [
        "# 提示代码",
        "",
        "`gongkai check` 报告的每一条都有一个代码。",
        "点开代码，看它说的是什么、怎么办、对错各是什么样。",
        "也可以在终端里查，例如 `gongkai explain SCH-001`。",
        "",
        "错误和警告都要改；提示只是告知，不影响发布。",
    ]
    for family, members in by_family():
        lines += ["", f"## {family_title(family)}（{family}）", "", "| 代码 | 程度 | 说的是 |"]
        lines.append("| --- | --- | --- |")
        for code in members:
            said = page(code, "zh")
            lines.append(f"| [{code}]({code}.md) | {said.weight} | {_cell(said.title)} |")
    return _joined(lines)


def _code(code: str, difference: str) -> str:
    said = page(code, "zh")
    lines = [f"# {code} {said.title}", "", f"程度：{said.weight}"]
    for title, text in _sections(said.message, said.hint, said.explain, said.article):
        lines += ["", f"## {title}", "", _cell(text)]
    if difference:
        lines += ["", "## 对照", "", "减号开头的是写错的样子，加号开头的是改对以后。", ""]
        lines += ["````diff", difference, "````"]
    return _joined(lines)


def _sections(message: str, hint: str, explain: str, article: str) -> Iterator[tuple[str, str]]:
    yield "提示原文", message
    yield "为什么", explain
    yield "怎么办", hint
    if article:
        yield "依据", article


def _cell(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return " ".join(text.translate(_ESCAPES).split())


def _joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
