"""The accounts of the fake: persons, bots and the ghost of a deleted account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["ACTIONS_BOT", "GHOST", "WEB_FLOW", "User"]


@dataclass(frozen=True)
class User:
    """An account: the number decides, the login may change."""

    id: int
    login: str
    type: str = "User"

    @property
    def email(self) -> str:
        """The address that GitHub gives a web commit, and knows a person's commits by."""
        return f"{self.id}+{self.login}@users.noreply.github.com"

    def shown(self) -> dict[str, Any]:
        """As an answer names it; the rest of its properties is filled in."""
        return {"id": self.id, "login": self.login, "type": self.type}


ACTIONS_BOT = User(41898282, "github-actions[bot]", "Bot")
GHOST = User(10137, "ghost")  # shown where the description allows no null
WEB_FLOW = User(19864447, "web-flow")
