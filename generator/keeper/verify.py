"""Verifying: from a clone alone, who approved these bytes, and does it still hold today?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.crew import Crew, Task
from generator.keeper.acts import bad_signature
from generator.keeper.book import Book, ledger_tip, open_book
from generator.keeper.rules import rules_of
from generator.keeper.verified import Code, Finding, Verified
from generator.review.ledger import KEY_FAULT, Entry, LedgerError
from generator.review.ledger_state import PathState, State
from generator.review.ledger_verify import reevaluated, unfounded
from generator.tree.raw import Differs, MissingObjectError, Objects

__all__ = ["verify"]


_OF_KEYS = frozenset({"key_not_valid", "bad_signature"})


@dataclass(frozen=True, slots=True)
class _Claim:
    """A publication to be judged again: with the rules of its position."""

    publish: Entry
    verdict: Entry
    rules: int  # index into State.rules


def verify(
    objects: Objects,
    crew: Crew,
    trusted: Iterable[str],
    page: str | None = None,
    at: int | None = None,
    since: tuple[int, str] | None = None,
) -> Verified:
    """What a clone says of one page, or of all.

    Shapes: `trusted` are fingerprints of root keys, empty for those of the ledger itself; `at` is
        an instant in microseconds; `since` a size and the digest of the entry there.
    """
    result = Verified()
    visitor = _Visitor(page, at)
    try:
        if ledger_tip(objects) is None:
            result.findings.append(Finding(Code.EVIDENCE_MISSING, "这个克隆里没有台账分支 ledger"))
            return result
        result.book = book = open_book(objects, crew, trusted, visitor.see)
    except LedgerError as error:
        code = Code.KEY if error.code == KEY_FAULT else Code.ALTERED
        result.findings.append(Finding(code, str(error)))
        return result
    except (Differs, MissingObjectError) as error:
        code = Code.ALTERED if isinstance(error, Differs) else Code.EVIDENCE_MISSING
        result.findings.append(Finding(code, f"台账的对象 {error} 不完整"))
        return result
    if since is not None and book.state.heads[since[0] - 1 : since[0]] != [since[1]]:
        told = f"台账和记下的第 {since[0]} 条不是同一本：被回退或者改写过"
        result.findings.append(Finding(Code.ALTERED, told))
    result.findings += visitor.findings
    if page is None:
        paths = book.state.live()
    else:
        result.found = visitor.at_time(book.state)
        paths = _of_page(result, page, book.state)
    seqs = {one.approved for one in paths.values()} if page is not None else None
    claims = [c for c in visitor.claims if seqs is None or c.publish.seq in seqs]
    result.findings += _judged_again(book, crew, claims)
    result.findings += _hashed_again(book, crew, paths)
    suspects = book.state.suspects()
    for path in suspects:
        if page in (None, path):
            said = "签署它的密钥已被吊销，需要重新审核"
            result.findings.append(Finding(Code.KEY, said, path))
    result.pages = len(paths)
    return result


def _of_page(result: Verified, page: str, state: State) -> dict[str, PathState]:
    """The page as the ledger has it, with what its status says."""
    found = result.found
    if found is None:
        result.findings.append(Finding(Code.NOT_APPROVED, "台账里没有批准过它", page))
        return {}
    if found.git in state.expunged:
        said = f"已依授权清除（台账第 {state.expunged[found.git]} 条）"
        result.findings.append(Finding(Code.EXPUNGED, said, page))
        return {}
    if found.status == "removed":
        said = f"已删除（台账第 {found.seq} 条）"
        result.findings.append(Finding(Code.NOT_APPROVED, said, page))
        return {}
    if found.is_down:
        word = "已撤下，等信息主管确认" if found.status == "held" else "已撤下"
        result.findings.append(Finding(Code.HELD, f"{word}（台账第 {found.seq} 条）", page))
    return {page: found}


@dataclass
class _Visitor:
    """What is looked for while the ledger is folded."""

    page: str | None
    at: int | None
    claims: list[_Claim] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _then: tuple[PathState | None] | None = None

    def see(self, state: State, entry: Entry, before: Sequence[Entry]) -> None:
        """An entry, the state and the entries before it."""
        late = self.at is not None and entry.instant > self.at
        if late and self._then is None and self.page is not None:
            self._then = (state.paths.get(self.page),)
        if entry.type != "publish":
            return
        paths = {item["path"] for item in entry.body["items"]}
        if self.page is not None and self.page not in paths:
            return
        verdict = before[entry.body["verdict"] - 1]
        if verdict.type != "verdict":
            return  # folding it will say so
        wrong = unfounded(state, verdict, entry)
        if wrong:
            said = f"台账第 {entry.seq} 条没有依据：{wrong}"
            self.findings.append(Finding(Code.NOT_APPROVING, said, self.page))
        self.claims.append(_Claim(entry, verdict, len(state.rules) - 1))

    def at_time(self, state: State) -> PathState | None:
        """The page at the time asked for, or now."""
        return self._then[0] if self._then is not None else state.paths.get(self.page or "")


@dataclass(frozen=True, slots=True)
class _Work:
    """What workers inherit when they are forked."""

    objects: Objects
    claims: Sequence[_Claim]
    rules: Sequence[tuple[bytes, bytes]]
    blobs: Sequence[tuple[str, PathState]]
    repository: str


_work: _Work | None = None
_MANY = 3_000


def _shared(work: _Work, crew: Crew, count: int, weight: int, task: object) -> list[Finding]:
    global _work  # noqa: PLW0603 -- inherited, not sent
    _work = work
    assert callable(task)
    shares = crew.jobs if count * weight > _MANY else 1
    try:
        if shares == 1:
            return list(task((0, 1)))
        tasks = [Task((share, shares), _MANY) for share in range(shares)]
        with Crew(shares) as fresh:  # forked now, with the work at hand
            return [finding for found in fresh.each(task, tasks) for finding in found]
    finally:
        _work = None


def _judged_again(book: Book, crew: Crew, claims: Sequence[_Claim]) -> list[Finding]:
    try:
        rules = [
            (roles.data, policy.data)
            for roles, policy in (
                rules_of(book.objects, row[1], row[2]) for row in book.state.rules
            )
        ]
    except MissingObjectError as error:
        return [Finding(Code.EVIDENCE_MISSING, f"这个克隆里缺少审核规则 {error}")]
    except (Differs, LedgerError) as error:
        return [Finding(Code.BYTES_DIFFER, f"审核规则的字节不符：{error}")]
    work = _Work(book.objects, claims, rules, (), book.state.repository)
    return _shared(work, crew, len(claims), 20, _claims)


def _claims(share: tuple[int, int]) -> list[Finding]:
    assert _work is not None
    found = []
    for claim in _work.claims[share[0] :: share[1]]:
        roles, policy = _work.rules[claim.rules]
        decision, codes = reevaluated(claim.verdict, roles, policy)
        path = str(claim.publish.body["items"][0]["path"])
        if decision != "approve":
            code = Code.KEY if _OF_KEYS.intersection(codes) else Code.NOT_APPROVING
            said = f"台账第 {claim.verdict.seq} 条的结论不成立：{'、'.join(codes) or decision}"
            found.append(Finding(code, said, path))
        wrong = bad_signature(claim.verdict.body["facts"], roles, _work.repository)
        if wrong:
            found.append(Finding(Code.KEY, f"台账第 {claim.verdict.seq} 条：{wrong}", path))
    return found


def _hashed_again(book: Book, crew: Crew, paths: Mapping[str, PathState]) -> list[Finding]:
    work = _Work(book.objects, (), (), list(paths.items()), "")
    return _shared(work, crew, len(paths), 1, _blobs)


def _blobs(share: tuple[int, int]) -> list[Finding]:
    assert _work is not None
    rows = _work.blobs[share[0] :: share[1]]
    found = []
    names = [one.git for _, one in rows]
    try:
        for (path, one), data in zip(rows, _work.objects.objects(names), strict=True):
            if hashlib.sha256(data).hexdigest() != one.sha256 or len(data) != one.size:
                found.append(Finding(Code.BYTES_DIFFER, f"对象 {one.git} 的字节不符", path))
    except MissingObjectError as error:
        found.append(Finding(Code.EVIDENCE_MISSING, f"这个克隆里缺少对象 {error}"))
    except Differs as error:
        found.append(Finding(Code.BYTES_DIFFER, f"对象 {error} 的字节和名字不符"))
    return found
