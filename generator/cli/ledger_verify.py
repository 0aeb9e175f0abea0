"""`gongkai ledger verify` and `show`: what a clone proves, and the form to print."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import ledger_common as common
from generator.cli.common import now
from generator.cli.ledger_told import tell_overdue
from generator.crew import Crew, default_jobs, settle
from generator.review.instants import instant
from generator.review.ledger import LedgerError
from generator.tree.raw import Differs, MissingObjectError

if TYPE_CHECKING:
    from generator.keeper.verified import Verified
    from generator.tree.raw import Objects

__all__ = ["show", "verify"]

_SINCE = re.compile(r"([1-9][0-9]{0,8}):([0-9a-f]{64})")


@click.command()
@click.option(
    "--page", metavar="文件", help="核验一个文件，如 content/units/tax/articles/2026/0042.md。"
)
@click.option("--all", "everything", is_flag=True, help="核验正在发布的全部文件。")
@click.option(
    "--site", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="核验一个生成好的网站文件夹，是否就是最近一次发布。",
)  # fmt: skip
@click.option("--release", type=click.IntRange(min=1), help="核验台账第几条的发布。")
@click.option("--at", metavar="时间", help="当时的版本，如 2026-11-20T12:00:00+08:00。")
@click.option(
    "--since", metavar="条数:摘要", help="另外记下的台账条数和摘要，查台账是否被回退或改写。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option(
    "--trust-root", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="写有根密钥指纹的文件，指纹应当另行取得，如抄在纸上的。",
)  # fmt: skip
@click.option("--trust-first-use", is_flag=True, help="信任这本台账自己写的根密钥，并记住。")
@click.option("--jobs", type=click.IntRange(min=1), help="同时使用的进程数。")
@common.ROOT
@common.guarded
def verify(  # noqa: PLR0913, PLR0917 -- one parameter an option
    page: str | None,
    everything: bool,
    site: Path | None,
    release: int | None,
    at: str | None,
    since: str | None,
    as_json: bool,
    trust_root: Path | None,
    trust_first_use: bool,
    jobs: int | None,
    root: Path | None,
) -> None:
    """核验：离线核对台账、签名、字节和当时的审核，打印审核表。

    退出码：0 核验无误；10 没有批准或不是现行版本；11 字节不符；12 缺少证据；13 签名或密钥不可用；
    14 当时的审核不成立；15 已撤下；16 台账被改动、回退或分叉；17 已依授权清除；2 用法不对。
    """
    asked = [page is not None, everything, site is not None, release is not None]
    if sum(asked) != 1 and not (sum(asked) == 0 and since is not None):
        raise click.UsageError("请在 --page、--all、--site、--release 中选一个。")
    moment = _instant(at, page)
    seen = _since(since)
    objects = common.objects_at(root)
    trusted = _trusted(objects, trust_root, trust_first_use)
    settle()
    from generator.keeper import verify as verifying
    from generator.keeper.manifest import verify_release, verify_site

    with Crew(jobs or default_jobs()) as crew:
        if page is not None or everything or not any(asked):
            result = verifying.verify(objects, crew, trusted, page, moment, seen)
        else:
            result = verifying.verify(objects, crew, trusted, None, None, seen)
            if result.book is not None and site is not None:
                result.findings += verify_site(result.book, site)
            elif result.book is not None and release is not None:
                result.findings += verify_release(result.book, release)
    if trust_first_use and result.book is not None and result.code == 0:
        _remember(objects, result)
    _tell(result, page, as_json)
    sys.exit(int(result.code))


def _instant(text: str | None, page: str | None) -> int | None:
    if text is None:
        return None
    found = instant(text)
    if found is None or page is None:
        raise click.UsageError("--at 和 --page 一起用，写成 2026-11-20T12:00:00+08:00。")
    return found


def _since(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    found = _SINCE.fullmatch(text)
    if found is None:
        raise click.UsageError("--since 写成“条数:摘要”，摘要是 64 位十六进制。")
    return int(found[1]), found[2]


def _trusted(objects: Objects, file: Path | None, first_use: bool) -> list[str]:
    from generator.keeper.memory import fingerprints_in
    from generator.keeper.memory import trusted as known

    if file is not None:
        return fingerprints_in(file.read_text("utf-8"))
    found = known(objects)
    if not found and not first_use:
        raise click.UsageError(
            "还没有可信的根密钥：用 --trust-root 指定写有指纹的文件（另行取得，如抄在纸上的），"
            "或用 --trust-first-use 信任这本台账自己写的。"
        )
    return found


def _remember(objects: Objects, result: Verified) -> None:
    from generator.keeper.memory import remember_trusted
    from generator.keeper.memory import trusted as known

    assert result.book is not None
    if not known(objects):
        keys = result.book.state.keys.items()
        remember_trusted(objects, [fp for fp, key in keys if key.role == "root"])


def _tell(result: Verified, page: str | None, as_json: bool) -> None:
    book = result.book
    if as_json:
        told: dict[str, Any] = {
            "code": int(result.code),
            "findings": [
                {"code": int(one.code), "path": one.path, "text_zh": one.text}
                for one in result.findings
            ],
            "pages": result.pages,
            "ledger": {"size": book.state.size, "head": book.state.head} if book else None,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True))
        return
    for one in result.findings:
        where = f"{one.path}：" if one.path else ""
        click.echo(f"{where}{one.text}〔{int(one.code)}〕", err=True)
    if book is None:
        return
    if page is not None and result.found is not None:
        from generator.keeper.form import form_of
        from generator.keeper.form_shown import as_text

        try:
            form = form_of(book, page, result.found)
        except (MissingObjectError, Differs, LedgerError):
            return  # told above: without the rules of that time there is nothing to fill in
        said = "核验结果：" + (
            "无误" if not result.findings else f"有问题，退出码 {int(result.code)}"
        )
        click.echo(as_text(form, said), nl=False)
        return
    from generator.keeper.down import overdue

    word = "无误" if not result.findings else f"{len(result.findings)} 处问题"
    click.echo(f"核验 {result.pages} 个文件、{book.state.size} 条台账：{word}。")
    click.echo(f"台账 {book.state.size}:{book.state.head}")
    tell_overdue(overdue(book, now().isoformat()), book)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="文件…")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="写成可打印的网页（A4）。"
)
@common.ROOT
@common.guarded
def show(paths: tuple[str, ...], html: Path | None, root: Path | None) -> None:
    """打印审核表：谁在哪一级、什么时候、凭什么批准了这个文件。"""
    from generator.keeper.form import form_of
    from generator.keeper.form_shown import as_page, as_text

    book = common.opened(common.objects_at(root), ())
    missing = [path for path in paths if path not in book.state.paths]
    if missing:
        raise common.refused(f"台账里没有 {'、'.join(missing)}。")
    forms = [form_of(book, path, book.state.paths[path]) for path in dict.fromkeys(paths)]
    if html is None:
        click.echo("\n".join(as_text(form) for form in forms), nl=False)
        return
    html.parent.mkdir(parents=True, exist_ok=True)
    printed = f"{now().astimezone():%Y-%m-%d %H:%M %z}"
    html.write_text(as_page(forms, printed=printed), "utf-8")
    click.echo(f"审核表写在 {html}，共 {len(forms)} 张。", err=True)
