"""The settings that the review needs of GitHub, audited by their effect on a branch.

A ruleset can look active and name no branch: only what `get-branch-rules` says holds there counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["CHECK", "LEDGER_RULES", "MANUAL", "TRUNK_RULES", "Finding", "Wanted", "audit"]

CHECK = "gongkai review"
Rule = Mapping[str, Any]
Test = Callable[[Rule], bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rule that must be in force; `says` is a sentence for whoever sets it."""

    type: str
    says: str
    holds: Test = lambda _: True


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong on a branch; `certain` is false where the token could not see it."""

    branch: str
    says: str
    certain: bool = True


def _parameters(rule: Rule) -> Mapping[str, Any]:
    found = rule.get("parameters")
    return found if isinstance(found, Mapping) else {}


def _squash_only(rule: Rule) -> bool:
    return _parameters(rule).get("allowed_merge_methods") == ["squash"]


def _keeps_reviews(rule: Rule) -> bool:
    return _parameters(rule).get("dismiss_stale_reviews_on_push") is False


def _asks_for_check(rule: Rule) -> bool:
    checks = _parameters(rule).get("required_status_checks", [])
    return any(check.get("context") == CHECK for check in checks)


TRUNK_RULES = (
    Wanted(
        "pull_request", "只能通过合并请求进入主干，合并方式只开压缩合并（squash）", _squash_only
    ),
    Wanted(
        "pull_request",
        "不要勾选“有新提交就驳回旧的批准”：字节没变的批准仍然有效，变没变由审核程序判断",
        _keeps_reviews,
    ),
    Wanted("required_status_checks", f"必须通过检查“{CHECK}”", _asks_for_check),
    Wanted("deletion", "不许删除"),
    Wanted("non_fast_forward", "不许强制推送"),
)
LEDGER_RULES = (
    Wanted("update", "限制更新，只有一把部署密钥可以推送"),
    Wanted("deletion", "不许删除"),
    Wanted("non_fast_forward", "不许强制推送"),
)
MANUAL = (
    "仓库设为私有；关闭 fork、自动合并和合并队列；不许 Actions 批准合并请求。",
    "环境 gatekeeper（台账签名密钥、部署密钥）和 deploy（主机密钥）只对主干开放。",
    "环境 second-person 要有审核人，并且不许启动的人自己放行：一小时内撤稿超过限额时由他们放行。",
    "部署密钥只留一把：规则里的 DeployKey 指的是任何一把部署密钥。",
    "Pages 不由分支发布。",
)


def audit(
    rules: Mapping[str, Sequence[Rule]],
    rulesets: Mapping[int, Mapping[str, Any] | None],
    trunk: str,
    ledger: str,
) -> list[Finding]:
    """What the rules in force lack, and who may pass them by.

    Shapes: `rules` by branch as `get-branch-rules` lists them; `rulesets` by number, None where
        the token may not read one.
    """
    found: list[Finding] = []
    for branch, wanted in ((trunk, TRUNK_RULES), (ledger, LEDGER_RULES)):
        there = rules[branch]
        found += [Finding(branch, one.says) for one in wanted if not _holds(one, there)]
        found += _bypasses(branch, there, rulesets, {"DeployKey"} if branch == ledger else set())
    if any(rule.get("type") == "merge_queue" for rule in rules[trunk]):
        found.append(Finding(trunk, "关闭合并队列：它合并出的提交不是批准的那一个"))
    return found


def _holds(wanted: Wanted, there: Iterable[Rule]) -> bool:
    """Whether a rule in force does it. Of several of a type all hold: one strict is enough."""
    return any(rule.get("type") == wanted.type and wanted.holds(rule) for rule in there)


def _bypasses(
    branch: str,
    there: Iterable[Rule],
    rulesets: Mapping[int, Mapping[str, Any] | None],
    allowed: set[str],
) -> Iterator[Finding]:
    numbers = {rule["ruleset_id"] for rule in there if isinstance(rule.get("ruleset_id"), int)}
    for number in sorted(numbers):
        ruleset = rulesets.get(number)
        actors = ruleset.get("bypass_actors") if ruleset is not None else None
        if actors is None:
            says = f"规则集 {number} 谁可以绕过看不到：请用管理员的令牌再查一次"
            yield Finding(branch, says, certain=False)
            continue
        for actor in actors:
            if actor.get("actor_type") not in allowed:
                yield Finding(
                    branch, f"规则集 {number} 允许 {actor.get('actor_type')} 绕过，请去掉"
                )
