"""The fake as a machine of states: whatever happens in whatever order, the reading is sound.

Hypothesis plays pushes, force-pushes, reviews, edits, dismissals, deletions of accounts and merges;
after each the adapter reads, and every request and answer is held to GitHub's description.
"""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from generator.forge import Client, GitHub
from tests.forge.conftest import CHEN, LI, PAGE, TEXT, WANG, ZHAO
from tests.forge.fake.server import TOKEN, serving
from tests.forge.fake.world import World

PEOPLE = st.sampled_from([WANG, ZHAO, CHEN, LI])
STATES = {"APPROVED": "approve", "CHANGES_REQUESTED": "object", "COMMENTED": "comment"}


class Story(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.world = World(Path(folder, "origin.git"))
        self.world.know(WANG, ZHAO, CHEN, LI)
        self.world.push(WANG, "main", {"a.md": b"a\n"})
        self.world.push(WANG, "b", {PAGE: TEXT})
        self.change = self.world.open(WANG, "b")
        self.fake = self.stack.enter_context(serving(self.world))
        self.fake.page_size = 2
        self.github = GitHub(Client(self.fake.url, TOKEN, retry=0), "city", "site")
        self.pushers = {WANG.id}
        self.said = {}  # review → what it was when it was written
        self.seen = {}  # review → the head that it was written on, where the run tells
        self.number = 0

    def teardown(self):
        self.stack.close()

    def is_open(self):
        return self.change.state == "open"

    @precondition(is_open)
    @rule(user=PEOPLE, force=st.booleans())
    def push(self, user, force):
        self.number += 1
        onto = self.world.bare.tip("refs/heads/main") if force else None
        self.world.tick(2)
        self.world.push(user, "b", {PAGE: TEXT + str(self.number).encode()}, onto=onto)
        self.pushers.add(user.id)
        if force:  # approvals move to the new head, and prove nothing more by themselves
            moved = {each.id for each in self.change.reviews if each.state == "APPROVED"}
            self.seen = {key: head for key, head in self.seen.items() if key not in moved}

    @precondition(is_open)
    @rule(user=PEOPLE, state=st.sampled_from(sorted(STATES)), run=st.booleans())
    def review(self, user, state, run):
        self.world.tick(90)
        review = self.world.review(self.change, user, state, run=run)
        self.said[review.id] = STATES[state]
        if run:
            self.seen[review.id] = self.change.head_sha

    @rule(data=st.data(), user=PEOPLE)
    def dismiss(self, data, user):
        left = [each for each in self.change.reviews if each.state in STATES]
        if left:
            self.world.dismiss(self.change, data.draw(st.sampled_from(left)), user)

    @rule(data=st.data())
    def edit(self, data):
        if self.change.reviews:
            self.world.edit(data.draw(st.sampled_from(self.change.reviews)), "同意")

    @precondition(is_open)
    @rule()
    def merge(self):
        answer = self.github.merge(self.change.number, self.change.head_sha, "x")
        assert answer.commit == self.world.bare.tip("refs/heads/main")

    @invariant()
    def the_reading_is_sound(self):
        reading = self.github.read(self.change.number)
        assert reading.faults == ()
        assert reading.head == self.change.head_sha == reading.commits[-1]
        assert {int(one.account.id) for one in reading.contributors} >= self.pushers
        assert {act.id: act.state for act in reading.acts} == {
            f"r{number}": state for number, state in self.said.items()
        }
        for act, review in zip(reading.acts, self.change.reviews, strict=True):
            assert act.edited == (review.edited_at is not None)
            assert (act.dismissed is not None) == (review.state == "DISMISSED")
            assert act.head == self.seen.get(review.id)


TestStory = Story.TestCase
TestStory.settings = settings(max_examples=6, stateful_step_count=10, deadline=None)
