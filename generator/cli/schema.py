"""`gongkai schema`: which kinds there are, what each may hold, and an example to copy."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from generator.cli.common import ROOT_OPTION, read_schemas, root_of
from generator.load import KINDS, KINDS_BY_NAME, Form, Kind
from generator.reference import annotated, conditions, fields
from generator.schema import Schemas

__all__ = ["find_kind", "schema"]

_FORMS = {
    Form.MARKDOWN: "Markdown：字段加正文",
    Form.YAML: "YAML：只有字段",
    Form.TABLE: "YAML 加表格（CSV）",
}
_WIDE = 140  # where output is not a terminal


@click.command()
@click.argument("kind", required=False)
@click.option("--json", "as_json", is_flag=True, help="原样输出 JSON Schema。")
@click.option("--example", is_flag=True, help="只输出带注释的示例文件，可以直接保存使用。")
@ROOT_OPTION
def schema(kind: str | None, as_json: bool, example: bool, root: Path | None) -> None:
    """查看内容的种类和字段。

    不带参数列出全部种类；写上种类（英文名或中文名）则列出它的字段和一份带注释的示例。
    """
    schemas = read_schemas(root_of(root))
    if kind is None:
        if example:
            raise click.UsageError("请写明种类，例如：gongkai schema article --example")
        if as_json:
            click.echo(_dumped(dict(schemas.files)))
        else:
            _list_kinds()
        return
    found = find_kind(kind)
    if as_json:
        click.echo(_dumped(schemas.of(found.name)))
    elif example:
        click.echo(annotated(schemas, found.name), nl=False)
    else:
        _describe(schemas, found)


def find_kind(name: str) -> Kind:
    """The kind of an English or Chinese name. Errors: UsageError that offers near names."""
    for kind in KINDS:
        if name in (kind.name, kind.title):
            return kind
    known = [*KINDS_BY_NAME, *(kind.title for kind in KINDS)]
    near = difflib.get_close_matches(name, known, 3, 0.5)
    said = f"是不是：{'、'.join(near)}？" if near else "用 gongkai schema 查看全部种类。"
    raise click.UsageError(f"没有“{name}”这个种类。{said}")


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _console() -> Console:
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=_WIDE)
    return console


def _table(*names: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _list_kinds() -> None:
    table = _table("种类", "名称", "文件位置", "形式")
    for kind in KINDS:
        table.add_row(kind.name, kind.title, kind.pattern, _FORMS[kind.form])
    console = _console()
    console.print(table)
    console.print("\n查看一种的字段：gongkai schema 种类；新建一条：gongkai new 种类")


def _describe(schemas: Schemas, kind: Kind) -> None:
    console = _console()
    said = schemas.of(kind.name).get("description", "")
    console.print(f"{kind.title}（{kind.name}）  {said}")
    console.print(f"文件：{kind.pattern}\n")
    table = _table("字段", "名称", "必填", "写法", "说明")
    for field in fields(schemas, kind.name):
        options = "、".join(f"{code} {label}" for code, label in field.options)
        form = "；".join(filter(None, (field.form, field.limits)))
        description = field.description + (f" 可填：{options}" if options else "")
        table.add_row(field.path, field.title, field.need, form, description)
    console.print(table)
    if sentences := conditions(schemas, kind.name):
        console.print("\n有条件的要求：")
        for sentence in sentences:
            console.print(f"  · {sentence}")
    console.print("\n示例文件（可以照抄，# 后面是说明）：\n")
    click.echo(annotated(schemas, kind.name), nl=False)
