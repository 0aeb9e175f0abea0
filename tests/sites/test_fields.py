"""A record as rows: words for codes at every depth, and nothing that is not public."""

from __future__ import annotations

from generator.load import KINDS_BY_NAME, Document
from generator.model import read
from generator.sites.fields import Row, rows
from generator.sites.links import Links
from tests.support.groups import SmallGroup


def shown(small: SmallGroup, kind: str, **fields: object) -> dict[str, Row]:
    """The rows of the schema's example of `kind` with `fields` over it, by title."""
    listing = small.listing()
    data = {**listing.corpus.schemas.of(kind)["examples"][0], **fields}
    path = "content/units/jyj/x/a.yml"
    record = read(Document("units/jyj/x/a", KINDS_BY_NAME[kind], "jyj", path, data, "", 1))
    links = Links(listing, listing.corpus.sites["jyj"], "index.html")
    return {row.title: row for row in rows(record, links)}


def words(row: Row) -> list[str]:
    return [cell.text for line in row.table for cell in line]


def test_a_list_of_codes_within_a_table_is_shown_as_words(small: SmallGroup) -> None:
    decision = {"partyName": "某商贸有限公司（示例）", "kinds": ["warning", "fine"]}
    row = shown(small, "disclosure", penaltyDecisions=[decision])["处罚决定"]
    assert words(row) == ["某商贸有限公司（示例）", "警告、罚款"]


def test_what_stands_two_levels_down_is_shown_in_one_cell(small: SmallGroup) -> None:
    options = [{"text": "满意", "count": 426}, {"text": "不满意", "count": 58}]
    question = {"text": "您对公交线路的评价是？", "form": "single", "options": options}
    row = shown(small, "consultation", questions=[question])["调查问题"]
    assert words(row) == ["您对公交线路的评价是？", "单选", "满意，426；不满意，58"]


def test_a_picture_within_a_table_is_a_link_named_by_its_words(small: SmallGroup) -> None:
    portrait = {"file": "a/li.png", "alt": "嘉宾李某"}
    guest = {"name": "李某（示例）", "position": "副局长", "portrait": portrait}
    [line] = shown(small, "interview", guests=[guest])["嘉宾"].table
    assert [(cell.text, cell.href) for cell in line][-1] == ("嘉宾李某", "./x/a/li.png")


def test_names_that_are_not_public_are_left_out(small: SmallGroup) -> None:
    member = {"unit": "jyj", "name": "孙某（示例）", "post": "局长"}
    found = shown(small, "meeting", members=[member])
    assert "局长" in str(found)
    assert "孙某（示例）" not in str(found)
