"""Where the changes are: the repository at the forge, its API, the git remote; their numbers."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import ledger_common as common

if TYPE_CHECKING:
    from generator.forge import GitHub
    from generator.keeper.book import Book
    from generator.tree.raw import Objects
    from generator.tree.remote import Remote

__all__ = ["At", "number_of", "with_forge"]

_LEDGER, _FETCHED = "refs/heads/ledger", "refs/remotes/origin/ledger"


@dataclass(frozen=True, slots=True)
class At:
    """Where the changes are: the repository at the forge, the API, the token, the git remote."""

    repository: str
    api: str
    token: str
    remote: str
    root: Path | None

    def github(self) -> GitHub:
        """The forge. Errors: UsageError."""
        from generator.forge import Client, GitHub

        owner, slash, name = self.repository.partition("/")
        if not (owner and slash and name) or "/" in name:
            raise click.UsageError("请用 --repository 写明 GitHub 仓库，如 city/site。")
        if not self.token:
            raise click.UsageError("请把访问令牌放在环境变量 GITHUB_TOKEN 里。")
        return GitHub(Client(self.api, self.token), owner, name)

    def source(self, objects: Objects) -> Remote:
        """The remote that objects are fetched from."""
        from generator.tree.remote import Remote

        server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
        return Remote(objects, self.remote, self.token, f"{server}/")

    def book(self, objects: Objects, remote: Remote, kept: Book | None = None) -> Book:
        """The ledger and trunk as the remote has them; no branch of anybody is moved.

        `kept` is the ledger as it was opened before: it is checked anew only where it has moved.
        """
        from generator.keeper.book import ledger_tip
        from generator.keeper.change import TRUNK
        from generator.keeper.rules import rules_at
        from generator.review.ledger import LedgerError

        if not remote.fetch_ledger(_LEDGER, _FETCHED) and objects.ref(_LEDGER) is None:
            raise LedgerError(0, "还没有台账，请先建账", "ledger_missing")
        known = kept is not None and kept.tip == ledger_tip(objects)
        book = kept if kept is not None and known else common.opened(objects, ())
        _, policy = rules_at(objects, book.state)
        remote.fetch({policy.target: TRUNK})
        return book


def with_forge(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that say where the changes are, given as one `at`."""

    @click.option(
        "--repository", envvar="GITHUB_REPOSITORY", default="", help="GitHub 仓库，如 city/site。"
    )
    @click.option(
        "--api",
        envvar="GITHUB_API_URL",
        default="https://api.github.com",
        help="GitHub API 的地址。",
    )
    @click.option("--remote", default="origin", show_default=True, help="取提交的 git 远程。")
    @common.ROOT
    @wraps(command)
    def run(repository: str, api: str, remote: str, root: Path | None, **others: Any) -> None:
        token = os.environ.get("GITHUB_TOKEN") or os.environ.get("GH_TOKEN") or ""
        command(at=At(repository, api, token, remote, root), **others)

    return run


def number_of(text: str) -> int:
    """`123`, `#123` or `github:123`. Errors: UsageError."""
    digits = text.removeprefix("github:").removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and 0 < len(digits) < 10):
        raise click.UsageError(f"修改的编号写成 123 或 github:123，不是 {text}。")
    return int(digits)
