"""`gongkai review sign` and `diff`: what a reviewer and an editor do at their own desk, offline."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import ledger_common as common
from generator.cli.common import ROOT_OPTION, now, read_schemas, root_of
from generator.cli.forge_at import number_of

__all__ = ["diff", "sign"]


@click.command()
@click.argument("change", metavar="修改")
@click.option(
    "--body",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="意见正文：评论里给的那几行，勾选好。",
)
@click.option("--person", required=True, help="自己的人员编号，如 p-0031。")
@click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="自己的签名密钥，登记在 roles.yml 里的那一把。",
)
@common.ROOT
@common.guarded
def sign(change: str, body: Path, person: str, key: Path, root: Path | None) -> None:
    """给意见签名：输出带签名的正文，整段贴进 GitHub 的审核意见；不用联网。

    敏感（C 级）内容的签发要用。退出码：0 完成，2 用法不对，3 口令不是这项修改的，4 没有签成。
    """
    from generator.keeper.rules import rules_at
    from generator.keeper.signature import act_message, act_namespace, block_of, signed_lines
    from generator.review.ledger_state import ChangeSeen
    from generator.review.lines import body_lines, read_lines
    from generator.sign import sign as signed

    objects = common.objects_at(root)
    book = common.opened(objects, ())
    name = f"github:{number_of(change)}"
    text = body.read_text("utf-8").strip()
    token = read_lines(body_lines(text)).token
    subject = book.state.changes.get(name, ChangeSeen()).offers.get(token or "")
    if subject is None:
        raise common.refused(f"正文里的口令不是 {name} 的，请从评论里重新复制，并先取回台账。")
    _, policy = rules_at(objects, book.state)
    repository = policy.policy.repository
    message = act_message(name, signed_lines(text), person, repository, subject)
    click.echo(f"{text}\n\n```\n{block_of(signed(key, message, act_namespace(repository)))}\n```")


@click.command()
@click.option("--since", default="main", show_default=True, help="和哪个提交或分支比。")
@click.option("--at", "until", help="看哪个提交；不填则看磁盘上的文件。")
@click.option("--markdown", is_flag=True, help="输出 Markdown，可贴进评论。")
@ROOT_OPTION
def diff(since: str, until: str | None, markdown: bool, root: Path | None) -> None:
    """按字段和文字说明改了什么，如：发布时间：3月1日→3月4日。"""
    from generator.differences import as_markdown, as_text, change_of
    from generator.tree import NotARevisionError, change_since, open_tree

    folder = root_of(root)
    schemas = read_schemas(folder)
    try:
        changed = change_since(folder, since, until, "content")
        trees = open_tree(folder, changed.base, now()), open_tree(folder, until, now())
        files = [
            dict(tree.read(sorted(changed.paths & set(tree.entries("content"))))) for tree in trees
        ]
    except NotARevisionError as error:
        raise click.UsageError(f"找不到提交 {error}，或者两者没有共同的历史。") from error
    changes = [
        change_of(path, files[0].get(path), files[1].get(path), schemas)
        for path in sorted(changed.paths)
    ]
    click.echo((as_markdown if markdown else as_text)(changes) or "内容没有变化。")
