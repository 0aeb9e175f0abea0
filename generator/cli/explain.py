"""`gongkai explain`: all there is to know about a code that the check reported."""

from __future__ import annotations

import difflib

import click

from generator.diagnostics.catalogue import LANGUAGES, codes
from generator.reference import Page, by_family, page

__all__ = ["explain"]

_WORDS = {
    "zh": ("说的是", "怎么办", "为什么", "依据"),
    "en": ("message", "hint", "why", "text"),
}


@click.command()
@click.argument("code", required=False)
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="zh", help="语言。")
def explain(code: str | None, language: str) -> None:
    """解释检查报告中的一个代码，例如 gongkai explain SCH-001。

    不带参数列出全部代码。
    """
    if code is None:
        for _, members in by_family():
            for name in members:
                said = page(name, language)
                click.echo(f"{name}  {said.weight}  {said.title}")
        return
    name = code.strip().upper()
    if name not in codes():
        near = difflib.get_close_matches(name, codes(), 3, 0.6)
        hint = f"是不是：{'、'.join(near)}？" if near else "用 gongkai explain 查看全部代码。"
        raise click.UsageError(f"没有 {code} 这个代码。{hint}")
    click.echo(_shown(page(name, language), language), nl=False)


def _shown(said: Page, language: str) -> str:
    message, hint, why, text = _WORDS[language]
    mark = "：" if language == "zh" else ": "
    lines = [
        f"{said.code}  {said.title}（{said.weight}）"
        if language == "zh"
        else f"{said.code}  {said.title} ({said.weight})",
        "",
        f"{why}{mark}{said.explain}",
        f"{message}{mark}{said.message}",
        f"{hint}{mark}{said.hint}",
    ]
    if said.article:
        lines.append(f"{text}{mark}{said.article}")
    return "".join(line + "\n" for line in lines)
