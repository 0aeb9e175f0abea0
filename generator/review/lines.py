"""The lines of a review's body → what its writer says, by an exact grammar.

A line of a signature is the same without its token. Anything else in a body is talk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["GATE_NAMES", "Lines", "Waiver", "body_lines", "read_lines"]

GATE_NAMES = {"政治关": "political", "法律关": "legal", "文字关": "wording", "保密审查": "secrecy"}

_BOUND = ("同意", "签发", "审查", "豁免", "不采纳")  # a line that begins so is bound by its token
_TOKEN = r"(?P<token>[0-9a-f]{4}(?:-[0-9a-f]{4}){3})"
_REASON = r"(?: (?P<reason>\S.*))?"
_GATE = "|".join(GATE_NAMES)
_APPROVE, _ATTEST, _WAIVE, _OVERRIDE = (
    r"(?P<word>同意|签发)",
    r"(?P<word>审查)",
    rf"(?P<word>豁免) (?P<gate>{_GATE})",
    r"(?P<word>不采纳)",
)
_WITH_TOKEN = tuple(
    re.compile(form)
    for form in (
        f"{_APPROVE} {_TOKEN}",
        f"{_ATTEST} {_TOKEN}",
        f"{_WAIVE} {_TOKEN}{_REASON}",
        f"{_OVERRIDE} {_TOKEN}{_REASON}",
    )
)
_SIGNED = tuple(
    re.compile(form) for form in (_APPROVE, _ATTEST, _WAIVE + _REASON, _OVERRIDE + _REASON)
)
_TICK = re.compile(r"- \[x\] (\S+)(?: .*)?")
_RAISE = re.compile(r"升级 (\S+)")
_WITHDRAW = "撤回异议"
_BLANKS = " \t\u3000"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A wish to set a gate's failed machine result aside; without a reason it has no effect."""

    gate: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What a body says."""

    bound: bool = False  # it has a line that needs a token
    malformed: bool = False  # one of these is not well formed, or they contradict each other
    token: str | None = None  # the one token that all of them carry
    approval: str | None = None  # 同意 or 签发
    ticks: frozenset[str] = frozenset()
    waivers: tuple[Waiver, ...] = ()
    override: str = ""  # the reason; without one it has no effect
    withdraws: bool = False
    raises: tuple[str, ...] = ()

    @property
    def says_anything(self) -> bool:
        """Whether there is any line of the grammar: a comment without one is no act."""
        return bool(self.bound or self.ticks or self.withdraws or self.raises)


def body_lines(body: str) -> list[str]:
    """The lines of a body: they end at LF or CRLF, blanks at their end are dropped."""
    return [line.removesuffix("\r").rstrip(_BLANKS) for line in body.split("\n")]


def read_lines(lines: Iterable[str], signed: bool = False) -> Lines:
    """What these lines say: of a body, with tokens; or signed, without."""
    forms = _SIGNED if signed else _WITH_TOKEN
    ticks: set[str] = set()
    raises: set[str] = set()
    waivers: set[tuple[str, str]] = set()
    tokens: set[str] = set()
    approvals: list[str] = []
    reasons: list[str] = []
    bound = malformed = withdraws = False
    for line in lines:
        if line.startswith(_BOUND):
            bound = True
            said = next((found for form in forms if (found := form.fullmatch(line))), None)
            if said is None:
                malformed = True
                continue
            words = said.groupdict()
            tokens.add(words.get("token", ""))
            match words["word"]:
                case "同意" | "签发" as word:
                    approvals.append(word)
                case "豁免":
                    waivers.add((GATE_NAMES[words["gate"]], words["reason"] or ""))
                case "不采纳":
                    reasons.append(words["reason"] or "")
        elif tick := _TICK.fullmatch(line):
            ticks.add(tick[1])
        elif raised := _RAISE.fullmatch(line):
            raises.add(raised[1])
        elif line == _WITHDRAW:
            withdraws = True
    one_token = len(tokens) == 1
    return Lines(
        bound=bound,
        malformed=malformed or (bound and not one_token) or len(approvals) > 1,
        token=next(iter(tokens)) if one_token and not signed else None,
        approval=approvals[0] if len(approvals) == 1 else None,
        ticks=frozenset(ticks),
        waivers=tuple(Waiver(*waiver) for waiver in sorted(waivers)),
        override=max(reasons, default=""),
        withdraws=withdraws,
        raises=tuple(sorted(raises)),
    )
