"""`gongkai preview`: pictures of the pages that a change touches, before and after."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

__all__ = ["preview"]

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("before", type=_FOLDER, metavar="修改前")
@click.argument("after", type=_FOLDER, metavar="修改后")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="图片放在哪里。"
)
@click.option(
    "--most", type=click.IntRange(1, 100), default=12, show_default=True, help="最多几个页面。"
)
def preview(before: Path, after: Path, out: Path, most: int) -> None:
    """对比两次生成的网站：给有变化的页面各拍一张修改前和修改后的图。

    另写一份 index.html，左右并列。退出码：0 完成，2 用法不对，3 没有拍成。
    """
    from generator.shots import BrowserError, browser, changed_pages, shoot

    pages = changed_pages(before, after)
    out.mkdir(parents=True, exist_ok=True)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        program = browser() if pages else ""
        for page in pages[:most]:
            for there, folder, name in (
                (page.before, before, "before"),
                (page.after, after, "after"),
            ):
                if there:
                    shoot(program, folder / page.path, out / f"{page.name}.{name}.png", as_root)
    except BrowserError as error:
        click.echo(f"没有拍成：{error}。请确认装有 Chromium。", err=True)
        sys.exit(3)
    (out / "index.html").write_text(_index(out, [page.name for page in pages[:most]]), "utf-8")
    left = len(pages) - most
    click.echo(f"有变化的页面 {len(pages)} 个，图片在 {out}。")
    if left > 0:
        click.echo(f"还有 {left} 个没有拍；要看更多请加大 --most。")


def _index(out: Path, names: list[str]) -> str:
    """A page that shows the pictures in pairs."""
    from html import escape

    rows = []
    for name in names:
        cells = []
        for side, title in (("before", "修改前"), ("after", "修改后")):
            file = f"{name}.{side}.png"
            shown = (
                f'<img src="{escape(file)}" alt="{title}">' if (out / file).is_file() else "（无）"
            )
            cells.append(f"<td><b>{title}</b><br>{shown}</td>")
        rows.append(
            f"<h2>{escape(name.replace('--', '/'))}</h2><table><tr>{''.join(cells)}</tr></table>"
        )
    style = (
        "body{font:16px sans-serif}td{vertical-align:top;width:50%}"
        "img{width:100%;border:1px solid #999}"
    )
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>修改前后</title>'
        f"<style>{style}</style><body>{''.join(rows) or '<p>没有变化。</p>'}</body></html>\n"
    )
