"""`gongkai forge`: what GitHub itself is told of the rules, and where a release goes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli import ledger_common as common
from generator.cli.common import ROOT_OPTION, now, root_of
from generator.cli.forge_at import At, with_forge

__all__ = ["forge"]

_FILE = ".github/CODEOWNERS"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def forge() -> None:
    """代码平台：生成 CODEOWNERS，核对 GitHub 的设置，部署发布的网站。"""


@forge.command()
@click.option("--check", is_flag=True, help="只核对现有文件，不写；不一致时退出码为 1。")
@ROOT_OPTION
def codeowners(check: bool, root: Path | None) -> None:
    """按任职生成 .github/CODEOWNERS：GitHub 会自动请这些人来看。"""
    from generator.review.codeowners import codeowners as owners
    from generator.review.instants import instant
    from generator.review.policy import read_policy
    from generator.review.roles import read_roles

    folder = root_of(root)
    governance = folder / "content/governance"
    roles, wrong = read_roles((governance / "roles.yml").read_bytes())
    policy, faults = read_policy((governance / "policy.yml").read_bytes())
    if roles is None or policy is None:
        click.echo(f"审核规则有错：{[*wrong, *faults][0].text}", err=True)
        sys.exit(1)
    text = owners(roles, policy, instant(now().isoformat()) or 0)
    file = folder / _FILE
    if check:
        if not file.is_file() or file.read_text("utf-8") != text:
            click.echo(f"{_FILE} 和任职不一致，请运行 gongkai forge codeowners。", err=True)
            sys.exit(1)
        click.echo(f"{_FILE} 和任职一致。")
        return
    file.write_text(text, "utf-8")
    click.echo(f"写好了 {_FILE}。")


@forge.command()
@click.option("--audit", "to_audit", is_flag=True, help="向 GitHub 查实际生效的规则。")
@click.option("--trunk", default="main", show_default=True, help="主干分支。")
@click.option("--ledger", default="ledger", show_default=True, help="台账分支。")
@with_forge
@common.guarded
def settings(to_audit: bool, trunk: str, ledger: str, at: At) -> None:
    """列出 GitHub 上该有的设置；--audit 按实际效果核对。

    退出码：0 都有，1 有缺漏，2 用法不对，4 没能查到。
    """
    from generator.forge import ForgeError
    from generator.forge.settings import LEDGER_RULES, MANUAL, TRUNK_RULES, audit

    if not to_audit:
        for branch, wanted in ((trunk, TRUNK_RULES), (ledger, LEDGER_RULES)):
            click.echo(f"分支 {branch}")
            for one in wanted:
                click.echo(f"  · {one.says}〔{one.type}〕")
        click.echo("要由管理员查看的（接口看不到）")
        for line in MANUAL:
            click.echo(f"  · {line}")
        return
    github = at.github()
    try:
        rules = {branch: github.rules(branch) for branch in (trunk, ledger)}
        numbers = {
            rule["ruleset_id"]
            for rows in rules.values()
            for rule in rows
            if isinstance(rule.get("ruleset_id"), int)
        }
        rulesets = {number: github.ruleset(number) for number in sorted(numbers)}
        visibility = github.visibility()
    except ForgeError as error:
        click.echo(f"没能从 GitHub 查到：{error}", err=True)
        sys.exit(common.ERROR)
    found = audit(rules, rulesets, trunk, ledger)
    if visibility == "public":
        click.echo("仓库是公开的：草稿谁都能看，请设为私有〔repository_public〕")
    for fault in found:
        click.echo(f"{'缺' if fault.certain else '？'} {fault.branch}：{fault.says}")
    if found or visibility == "public":
        sys.exit(1)
    click.echo("规则都有，也都生效。另请管理员查看：")
    for line in MANUAL:
        click.echo(f"  · {line}")


@forge.command()
@click.argument("run", type=click.IntRange(min=1), metavar="运行编号")
@click.option("--environment", default="second-person", show_default=True, help="环境的名字。")
@with_forge
@common.guarded
def approver(run: int, environment: str, at: At) -> None:
    """按 GitHub 的记录，说出是谁放行了一次运行：github:编号。账号不由任何人填写。

    退出码：0 有且只有一个人，2 用法不对，3 没有人、不止一人、有人拒绝，或者没能查到。
    """
    from generator.forge import ForgeError

    try:
        found = at.github().approver(run, environment)
    except ForgeError as error:
        raise common.refused(f"没有第二个人的放行记录：{error}") from error
    click.echo(f"{found.forge}:{found.id}")


@forge.command()
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--host", help="主机上的文件夹，如 web@www.example:/srv/www；也可以是本机文件夹。")
@click.option("--mirror", help="公开镜像仓库的地址；由那里的流程发布到 Pages。")
@click.option("--branch", default="main", show_default=True, help="镜像的分支。")
@common.guarded
def deploy(site: Path, host: str | None, mirror: str | None, branch: str) -> None:
    """部署：把发布的网站放到主机上一步切换，或推送到公开镜像。

    退出码：0 完成，2 用法不对，4 没有部署成，读者看到的不变。
    """
    from generator.publish import DeployError, Target, to_host
    from generator.tree.mirror import push_tree

    if not host and not mirror:
        raise click.UsageError("请用 --host 或 --mirror 指定部署到哪里。")
    moment = now()
    if host:
        try:
            target = Target.of(host)
        except ValueError as error:
            said = f"--host 写成 用户@主机:/文件夹，不是 {host}。"
            raise click.UsageError(said) from error
        try:
            to_host(site, target, moment.strftime("%Y%m%dT%H%M%SZ"))
        except DeployError as error:
            click.echo(f"没有部署成，读者看到的不变：{error}", err=True)
            sys.exit(common.ERROR)
        click.echo(f"已部署到 {host}。")
    if mirror:
        extra = Path(__file__).parents[1] / "publish" / "mirror"
        message = f"Publish {moment:%Y-%m-%d %H:%M} UTC"
        commit = push_tree(site, mirror, branch, message, moment.isoformat(), extra)
        click.echo(f"已推送到镜像：{commit[:12]}。")
