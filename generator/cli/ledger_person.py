"""The person who acts in a verb of `gongkai ledger`: an account, by its number."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from generator.cli.ledger_common import refused

__all__ = ["Account", "account_of", "with_person"]

_ACCOUNT = re.compile(r"([a-z]+):([0-9]{1,20})")
Account = tuple[str, str]


def account_of(text: str) -> Account:
    """`github:5550031` as forge and number. Errors: UsageError."""
    found = _ACCOUNT.fullmatch(text)
    if found is None:
        raise click.UsageError(f"账号写成“平台:数字编号”，如 github:5550031，不是 {text}。")
    return found[1], found[2]


def with_person(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the person who acts, given as one `person`.

    A re-run of a workflow keeps its first actor: both must be the same.
    """

    @click.option("--by", "by", required=True, metavar="账号", help="下达的人，如 github:5550031。")
    @click.option("--triggered-by", help="实际启动流程的账号；和 --by 不同就不做。")
    @wraps(command)
    def run(by: str, triggered_by: str | None, **others: Any) -> None:
        person = account_of(by)
        if triggered_by is not None and account_of(triggered_by) != person:
            said = "启动流程的人和下达的人不同，可能是别人重新运行的〔takedown_not_allowed〕"
            raise refused(said)
        command(person=person, **others)

    return run
