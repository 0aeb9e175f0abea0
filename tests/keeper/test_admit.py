"""What comes to trunk is admitted only as the merge of what was approved."""

import pytest

from tests.support.city import City

PAGE = "content/units/tax/articles/2026/0042.md"
TEXT = (
    "---\ntitle: 停水通知\nreviewClass: A\npublishedAt: 2026-11-25 08:00\n---\n"
    "11月25日8时至18时停水。\n"
)


@pytest.fixture
def city(tmp_path, keys):
    return City(tmp_path / "city", keys).begin()


def test_a_change_is_admitted_once(city):
    proposal = city.propose("tax", {PAGE: TEXT})
    verdict = city.review(proposal)
    assert verdict["decision"] == "approve", verdict["reasons"]
    commit = city.merge(proposal)
    (judged,) = city.admit(commit)
    assert (judged.decision, judged.codes, judged.notes) == ("admitted", (), ())
    book = city.book
    page = book.state.paths[PAGE]
    assert (page.status, page.seq, page.publishes_at) == (
        "published", judged.seq, "2026-11-25 08:00",
    )  # fmt: skip
    assert book.state.trunk == commit
    assert city.admit() == []
    assert city.book.state.size == book.state.size
