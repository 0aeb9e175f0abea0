"""Cases of `tests/cases/review/forge/`: what people do at the forge, and what is made of it.

A step is one verb with what it needs, as `tests/cases/review/README.md` lists them. The desk is
one of `tests/forge/conftest.py`: a change of the tax office, a begun ledger, real git and keys.
"""

from __future__ import annotations

from typing import Any

from generator.keeper.admit import admit
from generator.keeper.change import TRUNK
from tests.forge.conftest import CHEN, LI, PAGE, TEXT, WANG, ZHAO
from tests.forge.fake.server import Fault
from tests.forge.gatekeeper import Gatekeeper
from tests.support.review import Case

__all__ = ["ForgeTeller"]

_PEOPLE = {"wang": WANG, "zhao": ZHAO, "chen": CHEN, "li": LI}
_LEVELS = {"zhao": "L1", "chen": "L2", "li": "L3"}


class ForgeTeller:
    """Plays the steps of one case at one desk."""

    def __init__(self, desk: Gatekeeper) -> None:
        self.desk = desk
        self.token: str | None = None

    def tell(self, case: Case) -> None:
        """Every step, with what is expected of it."""
        for number, step in enumerate(case.row["steps"], 1):
            ((verb, told),) = step.items()
            said = getattr(self, f"do_{verb}")(**(told or {}))
            assert said is None, f"step {number}, {verb}: {said}"

    def do_approve(self, by: str, token: bool = True, run: bool = True) -> None:
        """An approval with every tick of that person's level, or with nothing but the state."""
        desk = self.desk
        if token:
            desk.sign(desk.change, _PEOPLE[by], _LEVELS[by], self.token, run=run)
        else:
            desk.world.tick(90)
            desk.world.review(desk.change, _PEOPLE[by], run=run)

    def do_object(self, by: str) -> None:
        self.desk.world.tick(90)
        self.desk.world.review(self.desk.change, _PEOPLE[by], "CHANGES_REQUESTED", "数字不对")

    def do_edit(self, review: int, more: str) -> None:
        row = self.desk.change.reviews[review]
        self.desk.world.edit(row, f"{row.body}\n{more.replace('TOKEN', str(self.token))}")

    def do_dismiss(self, review: int, by: str) -> None:
        self.desk.world.dismiss(self.desk.change, self.desk.change.reviews[review], _PEOPLE[by])

    def do_push(self, text: str = "", force: bool = False, trunk: bool = False) -> None:
        """Other bytes, or with no `text` the same; on the branch, anew on trunk, or past it."""
        world = self.desk.world
        data = text.encode() or TEXT
        if trunk:
            world.push(LI, "main", {PAGE: data}, message="push")
        else:
            onto = world.bare.tip("refs/heads/main") if force else None
            world.push(WANG, "tax-0042", {PAGE: data}, onto=onto, message="again")

    def do_news(self, **fields: Any) -> None:
        """From now on every answer has these fields on every object."""
        self.desk.fake.news = fields

    def do_small_pages(self, size: int) -> None:
        self.desk.fake.page_size = size

    def do_fault(self, operation: str, status: int, page: int | None = None) -> None:
        self.desk.fake.faults.append(Fault(operation, status, page))

    def do_capture(
        self, decision: str, codes: list[str] | None = None, merged: bool = False,
        merge: bool = True,
    ) -> str | None:  # fmt: skip
        found = self.desk.capture(self.desk.change, merge)
        self.token = found.token
        told = sorted({reason["code"] for reason in found.verdict["reasons"]})
        right = found.verdict["decision"] == decision and (codes is None or codes == told)
        done = (found.merged is not None) == merged
        return None if right and done else f"{found.verdict['decision']} {told} {found.merged}"

    def do_green_check(self) -> None:
        """A check of our name, posted by another workflow."""
        github = self.desk.desk().github
        github.post_check(self.desk.change.head_sha, "success", "可以合并", "x")

    def do_squash(self, by: str) -> None:
        """A person merges."""
        self.desk.world.squash(self.desk.change, _PEOPLE[by])

    def do_admit(self, decisions: list[list[str]]) -> str | None:
        desk = self.desk
        desk.book()
        desk.objects.said("update-ref", "refs/heads/main", desk.objects.ref(TRUNK))
        judged = admit(desk.book(), desk.desk().signer, desk.now())
        found = [[one.decision, *one.codes, *one.notes] for one in judged]
        return None if found == decisions else str(found)
