"""What the verbs of `gongkai ledger` share: the repository, the keys, the person, exit codes."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
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
    from generator.keeper.admit import Judgement
    from generator.keeper.book import Book, Signer
    from generator.review.ledger_state import Hold

__all__ = [
    "DONE",
    "REFUSED",
    "ROOT",
    "Account",
    "Signing",
    "account_of",
    "again",
    "guarded",
    "moment",
    "objects_at",
    "opened",
    "refused",
    "tell_judged",
    "tell_overdue",
    "with_person",
    "with_signing",
]

DONE, REFUSED, ERROR = 0, 3, 4
_TRIES = 8
_FETCHED = "refs/remotes/origin/ledger"
_ACCOUNT = re.compile(r"([a-z]+):([0-9]{1,20})")
Account = tuple[str, str]

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
        from generator.keeper.admit import RefusedError
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


_DECISIONS = {"admitted": "准予发布", "rejected": "不予发布", "bypass": "没有经过审核"}
_CODES = {
    "tree_mismatch": "内容和批准的不一样", "method_not_allowed": "合并方式不对，应当压缩成一个提交",
    "history_rewritten": "主干历史被改写", "verdict_not_approve": "审核没有通过",
    "bypass": "背后没有合并请求", "merged_by_person": "由人工合并", "head_gone": "原分支已不在",
}  # fmt: skip


def tell_judged(judged: Sequence[Judgement], book: Book) -> None:
    """Tells what became of each commit, and for what was rejected how to take it back."""
    for one in judged:
        words = "、".join(
            f"{_CODES.get(code, code)}〔{code}〕" for code in (*one.codes, *one.notes)
        )
        change = f"，{one.change}" if one.change else ""
        said = f"{one.commit[:12]}{change}：{_DECISIONS[one.decision]}，台账第 {one.seq} 条"
        click.echo(said + (f"。{words}" if words else ""))
        if one.decision != "admitted":
            click.echo(f"  下一步：网站没有变。请提一个撤销它的变更：git revert {one.commit[:12]}")
    if not judged:
        click.echo(f"主干没有新的提交，台账共 {book.state.size} 条。")


def tell_overdue(holds: Sequence[Hold], book: Book) -> None:
    """Tells of takedowns that no supervisor has confirmed in time."""
    for hold in holds:
        at = book.entries[hold.seq - 1].at
        click.echo(
            f"撤稿第 {hold.seq} 条（{at}）超过时限没有确认，页面仍然撤着："
            f"{'、'.join(hold.paths)}。请信息主管尽快确认。",
            err=True,
        )
