"""`policy.yml` as the gate takes it: bytes → rules, or what is wrong with them.

The schema says what it can; here stands what two places of the file say together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from generator.review.rules_file import RulesFault, opened
from generator.review.shapes import Breach, breaches, pointer_text

__all__ = ["ClassRule", "GateRule", "Limits", "PathRule", "Policy", "read_policy"]

_MAY_BE_EMPTY = frozenset({"authorship_counts", "extra", "waive"})
_MAY_BE_ZERO = frozenset({"clock_skew_seconds", "version"})  # a version is no count


@dataclass(frozen=True, slots=True)
class Limits:
    """How large and how old things may be."""

    units: int
    files: int
    file_bytes: int
    clock_skew_seconds: int
    gate_age_days: int


@dataclass(frozen=True, slots=True)
class ClassRule:
    """What a class asks for."""

    id: str
    name: str
    min_rank: int
    evidence: Mapping[str, str]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathRule:
    """A row of `paths`; `types` None: any type."""

    match: tuple[str, ...]
    kind: str
    types: frozenset[str] | None
    min_class: str | None


@dataclass(frozen=True, slots=True)
class GateRule:
    """What a gate asks for."""

    machine: str
    attest: frozenset[str]
    waive: frozenset[str]
    checklist: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The whole file; `data` is what it was read from."""

    version: int
    repository: str
    visibility: str
    target: str
    zone: str
    platform_unit: str
    merge_methods: tuple[str, ...]
    authorship: frozenset[str]
    limits: Limits
    classes: Mapping[str, ClassRule]
    paths: tuple[PathRule, ...]
    gates: Mapping[str, GateRule]
    data: Mapping[str, Any]

    def class_of(self, name: str) -> str:
        """The class that a name means; one that the policy does not know is its highest."""
        return name if name in self.classes else max(self.classes)


@lru_cache(maxsize=16)
def read_policy(data: bytes) -> tuple[Policy | None, tuple[RulesFault, ...]]:
    """The policy, and nothing; or None, and every fault of the file.

    Errors: none; codes are `policy_unreadable` and `threshold_zero`.
    """
    value, unread = opened(data, "policy_unreadable")
    if unread:
        return None, unread
    zeros = list(_zeros(value, ()))
    found = [RulesFault("threshold_zero", _of_zero(pointer)) for pointer in zeros]
    found += [
        RulesFault("policy_unreadable", f"{pointer_text(breach[0]) or '整个文件'} 不合格式")
        for breach in breaches("review-policy", value)
        if not _is_that_zero(breach, zeros)
    ]
    if not found:
        found = [RulesFault("policy_unreadable", text) for text in _disagreements(value)]
    return (None, tuple(found)) if found else (_policy(value), ())


def _zeros(value: Any, pointer: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    name = next((step for step in reversed(pointer) if isinstance(step, str)), "")
    if isinstance(value, dict):
        if not value and name == "checklist":
            yield pointer
        for key, part in value.items():
            yield from _zeros(part, (*pointer, key))
    elif isinstance(value, list):
        if not value and name not in _MAY_BE_EMPTY:
            yield pointer
        for index, part in enumerate(value):
            yield from _zeros(part, (*pointer, index))
    elif type(value) is int and value == 0 and name not in _MAY_BE_ZERO:
        yield pointer


def _of_zero(pointer: tuple[str | int, ...]) -> str:
    return f"{pointer_text(pointer)} 是空的或者是 0"


def _is_that_zero(breach: Breach, zeros: list[tuple[str | int, ...]]) -> bool:
    at, keyword = breach
    return (
        at in zeros and at[-1:] != ("min_rank_L3",) and keyword in ("minItems", "minimum", "const")
    )


def _disagreements(value: Mapping[str, Any]) -> Iterator[str]:
    try:
        ZoneInfo(value["time_zone"])
    except (ValueError, OSError, LookupError):  # a folder, or a name that no zone has
        yield f"time_zone {value['time_zone']} 不是时区"


def _policy(value: Mapping[str, Any]) -> Policy:
    return Policy(
        version=value["version"],
        repository=value["repository"],
        visibility=value["visibility"],
        target=value["target"],
        zone=value["time_zone"],
        platform_unit=value["platform_unit"],
        merge_methods=tuple(value["merge_methods"]),
        authorship=frozenset(value["authorship_counts"]),
        limits=Limits(**value["limits"]),
        classes={
            name: ClassRule(
                name,
                one["name"],
                one["min_rank_L3"],
                one["evidence"],
                tuple(sorted(set(one["extra"]))),
            )
            for name, one in sorted(value["classes"].items())
        },
        paths=tuple(
            PathRule(
                tuple(one["match"]),
                one["kind"],
                frozenset(one["types"]) if "types" in one else None,
                one.get("min_class"),
            )
            for one in value["paths"]
        ),
        gates={
            name: GateRule(
                one["machine"],
                frozenset(one["attest"]),
                frozenset(one["waive"]),
                one["checklist"],
            )
            for name, one in sorted(value["gates"].items())
        },
        data=value,
    )
