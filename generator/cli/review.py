"""`gongkai review`: the verdict of the three-level review, for a person or a program.

Exit codes are the contract's: 0 approve, 1 wait, 2 usage, 3 refuse, 4 error; a fault of ours is
an error too, so that it never looks like a refusal.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Any

import click

from generator.cli.review_forge import capture, status
from generator.cli.review_own import diff, sign

__all__ = ["review"]

_ERROR = 4
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def review() -> None:
    """三级审核：判定一次修改能不能发布，还差谁审核。"""


review.add_command(status)
review.add_command(capture)
review.add_command(diff)
review.add_command(sign)


@review.command()
@click.option("--facts", type=_FILE, required=True, help="修改情况（JSON）。")
@click.option("--roles", type=_FILE, required=True, help="人员与任职（roles.yml）。")
@click.option("--policy", type=_FILE, required=True, help="审核制度（policy.yml）。")
@click.option("--now", required=True, help="现在的时间，如 2026-11-20T12:00:00+08:00。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
def evaluate(facts: Path, roles: Path, policy: Path, now: str, as_json: bool) -> None:
    """按给定的情况、人员、制度和时间作出判定。

    退出码：0 可以发布，1 等待审核，2 用法不对，3 不能合并，4 无法判定。
    """
    try:
        code = _evaluate(facts, roles, policy, now, as_json)
    except click.ClickException:
        raise
    except Exception:
        traceback.print_exc()
        click.echo("程序出错，没有作出判定。请把以上信息报告给运维单位。", err=True)
        code = _ERROR
    sys.exit(code)


def _evaluate(facts: Path, roles: Path, policy: Path, now: str, as_json: bool) -> int:
    from generator.review.evaluate import evaluate as judge
    from generator.review.instants import instant
    from generator.review.verdict import EXIT_CODES, verdict_bytes

    at = instant(now)
    if at is None:
        raise click.BadParameter("应写成 2026-11-20T12:00:00+08:00 的样子", param_hint="--now")
    told, rules, asked = facts.read_bytes(), roles.read_bytes(), policy.read_bytes()
    verdict = judge(told, rules, asked, now)
    if as_json:
        sys.stdout.buffer.write(verdict_bytes(verdict) + b"\n")
        sys.stdout.buffer.flush()
    else:
        click.echo(_told(verdict, told, rules, asked, at), nl=False)
    return EXIT_CODES[verdict["decision"]]


def _told(verdict: dict[str, Any], facts: bytes, roles: bytes, policy: bytes, now: int) -> str:
    """The verdict in Chinese, with names and with whom to ask, as far as the files can be read."""
    from generator.review.asked import asked_of
    from generator.review.facts import parse_facts
    from generator.review.policy import read_policy
    from generator.review.roles import read_roles
    from generator.review.telling import Telling

    read, _ = parse_facts(facts)
    people, _ = read_roles(roles)
    rules, _ = read_policy(policy)
    asked = asked_of(verdict, read, people, rules, now) if read and people and rules else {}
    return Telling(roles=people, zone=rules.zone if rules else None, asked=asked).text(verdict)
