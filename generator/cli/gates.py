"""`gongkai gates`: what the machine gates find in the content, at its place, with a proposal.

Exit codes: 0 nothing that stops a change, 1 findings of severity error, 2 usage.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import click

from generator.cli.common import ROOT_OPTION, now, repository_paths, root_of
from generator.cli.work import CACHE
from generator.gates import Finding, Gate, Scan, is_known, known_of, scan
from generator.gates.finding import HINT, counts, in_order
from generator.gates.registry import GATES
from generator.gates.secrecy.files.ocr import keep_in
from generator.gates.show import as_github, as_json, as_text
from generator.load import CONTENT
from generator.scope import within
from generator.tree import NotARevisionError, Tree, change_since, open_tree

__all__ = ["gates"]


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--gate", "names", multiple=True, type=click.Choice([gate.name for gate in GATES]),
    help="只用这一道关：wording 文字关，secrecy 保密审查；可以写多次，不写则都用。",
)  # fmt: skip
@click.option("--json", "form", flag_value="json", help="以 JSON 输出。")
@click.option("--github", "form", flag_value="github", help="以 GitHub 注释输出。")
@click.option("--since", metavar="版本", help="只看从这个版本以来改动过的文件，放行表按这个版本。")
@click.option("--fix", is_flag=True, help="把写法只有一种的毛病直接改在文件里，再报告余下的。")
@ROOT_OPTION
def gates(
    paths: tuple[str, ...],
    names: tuple[str, ...],
    form: str | None,
    since: str | None,
    fix: bool,
    root: Path | None,
) -> None:
    """机器审查：文字关看公文写法和错别字，保密审查看涉密标志和个人信息。

    不带参数检查全部内容；写上文件或文件夹则只检查它们。有“错误”时退出码为 1，只有警告和提示时为 0。
    """
    top = root_of(root)
    moment = now()
    today = moment.date()
    keep_in(top / CACHE / "kept")  # the gatekeeper, whose word counts, keeps nothing
    tree = open_tree(top, None, moment)
    trunk = tree
    asked = sorted(tree.entries(CONTENT))
    if since:
        try:
            change = change_since(top, since, None, CONTENT)
        except NotARevisionError as error:
            raise click.UsageError(f"找不到版本 {error}。请核对提交号或分支名。") from error
        asked = [path for path in asked if path in change.paths]
        trunk = open_tree(top, change.base, moment)
    if paths:
        chosen = repository_paths(top, tree, paths)
        asked = [path for path in asked if within(path, chosen)]
    known = known_of(trunk.read([path for path in trunk.entries(CONTENT) if is_known(path)]))
    used = [gate for gate in GATES if not names or gate.name in names]
    if fix:
        for path, before in list(_files(tree, asked)):
            after = before
            for gate in used:
                after = gate.fix(path, after, known, today) if gate.fix else after
            if after != before:
                (top / path).write_bytes(after)
                click.echo(f"已改 {path}", err=True)
        tree = open_tree(top, None, moment)
    scans = [scan(gate, _files(tree, asked), known, today) for gate in used]
    _print(top, scans, form)
    if form is None:
        _summary(used, scans)
    sys.exit(1 if any(one.result == "fail" for one in scans) else 0)


def _files(tree: Tree, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    yield from tree.read(paths)


def _print(top: Path, scans: Sequence[Scan], form: str | None) -> None:
    findings: tuple[Finding, ...] = in_order(finding for one in scans for finding in one.findings)
    if form == "json":
        about = [
            {"gate": one.gate, "result": one.result, "tool": one.tool, "ruleset": one.ruleset}
            for one in scans
        ]
        examined = {path: digest for one in scans for path, digest in one.files}
        click.echo(as_json(findings, gates=about, files=examined), nl=False)
        return
    if form == "github":  # hints are for those who write, not for those who review
        shown = [finding for finding in findings if finding.severity != HINT]
        click.echo(as_github(shown), nl=False)
        return

    @lru_cache(maxsize=32)
    def lines(path: str) -> tuple[str, ...]:
        try:
            text = (top / path).read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            return ()
        return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    def source_line(path: str, line: int) -> str | None:
        text = lines(path)
        return text[line - 1] if 0 < line <= len(text) else None

    click.echo(as_text(findings, source_line, sys.stdout.isatty()), nl=False)


def _summary(used: Sequence[Gate], scans: Sequence[Scan]) -> None:
    for gate, one in zip(used, scans, strict=True):
        found = counts(one.findings)
        verdict = "通过" if one.result == "pass" else "不通过"
        click.echo(
            f"{gate.title}：{verdict}（{found['error']} 个错误，{found['warning']} 个警告，"
            f"{found['hint']} 个提示）",
            err=True,
        )
