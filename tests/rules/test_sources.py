"""Relayed items against the register of sources."""

import pytest

from generator.rules.sources import (
    address_of_another_source,
    original_with_a_foreign_address,
    relayed_after_the_agreement,
    unregistered_source,
)

ALL = (
    unregistered_source,
    address_of_another_source,
    original_with_a_foreign_address,
    relayed_after_the_agreement,
)
PAPER = "units/portal/partners/paper"
GROUP = f"""
    # content/group.yml
    allowedSources:
    - {{{{name: 中国政府网, aliases: [中央政府门户网站], domains: [www.gov.cn], level: state}}}}
    # content/{PAPER}.yml
    name: 晋城市新闻传媒集团
    shortName: 太行日报
    domains: [jcnews.example.cn]
    state: {{state}}
    endedAt: {{ended}}
    # content/units/north/site.yml
    url: https://north.example.gov.cn/
    # content/units/north/articles/2026/0001.md
    origin: {{origin}}
    source: {{source}}
    sourceUrl: {{url}}
    partner: {{partner}}
    publishedAt: "2026-03-02 09:00"
    sourcePublishedAt: null
"""


def item(**given):
    values = {
        "origin": "relayed",
        "source": "中国政府网",
        "url": "https://www.gov.cn/zhengce/1.htm",
        "partner": "null",
        "state": "active",
        "ended": "null",
    }
    return GROUP.format(**{**values, **given})


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        pytest.param({}, [], id="a state source"),
        pytest.param({"source": "中央政府门户网站"}, [], id="by an alias"),
        pytest.param({"source": "某自媒体"}, ["RLY-001"], id="nobody"),
        pytest.param({"url": "https://sousuo.www.gov.cn/1.htm"}, [], id="on a domain below"),
        pytest.param(
            {"url": "https://www.shanxi.gov.cn/1.htm"}, ["RLY-002"], id="on a neighbour's"
        ),
        pytest.param({"url": "https://xwww.gov.cn/1.htm"}, ["RLY-002"], id="a name that looks so"),
        pytest.param(
            {"source": "太行日报", "url": "https://jcnews.example.cn/1"}, [], id="a partner by name"
        ),
        pytest.param(
            {"source": "本报讯", "partner": PAPER, "url": "https://jcnews.example.cn/1"},
            [],
            id="a partner by reference",
        ),
        pytest.param({"partner": PAPER}, ["RLY-002"], id="the reference decides"),
        pytest.param(
            {"origin": "original", "url": "https://north.example.gov.cn/a.html"},
            [],
            id="original, at home",
        ),
        pytest.param({"origin": "original", "url": "null"}, [], id="original"),
        pytest.param({"origin": "original"}, ["RLY-003"], id="original from elsewhere"),
        pytest.param(
            {
                "partner": PAPER,
                "url": "https://jcnews.example.cn/1",
                "state": "ended",
                "ended": '"2026-03-02"',
            },
            [],
            id="on the last day of the cooperation",
        ),
        pytest.param(
            {
                "partner": PAPER,
                "url": "https://jcnews.example.cn/1",
                "state": "ended",
                "ended": '"2026-03-01"',
            },
            ["RLY-004"],
            id="a day after it",
        ),
    ],
)
def test_relayed_items(given, codes, corpus_of):
    corpus = corpus_of(item(**given))
    assert [finding.code for rule in ALL for finding in rule(corpus)] == codes
