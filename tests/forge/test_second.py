"""A mass takedown: the second person is who GitHub says let the run in, and nobody else."""

import pytest

from generator.forge import Client, ForgeError, GitHub
from tests.forge.fake.people import ACTIONS_BOT
from tests.forge.fake.server import TOKEN
from tests.forge.office import at_work, opened_world
from tests.support.city import City
from tests.support.review import base

PAGES = [f"content/units/tax/articles/2026/000{number}.md" for number in (1, 2)]
RUN = 4711


@pytest.fixture(scope="module")
def begun(tmp_path_factory, keys):
    """A city where one page an hour may be taken down by one person, with two published."""
    place = tmp_path_factory.mktemp("begun")
    policy = base("policy.yml").decode().replace("paths_per_hour: 20", "paths_per_hour: 1")
    city = City(place / "city", keys, policy=policy).begin()
    city.publish("tax", {page: f"# {page}\n" for page in PAGES})
    return city, opened_world(city, place / "origin.git")


@pytest.fixture
def office(begun, tmp_path):
    with at_work(*begun, tmp_path) as office:
        yield office


def run(office, job):
    """A job of the workflow, started by the information officer for both pages."""
    given = {"paths": " ".join(PAGES), "reason": "泄密", "run": str(RUN)}
    actor = str(office.user("tax", 3).id)
    return office.workflow(office.clone(), "takedown.yml", job, actor=actor, **given)


def let_in(office, *rows):
    office.world.approvals[RUN] = [("second-person", state, user) for state, user in rows]


def statuses(office):
    clone = office.clone(online=False)
    return {
        office.gongkai(clone, "ledger", "verify", "--page", page, "--trust-first-use").code
        for page in PAGES
    }


def test_a_second_person_lets_it_in(office):
    ran = run(office, "takedown")
    assert (ran.code, ran.outputs) == (0, {"second": "true"}), ran.said
    assert "takedown_needs_second" in ran.said
    let_in(office, ("approved", office.user("portal", 5)))
    ran = run(office, "mass")
    assert ran.code == 0, ran.said
    assert statuses(office) == {15}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        pytest.param([], "没有第二个人", id="nobody"),
        pytest.param([("approved", ("tax", 3))], "不能是同一个人", id="who started it"),
        pytest.param([("approved", ("tax", 2))], "takedown_not_allowed", id="without the office"),
        pytest.param([("rejected", ("portal", 5))], "没有第二个人", id="who refused"),
        pytest.param(
            [("approved", ("portal", 5)), ("rejected", ("portal", 5))], "没有第二个人", id="both"
        ),
    ],
)
def test_nobody_else_will_do(office, rows, why):
    let_in(office, *((state, office.user(*who)) for state, who in rows))
    ran = run(office, "mass")
    assert (ran.code, why in ran.said) == (3, True), ran.said
    assert statuses(office) == {0}


def test_one_page_needs_nobody(office):
    given = {"paths": PAGES[0], "reason": "错误", "run": str(RUN)}
    actor = str(office.user("tax", 3).id)
    ran = office.workflow(office.clone(), "takedown.yml", "takedown", actor=actor, **given)
    assert (ran.code, ran.outputs) == (0, {}), ran.said


@pytest.mark.parametrize("kind", ["another environment", "two persons", "a bot"])
def test_a_record_that_names_no_one_person(office, kind):
    duty, officer = office.user("portal", 5), office.user("portal", 3)
    office.world.approvals[RUN] = {
        "another environment": [("deploy", "approved", duty)],
        "two persons": [("second-person", "approved", one) for one in (duty, officer)],
        "a bot": [("second-person", "approved", ACTIONS_BOT)],
    }[kind]
    github = GitHub(Client(office.fake.url, TOKEN, retry=0), "city", "site")
    with pytest.raises(ForgeError, match="exactly one person"):
        github.approver(RUN, "second-person")
