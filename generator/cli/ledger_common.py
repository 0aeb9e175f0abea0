"""What the verbs of `gongkai ledger` share: the repository, the keys, exit codes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.common import now
from generator.crew import Crew, default_jobs, settle
from generator.review.ledger import LedgerError
from generator.sign import SignatureError
from generator.tree.files import NotARevisionError
from generator.tree.raw import Differs, MissingObjectError, Objects
from generator.tree.repository import GitError

if TYPE_CHECKING:
    from generator.keeper.book import Book, Signer

__all__ = [
    "DONE",
    "REFUSED",
    "ROOT",
    "Signing",
    "again",
    "guarded",
    "moment",
    "objects_at",
    "opened",
    "refused",
    "with_signing",
]

DONE, REFUSED, ERROR = 0, 3, 4
_TRIES = 8
_FETCHED = "refs/remotes/origin/ledger"

ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="内容库所在文件夹（任一克隆）；不填则从当前文件夹向上查找。",
)


class _Refused(click.ClickException):
    exit_code = REFUSED

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


def refused(said: str) -> click.ClickException:
    """What is raised to end with exit code 3."""
    return _Refused(said)


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """The command with our exit codes: what is refused 3; what is damaged, or our fault, 4."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        from generator.keeper.refused import RefusedError
        from generator.tree.append import MovedError

        try:
            command(*arguments, **options)
        except click.ClickException:
            raise
        except RefusedError as error:
            click.echo(f"不能做：{error}〔{error.code}〕", err=True)
            sys.exit(REFUSED)
        except NotARevisionError as error:
            raise click.UsageError(f"找不到提交 {error}。") from error
        except LedgerError as error:
            click.echo(
                f"台账有问题：{error}〔{error.code}〕。请不要改动它，联系运维单位。", err=True
            )
            sys.exit(ERROR)
        except (SignatureError, GitError, OSError) as error:
            click.echo(f"没有做成：{error}", err=True)
            sys.exit(ERROR)
        except MovedError:
            click.echo(f"台账一直有别人在写，试了 {_TRIES} 次。请稍后再试。", err=True)
            sys.exit(ERROR)
        except (Differs, MissingObjectError) as error:
            click.echo(f"对象库有问题：{error}。请换一个完整的克隆。", err=True)
            sys.exit(ERROR)
        except Exception:  # the last resort: it is ours, and must not look like a refusal
            traceback.print_exc()
            click.echo("程序出错。请把以上信息连同所用命令报告给运维单位。", err=True)
            sys.exit(ERROR)

    return run


def again(step: Callable[[], int]) -> int:
    """The exit code of a step, which is begun anew when the ledger moved meanwhile."""
    from generator.tree.append import MovedError

    for _ in range(_TRIES - 1):
        try:
            return step()
        except MovedError:
            continue
    return step()


def moment() -> str:
    """This instant as RFC 3339, in UTC."""
    return now().isoformat(timespec="seconds")


def objects_at(root: Path | None) -> Objects:
    """The object store of a clone. Errors: UsageError where there is none."""
    start = (root or Path.cwd()).resolve()
    for folder in (start, *(() if root is not None else start.parents)):
        if (folder / ".git").exists() or (folder / "HEAD").is_file():
            return Objects(folder)
    raise click.UsageError("这里不在 git 克隆里：请进入克隆的文件夹，或用 --root 指定。")


def opened(objects: Objects, trusted: Iterable[str]) -> Book:
    """The ledger, checked; the roots trusted here before are asked for where none are given."""
    from generator.keeper.book import open_book
    from generator.keeper.memory import remember_seen
    from generator.keeper.memory import trusted as known
    from generator.tree.safety import unsafe

    wrong = unsafe(objects, whole=False)
    if wrong:
        raise refused(f"这个克隆不能用：{'；'.join(wrong)}〔repository_unsafe〕")
    settle()
    with Crew(default_jobs()) as crew:
        book = open_book(objects, crew, list(trusted) or known(objects))
    if book.state.size:
        remember_seen(objects, book.state)
    return book


@dataclass(frozen=True, slots=True)
class Signing:
    """Where the ledger is, by which keys it is signed, and where it is pushed."""

    root: Path | None
    keys: tuple[Path, ...]
    remote: str | None
    trust_root: Path | None

    def objects(self) -> Objects:
        """The object store."""
        return objects_at(self.root)

    def fetched(self, objects: Objects) -> None:
        """Brings what the remote has of the ledger here: who is told to push writes after it.

        Errors: GitError.
        """
        from generator.review.ledger import LEDGER
        from generator.tree.remote import Remote

        if self.remote is not None:
            Remote(objects, self.remote).fetch_ledger(LEDGER, _FETCHED)

    def opened(self, objects: Objects) -> Book:
        """The ledger as the remote has it now, checked."""
        self.fetched(objects)
        return opened(objects, self.trusted)

    def signer(self) -> Signer:
        """The keys, read."""
        from generator.keeper.book import Signer

        if not self.keys:
            said = "请用 --key 指定签名密钥的文件，或设置 GONGKAI_LEDGER_KEY。"
            raise click.UsageError(said)
        return Signer.of(self.keys, self.remote)

    @property
    def trusted(self) -> list[str]:
        """The fingerprints of root keys in the file given; none."""
        from generator.keeper.memory import fingerprints_in

        if self.trust_root is None:
            return []
        return fingerprints_in(self.trust_root.read_text("utf-8"))


def with_signing(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that say where and how to sign, given as one `signing`."""

    @click.option(
        "--key", "keys", multiple=True, envvar="GONGKAI_LEDGER_KEY",
        type=click.Path(path_type=Path, dir_okay=False),
        help="签名密钥的文件（旁边要有 .pub），可重复；建账时写根密钥。",
    )  # fmt: skip
    @click.option("--push", "remote", metavar="远程", help="先推送到这个远程，再移动本地的分支。")
    @click.option(
        "--trust-root", type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="写有根密钥指纹的文件。",
    )  # fmt: skip
    @ROOT
    @wraps(command)
    def run(
        keys: tuple[Path, ...],
        remote: str | None,
        trust_root: Path | None,
        root: Path | None,
        **others: Any,
    ) -> None:
        command(signing=Signing(root, keys, remote, trust_root), **others)

    return run
