"""Stories: cases of `admit`, `build`, `takedown` and `verify` as steps over a real repository.

A step is one verb with what it needs, as tests/cases/review/README.md lists them. What a person or
a workflow would type goes through the command line; its exit code and reason are what is expected.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from generator.cli import gongkai
from tests.support import harm
from tests.support.city import City, Proposal

__all__ = ["Story", "Teller", "stories"]

_FOLDER = Path(__file__).parents[1] / "cases" / "review"
PAGE = "content/units/tax/articles/2026/0042.md"
TEXT = "---\ntitle: 停水通知\nreviewClass: A\n---\n11月25日8时至18时停水。\n"


@dataclass(frozen=True)
class Story:
    """One case: its name, where the contract has it, its steps, and the city it begins with."""

    name: str
    spec: str
    steps: list[dict[str, Any]]
    city: str


def stories(stage: str) -> list[Story]:
    """The cases of a stage, from every file below its folder."""
    found = []
    for file in sorted((_FOLDER / stage).glob("*.yml")):
        value = yaml.safe_load(file.read_text("utf-8"))
        assert value["run"] == stage, file
        for row in value["cases"]:
            name = f"{file.stem}: {row['case']}"
            city = row.get("city", value.get("city", "small"))
            found.append(Story(name, row.get("spec", ""), row["steps"], city))
    return found


class Teller:
    """Plays the steps of one story in one city."""

    def __init__(self, city: City, place: Path) -> None:
        self.city = city
        self.place = place
        self.proposals: dict[str, Proposal] = {}
        self.noted = ""
        self.clones = 0

    def tell(self, story: Story) -> None:
        """Every step, with what is expected of it."""
        for number, step in enumerate(story.steps, 1):
            ((verb, told),) = step.items()
            said = getattr(self, f"do_{verb}")(**(told or {}))
            assert said is None, f"step {number}, {verb}: {said}"

    # what people do

    def do_propose(
        self, name: str = "a", unit: str = "tax", put: dict[str, str] | None = None,
        delete: tuple[str, ...] = (), commits: list[dict[str, str]] | None = None,
        roles: dict[str, Any] | None = None, restore: bool = False,
    ) -> None:  # fmt: skip
        files = put if put is not None else {} if (delete or commits or roles) else {PAGE: TEXT}
        if restore:
            seq = self.city.book.state.paths[PAGE].seq
            files = {PAGE: TEXT.replace("\n---", f"\nrestoreOf: {seq}\n---", 1)}
        proposed = None
        if roles is not None:
            files = {"content/governance/roles.yml": self.city.roles(**roles)}
            version = roles.get("version", 17)
            proposed = {"roles_version": version, "policy_version": 9, "problems": []}
        made = self.city.propose(unit, (commits or [files])[0], *delete)
        for more in (commits or [])[1:]:
            git = self.city.repository.git
            git("switch", "-q", f"change-{self.city.numbers}")
            made.head = self.city.repository.commit(more)
            git("switch", "-q", "main")
            made.items = self.city.items(made.base, made.head)
        made.proposed = proposed
        self.proposals[name] = made

    def do_review(
        self, name: str = "a", offices: tuple[int, ...] = (2, 3, 4), decision: str = "approve",
        codes: list[str] | None = None,
    ) -> str | None:  # fmt: skip
        verdict = self.city.review(self.proposals[name], offices)
        found = sorted({reason["code"] for reason in verdict["reasons"]})
        right = verdict["decision"] == decision and (codes is None or set(codes) <= set(found))
        return None if right else f"{verdict['decision']} {found}"

    def do_merge(self, name: str = "a", also: dict[str, str] | None = None) -> None:
        self.commit = self.city.merge(self.proposals[name], also)

    def do_merge_commit(self, name: str = "a") -> None:
        self.city.repository.merge(self.proposals[name].head)

    def do_rebase(self, name: str = "a") -> None:
        proposal = self.proposals[name]
        self.city.repository.git("cherry-pick", f"{proposal.base}..{proposal.head}")

    def do_push(self, put: dict[str, str] | None = None, delete: tuple[str, ...] = ()) -> None:
        self.city.repository.commit(put or {}, *delete)

    def do_revert(self) -> None:
        self.city.repository.git("revert", "--no-edit", "HEAD")

    def do_rewrite(self) -> None:
        self.city.repository.git("reset", "-q", "--hard", self.city.first)
        self.city.repository.commit({"theme/main.html": "another history\n"})

    def do_wait(self, hours: int) -> None:
        self.city.time += timedelta(hours=hours)

    def do_harm(self, how: str) -> None:
        getattr(harm, how)(self.city)

    def do_forget_head(self, name: str = "a") -> None:
        self.city.repository.git("branch", "-q", "-D", f"change-{self.city.numbers}")
        self.city.repository.git("reflog", "expire", "--expire=now", "--all")
        self.city.repository.git("gc", "-q", "--prune=now")
        assert not self.city.objects.has(self.proposals[name].head)

    def do_key(self, action: str, key: str, role: str, start: int, add: bool = False) -> None:
        body = {
            "action": action, "role": role, "fingerprint": self.city.keys.fingerprint(key),
            "public": self.city.keys.public(key) if add else None,
            "from_seq": start if start > 0 else self.city.book.state.size + 1 + start,
            "reason": "示例",
        }  # fmt: skip
        self.city.book.append([("key", body)], self.city.now(), self.city.by_roots())

    def do_note(self) -> None:
        state = self.city.book.state
        self.noted = f"{state.size}:{state.head}"

    # what the gatekeeper and readers of the ledger do

    def do_admit(
        self, decisions: list[list[Any]], exit: int = 0, ours: bool = False,  # noqa: A002
    ) -> str | None:  # fmt: skip
        before = self.city.book.state.size
        words = [self.commit, "--merged-by-us"] if ours else []
        code, said = self._ledger("admit", *words, signed=True)
        entries = self.city.book.entries[before:]
        found = [
            [e.type, *e.body["codes" if e.type != "publish" else "notes"]]
            for e in entries
            if e.type in ("publish", "reject", "bypass")
        ]
        return None if (code, found) == (exit, decisions) else f"{code} {found} {said}"

    def do_takedown(
        self, paths: list[str] | None = None, reason: str = "错误", by: str = "tax-3",
        second: str = "", exit: int = 0, code: str = "", triggered_by: str = "",  # noqa: A002
        tombstone: str = "default",
    ) -> str | None:  # fmt: skip
        words = ["--reason", reason, "--by", self._account(by), "--tombstone", tombstone]
        words += ["--second", self._account(second)] if second else []
        words += ["--triggered-by", self._account(triggered_by)] if triggered_by else []
        return self._expect(
            exit, code, *self._ledger("takedown", *(paths or [PAGE]), *words, signed=True)
        )

    def do_ratify(
        self, paths: list[str] | None = None, by: str = "tax-4", exit: int = 0,  # noqa: A002
        code: str = "",
    ) -> str | None:  # fmt: skip
        words = ("--by", self._account(by))
        done = self._ledger("ratify", *(paths or [PAGE]), *words, signed=True)
        return self._expect(exit, code, *done)

    def do_verify(
        self, page: str = PAGE, exit: int = 0, since: bool = False, said: str = "",  # noqa: A002
        everything: bool = False, here: bool = False,
    ) -> str | None:  # fmt: skip
        words = ["--all"] if everything else ["--page", page]
        words += ["--since", self.noted] if since else []
        where = self.city.folder if here else self._clone()
        code, told = self._ledger("verify", *words, "--trust-first-use", root=where)
        return None if code == exit and said in told else f"{code} {told}"

    def do_status(self, status: str, page: str = PAGE) -> str | None:
        found = self.city.book.state.paths.get(page)
        return None if found is not None and found.status == status else str(found)

    def do_restore(self, exit: int = 0, code: str = "") -> str | None:  # noqa: A002
        return self._expect(exit, code, *self._ledger("restore", PAGE))

    def do_release(
        self, exit: int = 0, code: str = "", holds: bool = False,  # noqa: A002
        there: tuple[str, ...] = (), absent: tuple[str, ...] = (), nowhere: str = "",
    ) -> str | None:  # fmt: skip
        out = self.place / "public"
        words = ["build", "--release", "--out", out, "--root", self.city.folder]
        words += ["--holds"] if holds else []
        done = self._run(*words, "--key", self.city.keys.file("gate"))
        wrong = self._expect(exit, code, *done)
        if wrong is None:
            files = {f.relative_to(out).as_posix(): f for f in out.rglob("*") if f.is_file()}
            wrong = (
                f"missing {set(there) - files.keys()}" if set(there) - files.keys()
                else f"there: {files.keys() & set(absent)}" if files.keys() & set(absent)
                else None
            )  # fmt: skip
            told = [p for p, f in files.items() if nowhere and nowhere.encode() in f.read_bytes()]
            wrong = wrong or (f"{nowhere} in {told}" if told else None)
        return wrong

    def _expect(self, exit_code: int, reason: str, code: int, said: str) -> str | None:
        right = code == exit_code and (not reason or f"〔{reason}〕" in said)
        return None if right else f"{code} {said}"

    def _account(self, name: str) -> str:
        unit, _, office = name.rpartition("-")
        return f"github:{self.city.account(unit, int(office))['id']}"

    def _ledger(self, *words: str, signed: bool = False, root: Path | None = None) -> Any:
        key = ("--key", self.city.keys.file("gate")) if signed else ()
        return self._run("ledger", *words, *key, "--root", root or self.city.folder)

    def _run(self, *words: Any) -> tuple[int, str]:
        done = CliRunner().invoke(gongkai, [*map(str, words)])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    def _clone(self) -> Path:
        """A plain clone whose origin cannot be reached."""
        self.clones += 1
        target = self.place / f"clone-{self.clones}"
        words = ["git", "clone", "-q", "--no-local", str(self.city.folder), str(target)]
        subprocess.run(words, check=True, capture_output=True)
        away = ["git", "-C", str(target), "remote", "set-url", "origin", "/nonexistent"]
        subprocess.run(away, check=True)
        return target
