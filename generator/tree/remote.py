"""Fetching from a remote as data: objects and refs of our own, never a checkout."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping

from generator.tree.raw import Objects
from generator.tree.repository import GitError

__all__ = ["Remote"]


class Remote:
    """A remote of a repository, by name or address; with a token where it is asked for over HTTPS.

    The token goes to git by its environment: a command line can be read by everybody.
    """

    def __init__(self, objects: Objects, address: str, token: str = "", at: str = "") -> None:
        self._objects, self._address = objects, address
        self._variables: Mapping[str, str] = {}
        if token:
            basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
            self._variables = {
                "GIT_CONFIG_COUNT": "2",
                "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": str(objects.root),
                "GIT_CONFIG_KEY_1": f"http.{at}.extraheader",
                "GIT_CONFIG_VALUE_1": f"AUTHORIZATION: basic {basic}",
            }

    def fetch(self, refs: Mapping[str, str]) -> None:
        """Sets refs here to what the remote's are: remote's full name → ours. Errors: GitError."""
        self._fetch(f"+{theirs}:{ours}" for theirs, ours in refs.items())

    def fetch_ledger(self, branch: str, ours: str) -> bool:
        """As `fetch` for one branch; whether the remote has it. Errors: GitError."""
        words = ("ls-remote", "--exit-code", self._address, branch)
        done = self._objects.run(*words, variables=self._variables)
        if done.returncode == 2:
            return False
        if done.returncode:
            raise GitError(done.stderr.decode(errors="replace").strip())
        self._fetch([f"{branch}:{ours}"])
        return True

    def bring(self, commit: str) -> bool:
        """Whether a commit is here, or could be fetched by its name."""
        if not self._objects.has(commit):
            try:
                self._fetch([commit])
            except GitError:
                return False
        return self._objects.has(commit)

    def _fetch(self, what: Iterable[str]) -> None:
        words = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc")
        done = self._objects.run(*words, self._address, *what, variables=self._variables)
        if done.returncode:
            raise GitError(done.stderr.decode(errors="replace").strip())
