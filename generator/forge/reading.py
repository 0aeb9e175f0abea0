"""What a forge says of a change: values in the words of the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Account", "Contributor", "Dismissal", "ForgeAct", "Reading"]


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """An account: the number decides, the login is for display."""

    id: str
    login: str
    type: str = "user"  # user | bot | other
    forge: str = "github"

    def fact(self) -> dict[str, str]:
        """As the facts write it."""
        return {"forge": self.forge, "id": self.id, "login": self.login, "type": self.type}


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who had a part in a change, and which."""

    account: Account
    kinds: tuple[str, ...]

    def fact(self) -> dict[str, Any]:
        """As the facts write it."""
        return {"account": self.account.fact(), "kinds": sorted(self.kinds)}


@dataclass(frozen=True, slots=True)
class Dismissal:
    """By whom (None: the account is gone) and when a review was dismissed."""

    by: Account | None
    at: str

    def fact(self) -> dict[str, Any]:
        """As the facts write it."""
        return {"by": self.by.fact() if self.by else None, "at": self.at}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgeAct:
    """A review. `head` is the commit that its own event showed, where three sources agree on it."""

    id: str
    account: Account | None
    state: str  # approve | object | comment
    at: str
    body: str
    edited: bool
    dismissed: Dismissal | None
    head: str | None
    answer: Mapping[str, Any] = field(default_factory=dict)  # what the forge said, to be digested


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A change as the forge shows it. `faults` says why a flag of `complete` is false."""

    change: str  # "github:123"
    number: int
    title: str
    state: str  # open | closed | merged
    draft: bool
    opened_at: str
    target: str  # a full ref name
    head: str | None  # None: its repository is gone
    head_ref: str
    merge_commit: str | None
    merged_by: Account | None
    contributors: tuple[Contributor, ...]
    initiator: Account | None
    suggestions: tuple[tuple[Account | None, str, str], ...]  # account, path, proposed text
    acts: tuple[ForgeAct, ...]
    commits: tuple[str, ...]
    files: tuple[tuple[str, str], ...]  # path and status, to cross-check our own diff
    complete: Mapping[str, bool]  # items, commits, acts, contributors
    faults: tuple[str, ...]
    comment: tuple[int, str] | None  # our own comment: its number and its text
