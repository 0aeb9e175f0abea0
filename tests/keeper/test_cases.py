"""Every story of `tests/cases/review/` goes as it says, on real git and real ssh-keygen."""

import pytest

from tests.support.approved import approved_group, copy_of
from tests.support.city import City
from tests.support.stories import Teller, stories

STAGES = ("admit", "build", "takedown", "verify")
STORIES = [
    pytest.param(story, id=f"{stage}-{story.name}") for stage in STAGES for story in stories(stage)
]


@pytest.fixture(scope="module")
def small(tmp_path_factory, keys):
    return City(tmp_path_factory.mktemp("small") / "city", keys).begin()


@pytest.fixture(scope="module")
def group(tmp_path_factory, keys):
    return approved_group(tmp_path_factory.mktemp("group") / "city", keys)


@pytest.mark.parametrize("story", STORIES)
def test_story(story, request, tmp_path, clock):
    city = copy_of(request.getfixturevalue(story.city), tmp_path / "city")
    clock.city = city
    Teller(city, tmp_path).tell(story)


def test_no_story_stands_twice():
    names = [param.id for param in STORIES]
    assert len(names) == len(set(names))
    assert len(names) >= 45
