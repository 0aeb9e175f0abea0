"""`gongkai ledger`: begin it, admit what trunk got, verify, print the form, take pages down."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli import ledger_common as common
from generator.cli.ledger_person import Account, account_of, with_person
from generator.cli.ledger_told import tell_judged, tell_overdue
from generator.cli.ledger_verify import show, verify

__all__ = ["ledger"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def ledger() -> None:
    """发布台账：谁在什么时候批准了哪些字节，网站只按它生成。

    退出码：0 完成，2 用法不对，3 不予批准，4 程序或台账出错；verify 另有自己的退出码。
    """


ledger.add_command(verify)
ledger.add_command(show)


@ledger.command()
@click.argument("commit", required=False, metavar="[提交]")
@click.option(
    "--genesis",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="建账：按文件写台账的第一条，由根密钥签名，只做一次。",
)
@click.option("--merged-by-us", is_flag=True, help="这个提交是审核程序自己合并的。")
@common.with_signing
@common.guarded
def admit(
    commit: str | None, genesis: Path | None, merged_by_us: bool, signing: common.Signing
) -> None:
    """准予发布：逐个核对主干上的新提交，和批准的字节一致才记入台账。"""
    if (genesis is not None and commit is not None) or (merged_by_us and commit is None):
        raise click.UsageError("--genesis 不能和提交一起用；--merged-by-us 要写明提交。")
    from generator.keeper.admit import admit as admit_all
    from generator.keeper.book import open_book
    from generator.keeper.down import overdue
    from generator.keeper.genesis import begin, plan_of

    objects = signing.objects()
    if genesis is not None:
        plan = plan_of(genesis.read_bytes())
        book = open_book(objects)
        entries = begin(book, plan, signing.signer(), common.moment())
        click.echo(f"台账建好了：{len(entries)} 条，{book.state.size}:{book.state.head}")
        for root in plan["roots"]:
            click.echo(f"根密钥 {root['fingerprint']}，请抄在纸上，另行保管。")
        return
    full = objects.commit(commit) if commit is not None else None
    ours = [full] if merged_by_us and full is not None else []

    def run() -> int:
        book = signing.opened(objects)
        judged = admit_all(book, signing.signer(), common.moment(), full, ours)
        tell_judged(judged, book)
        tell_overdue(overdue(book, common.moment()), book)
        if full is not None and full in book.state.commits:
            kind = book.entries[book.state.commits[full] - 1].type
            return common.DONE if kind == "publish" else common.REFUSED
        refused = any(one.decision != "admitted" for one in judged)
        return common.REFUSED if refused else common.DONE

    sys.exit(common.again(run))


@ledger.command()
@click.argument("paths", nargs=-1, required=True, metavar="文件…")
@click.option(
    "--reason", required=True, help="原因：错误、过期、泄密、隐私、侵权、舆情、上级要求、其他。"
)
@click.option("--tombstone", default="default", help="说明页：default、corrected、expired。")
@click.option("--second", help="第二个人的账号；一小时内撤得多时需要。")
@with_person
@common.with_signing
@common.guarded
def takedown(
    paths: tuple[str, ...],
    reason: str,
    tombstone: str,
    second: str | None,
    person: Account,
    signing: common.Signing,
) -> None:
    """撤稿：一个人就可以，立即生效；页面连同附件不再生成，读者看到 410。"""
    from generator.keeper.down import takedown as take_down

    objects = signing.objects()
    other = account_of(second) if second is not None else None

    def run() -> int:
        book = signing.opened(objects)
        entry = take_down(
            book, signing.signer(), common.moment(), paths, reason, person, other, tombstone
        )
        click.echo(f"已撤下，台账第 {entry.seq} 条：")
        for row in entry.body["paths"]:
            click.echo(f"  {row['path']}")
        click.echo("下一步：立即运行 gongkai build --release --holds；24 小时内请信息主管确认。")
        return common.DONE

    sys.exit(common.again(run))


@ledger.command()
@click.argument("paths", nargs=-1, required=True, metavar="文件…")
@with_person
@common.with_signing
@common.guarded
def ratify(paths: tuple[str, ...], person: Account, signing: common.Signing) -> None:
    """确认撤稿：由信息主管确认；没有确认的继续撤着，不会自己恢复。"""
    from generator.keeper.down import ratify as confirm

    objects = signing.objects()

    def run() -> int:
        book = signing.opened(objects)
        entry = confirm(book, signing.signer(), common.moment(), paths, person)
        click.echo(f"已确认，台账第 {entry.seq} 条：{'、'.join(entry.body['paths'])}")
        return common.DONE

    sys.exit(common.again(run))


@ledger.command()
@click.argument("paths", nargs=-1, required=True, metavar="文件…")
@common.ROOT
@common.guarded
def restore(paths: tuple[str, ...], root: Path | None) -> None:
    """恢复：在文件里写上 restoreOf，再走一次三级审核；附件请换一个文件名重新提交。"""
    from generator.keeper.down import restorable
    from generator.keeper.records import with_restore

    objects = common.objects_at(root)
    book = common.opened(objects, ())
    found = restorable(book, paths)
    texts = {}
    for path, seq in found.items():
        blob = book.state.paths[path].git
        text = with_restore(path, next(iter(objects.objects([blob]))), seq)
        if text is None:
            said = f"{path} 不是带信息栏的稿件，请换一个文件名作为新文件提交。"
            raise common.refused(said)
        texts[path] = text
    for path, data in texts.items():
        file = objects.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        click.echo(f"已写入 {path}：restoreOf: {found[path]}")
    click.echo("下一步：建分支提交，建合并请求，照常经三级审核；下达撤稿的人不能签发。")
