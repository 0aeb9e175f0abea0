"""Accounts in GitHub's answers, by their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.forge.reading import Account

__all__ = ["account_of", "account_of_actor", "noreply_id"]

_TYPES = {"User": "user", "Bot": "bot"}
_GHOST = 10137  # the account that GitHub puts in the place of a deleted one where it gives no null
_NOREPLY = re.compile(r"(\d{1,20})\+([^@\s]+)@users\.noreply\.github\.com", re.IGNORECASE)


def account_of(user: Any) -> Account | None:
    """The account in a REST answer; None for the ghost of a deleted one."""
    if not isinstance(user, Mapping) or not isinstance(user.get("id"), int):
        return None
    if user["id"] == _GHOST:
        return None
    return Account(str(user["id"]), str(user.get("login", "")), _TYPES.get(user["type"], "other"))


def account_of_actor(actor: Any) -> Account | None:
    """The account in a GraphQL answer, where actors bear a type's name and a number."""
    if not isinstance(actor, Mapping) or not isinstance(actor.get("databaseId"), int):
        return None
    if actor["databaseId"] == _GHOST:
        return None
    kind = _TYPES.get(str(actor.get("__typename", "User")), "other")
    return Account(str(actor["databaseId"]), str(actor.get("login", "")), kind)


def noreply_id(email: str) -> Account | None:
    """The account that GitHub's own kind of address names.

    >>> noreply_id("5550007+wang-tax@users.noreply.github.com")
    Account(id='5550007', login='wang-tax', type='user', forge='github')
    >>> noreply_id("wang@tax.invalid")
    """
    match = _NOREPLY.fullmatch(email.strip())
    return Account(match[1], match[2]) if match else None
