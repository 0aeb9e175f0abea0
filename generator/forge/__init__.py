"""Forges: what one answers, turned into the words of the review's facts; it decides nothing.

No git stands here, and no rule: a `Reading` says what the forge says of a change, how whole that
is, and which head each act was seen with. Fields that nothing here names are dropped.
"""

from __future__ import annotations

from generator.forge.github import GitHub, MergeAnswer
from generator.forge.http import Client, ForgeError
from generator.forge.reading import Account, Contributor, ForgeAct, Reading

__all__ = [
    "Account",
    "Client",
    "Contributor",
    "ForgeAct",
    "ForgeError",
    "GitHub",
    "MergeAnswer",
    "Reading",
]
