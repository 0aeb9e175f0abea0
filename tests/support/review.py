"""Cases of the review gate: the base change of `tests/cases/review/base/`, and patches over it.

How a case is written stands in `tests/cases/review/README.md`.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.review.evaluate import identify
from generator.review.facts import parse_facts
from generator.review.policy import read_policy
from generator.review.roles import read_roles

__all__ = ["BASE_SUBJECT", "CASES", "NOW", "Case", "Inputs", "base", "cases", "inputs", "patched"]

CASES = Path(__file__).parent.parent / "cases" / "review"
NOW = "2026-11-20T12:00:00+08:00"
BASE_SUBJECT = "7c024bcaf498a7eabaa85f7f5b92bd2a09d0a0816deb353bf820c17eb9b77ba7"
_NAMES = ("id", "path", "gate")  # what a member of a list is known by


@dataclass(frozen=True)
class Case:
    """One case as its file has it."""

    file: str
    run: str
    row: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.file}: {self.row['case']}"


@dataclass(frozen=True)
class Inputs:
    """What a case gives to `evaluate`."""

    facts: bytes
    roles: bytes
    policy: bytes
    now: str


def cases(run: str) -> list[Case]:
    """Every case of one stage: of the files whose `run` is that."""
    found = []
    for path in sorted(CASES.rglob("*.yml")):
        if path.parent.name == "base":
            continue
        data = yaml.safe_load(path.read_text("utf-8"))
        if data["run"] == run:
            name = path.relative_to(CASES).with_suffix("").as_posix()
            found += [Case(name, run, row) for row in data["cases"]]
    return found


def base(name: str) -> bytes:
    """A file of the base: facts.json, roles.yml or policy.yml."""
    return (CASES / "base" / name).read_bytes()


def inputs(case: Case) -> Inputs:
    """The base with the patches of a case over it."""
    row = case.row
    roles = _rules("roles.yml", row.get("roles", {}))
    policy = _rules("policy.yml", row.get("policy", {}))
    facts = json.loads(base("facts.json"))
    patch = dict(row.get("facts", {}))
    text = patch.pop("text", None)
    facts = patched(facts, patch)
    if text is not None:
        return Inputs(text.encode("utf-8"), roles, policy, row.get("now", NOW))
    if row.get("rebind"):
        facts = _rebound(facts, roles, policy)
    return Inputs(
        json.dumps(facts, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        roles,
        policy,
        row.get("now", NOW),
    )


def _rules(name: str, patch: Mapping[str, Any]) -> bytes:
    data = base(name)
    rest = dict(patch)
    text = rest.pop("text", None)
    if text is not None:
        return str(text).encode()
    for old, new in rest.pop("replace", {}).items():
        assert data.count(old.encode()) >= 1, f"{name} holds no {old!r}"
        data = data.replace(old.encode(), new.encode())
    if rest:
        value = patched(yaml.load(data, Loader=yaml.BaseLoader), {})
        value = patched(_numbers(value), rest)
        data = json.dumps(value, ensure_ascii=False, indent=1).encode()
    return data


def _numbers(value: Any) -> Any:
    """The numbers and nulls that the base loader left as text; ids stay text."""
    if isinstance(value, dict):
        return {
            key: int(part)
            if isinstance(part, str) and part.isdigit() and key != "id"
            else None
            if part == "null"
            else _numbers(part)
            for key, part in value.items()
        }
    return [_numbers(part) for part in value] if isinstance(value, list) else value


def patched(value: Any, patch: Mapping[str, Any]) -> Any:
    """A copy of a value with `drop`, `set` and `add` done to it, in this order.

    A place is a path of keys with slashes; a member of a list is named by its id, path, gate or
    number. `add` takes members for a list; one with `like` is a copy of that member, changed.
    """
    unknown = set(patch) - {"drop", "set", "add"}
    assert not unknown, f"a patch has no {unknown}"
    value = copy.deepcopy(value)
    for place in patch.get("drop", ()):
        holder, key = _holder(value, place)
        del holder[key]
    for place, given in patch.get("set", {}).items():
        holder, key = _holder(value, place)
        holder[key] = copy.deepcopy(given)
    for place, members in patch.get("add", {}).items():
        holder, key = _holder(value, place)
        if isinstance(members, dict):
            holder[key] |= members
        else:
            for member in members:
                holder[key].append(_like(holder[key], member))
    return value


def _like(siblings: list[Any], member: Any) -> Any:
    if not isinstance(member, dict) or "like" not in member:
        return copy.deepcopy(member)
    rest = {key: part for key, part in member.items() if key != "like"}
    return copy.deepcopy(siblings[_index(siblings, member["like"])]) | rest


def _holder(value: Any, place: str) -> tuple[Any, Any]:
    steps = list(_steps(value, place.split("/")))
    for step in steps[:-1]:
        value = value[step]
    return value, steps[-1]


def _steps(value: Any, words: list[str]) -> Iterator[Any]:
    """The keys on the way; in a mapping a key may itself hold slashes."""
    while words:
        if isinstance(value, list):
            step: Any = None
            for length in range(len(words), 0, -1):
                name = "/".join(words[:length])
                if (found := _found(value, name)) is not None:
                    step, words = found, words[length:]
                    break
            assert step is not None, f"no member {'/'.join(words)}"
        else:
            for length in range(len(words), 0, -1):
                name = "/".join(words[:length])
                if name in value or length == 1:
                    step, words = name, words[length:]
                    break
        yield step
        if words:
            value = value[step]


def _found(members: list[Any], name: str) -> int | None:
    if name.isdigit() and int(name) < len(members):
        return int(name)
    for index, member in enumerate(members):
        if isinstance(member, dict) and any(member.get(key) == name for key in _NAMES):
            return index
    return None


def _index(members: list[Any], name: Any) -> int:
    found = _found(members, str(name))
    assert found is not None, f"no member {name}"
    return found


def _rebound(facts: Any, roles: bytes, policy: bytes) -> Any:
    """The facts with the subject that they have now in all places of the base's."""
    read, faults = parse_facts(facts)
    these_roles, _ = read_roles(roles)
    this_policy, _ = read_policy(policy)
    assert read is not None and these_roles is not None and this_policy is not None, faults
    subject = identify(read, these_roles, this_policy).subject
    assert subject is not None
    return json.loads(json.dumps(facts).replace(BASE_SUBJECT, subject))
