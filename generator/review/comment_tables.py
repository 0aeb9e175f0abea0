"""The two tables of the comment: who filled which level, and which gate is passed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.review.comment_text import escaped, short_time
from generator.review.openings import Opening
from generator.review.policy import Policy
from generator.review.reasons import words_of
from generator.review.roles import Roles

__all__ = ["Tables"]

_STATES = {"filled": "✅", "missing": "⏳", "out_of_order": "🔁", "passed": "✅"}
_HOLDS = {"failed": "⛔", "stale": "🔁", "late": "🔁"}


class Tables:
    """What stands in the rows, and how a level and a person are named."""

    def __init__(
        self,
        verdict: Mapping[str, Any],
        open_levels: Sequence[Opening],
        roles: Roles,
        policy: Policy,
        words: Mapping[str, Any],
    ) -> None:
        self._verdict, self._open, self._roles = verdict, open_levels, roles
        self._policy, self._words = policy, words

    def level(self, name: str) -> str:
        """A level as a clerk calls it."""
        return words_of("levels")[name]

    def _person(self, person: str | None) -> str:
        known = self._roles.people.get(person or "")
        return f"{escaped(known.name)}（{escaped(known.id)}）" if known else escaped(person or "—")

    def mention(self, person: str) -> str:
        """A person with the account, so that the forge tells him."""
        known = self._roles.people[person]
        logins = sorted(login for (forge, _), login in known.logins.items() if forge == "github")
        safe = [login for login in logins if re.fullmatch(r"[A-Za-z0-9-]{1,39}", login)]
        return f"{escaped(known.name)} {' '.join(f'@{login}' for login in safe)}".strip()

    def levels(self) -> Iterator[str]:
        """The table of levels; nothing where the verdict has none."""
        rows = self._verdict["levels"]
        if not rows:
            return
        order = sorted(rows, key=lambda name: (name == "L3", name[0].islower(), name))
        yield self._words["levels_head"]
        yield "|---|---|---|---|---|"
        for name in order:
            yield self._level_row(name, rows[name])
        yield ""

    def _level_row(self, name: str, row: Mapping[str, Any]) -> str:
        said = {**words_of("states"), **self._words["states"]}[row["state"]]
        state = f"{_STATES[row['state']]} {said}"
        if row["state"] != "filled":
            waiting = next((one for one in self._open if one.level == name), None)
            names = [self._person(person) for person in waiting.persons] if waiting else []
            who = f"待审：{'、'.join(names)}" if names else "待审"
            return f"| {self.level(name)} | {state} | {who} | — | — |"
        evidence = words_of("evidence").get(row["evidence"] or "", "—")
        by = f"，受托 {escaped(row['delegation'])}" if row["delegation"] else ""
        if row["by"] == "authorship":
            by = "，本人撰稿"
        at = short_time(row["at"], self._policy.zone) if row["at"] else "—"
        who = f"{self._person(row['person'])}{by}"
        return f"| {self.level(name)} | {state} | {who} | {at} | {evidence} |"

    def gates(self) -> Iterator[str]:
        """The table of gates; nothing where the verdict has none."""
        rows = self._verdict["gates"]
        if not rows:
            return
        yield self._words["gates_head"]
        yield "|---|---|---|---|"
        for gate, title in words_of("gates").items():
            row = rows.get(gate)
            if row is None:
                continue
            mark = {**_STATES, **_HOLDS}[row["state"]]
            said = row["attestation"]
            by = (
                f"{self._person(said['person'])}，{short_time(said['at'], self._policy.zone)}"
                if said
                else "待确认：" + "、".join(self._policy.gates[gate].checklist.values())
            )
            machine = words_of("machines")[row["machine"]]
            state = {**words_of("states"), **self._words["gate_states"]}[row["state"]]
            yield f"| {title} | {mark} {state} | {machine} | {by} |"
        yield ""
