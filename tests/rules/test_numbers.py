"""索引号 and 发文字号."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from generator.gates import Known, scan
from generator.gates.wording import GATE as WORDING
from generator.rules.document_numbers import (
    document_number_ill_formed,
    document_number_of_another_year,
    document_number_twice,
    foreign_prefix,
)
from generator.rules.index_numbers import (
    index_number_of_another_unit,
    index_number_reused,
    index_number_twice,
    organ_code_twice,
)
from generator.rules.times import dates_out_of_order
from generator.tree import History

ONE = "content/units/north/policies/2026/0001.md"
TWO = "content/units/north/disclosures/2026/0002.md"
NUMBER = "111405000021/2026-00001"


MARCH, APRIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "at", "other"),
    [
        pytest.param({}, ONE, TWO, id="nothing known: the first in id order keeps it"),
        pytest.param({ONE: MARCH, TWO: APRIL}, TWO, ONE, id="the second came later"),
        pytest.param({ONE: APRIL, TWO: MARCH}, ONE, TWO, id="the first came later"),
    ],
)
def test_index_number_twice_over_kinds(changed, at, other, corpus_of):
    corpus = corpus_of(f"""
        # {ONE}
        indexNumber: {NUMBER}
        # {TWO}
        indexNumber: {NUMBER}
    """)
    corpus = replace(corpus, history=History(changed=changed, complete=True))
    (finding,) = index_number_twice(corpus)
    assert (finding.place.path, finding.values["other"]) == (at, other)


@pytest.mark.parametrize(
    ("former", "addresses", "count"),
    [
        pytest.param([], "null", 0, id="new"),
        pytest.param([ONE], "null", 0, id="its own"),
        pytest.param(["content/units/south/policies/2025/0007.md"], "null", 1, id="another's"),
        pytest.param(
            ["content/units/south/policies/2025/0007.md"],
            "[/units/south/policies/2025/0007.html]",
            0,
            id="moved here",
        ),
        pytest.param([TWO], "null", 0, id="still another's: said elsewhere"),
    ],
)
def test_index_number_reused(former, addresses, count, corpus_of):
    corpus = corpus_of(
        f"""
        # {ONE}
        indexNumber: {NUMBER}
        formerAddresses: {addresses}
        # {TWO}
        indexNumber: {NUMBER}
        """,
        past={NUMBER: frozenset(former)} if former else {},
    )
    found = [finding for finding in index_number_reused(corpus) if finding.place.path == ONE]
    assert len(found) == count


UNITS = """
    # content/units/north/unit.yml
    name: 晋城市教育局
    shortName: 市教育局
    organCode: "111405000021"
    documentPrefixes: [晋市教发, 晋市教字]
    # content/units/south/unit.yml
    name: 晋城市科学技术局
    shortName: 市科技局
    organCode: "{code}"
    documentPrefixes: [晋市科发]
    # {one}
    issuer: {issuer}
    jointIssuers: {joint}
    indexNumber: "{index}"
    documentNumber: {number}
    writtenDate: "{written}"
"""


def units(**given):
    values = {
        "code": "111405000022",
        "one": ONE,
        "issuer": "晋城市教育局",
        "joint": "null",
        "index": NUMBER,
        "number": "晋市教发〔2026〕8号",
        "written": "2026-03-01",
    }
    return UNITS.format(**{**values, **given})


@pytest.mark.parametrize(
    ("index", "count"),
    [
        pytest.param("111405000021/2026-00001", 0, id="own"),
        pytest.param("111405000022/2026-00001", 1, id="a neighbour's"),
        pytest.param("1114050000210/2026-00001", 1, id="a longer code"),
    ],
)
def test_index_number_of_another_unit(index, count, corpus_of):
    assert len(list(index_number_of_another_unit(corpus_of(units(index=index))))) == count


def test_organ_code_twice(corpus_of):
    assert not list(organ_code_twice(corpus_of(units())))


def test_organ_code_of_another(corpus_of):
    (finding,) = organ_code_twice(corpus_of(units(code="111405000021")))
    assert finding.place.path == "content/units/south/unit.yml"


@pytest.mark.parametrize(
    ("number", "says"),
    [
        pytest.param("晋市教发〔2026〕8号", None, id="right"),
        pytest.param("第5号", None, id="an order"),
        pytest.param("晋城市人民政府令第12号", None, id="an order with its organ"),
        pytest.param("晋市教发[2026]8号", "六角括号", id="square brackets"),
        pytest.param("晋市教发（2026）8号", "六角括号", id="round brackets"),
        pytest.param("晋市教发【2026】8号", "六角括号", id="black brackets"),
        pytest.param("晋市教发〔26〕8号", "四位", id="short year"),
        pytest.param("晋市教发〔2026〕08号", "虚位", id="leading zero"),
        pytest.param("晋市教发〔2026〕第8号", "第", id="第"),
        pytest.param("晋市教发〔２０２６〕8号", "全角", id="full-width"),
        pytest.param("晋市教发〔2026〕 8号", "空格", id="blank"),
        pytest.param("晋市教发〔2026〕8", "号", id="no 号"),
        pytest.param("〔2026〕8号", "机关代字", id="no prefix"),
        pytest.param("晋市教发2026年8号", "应为", id="no brackets"),
    ],
)
def test_document_number_ill_formed(number, says, corpus_of):
    found = list(document_number_ill_formed(corpus_of(units(number=number))))
    assert len(found) == (says is not None)
    assert says is None or says in found[0].values["fault"]["zh"]


@pytest.mark.parametrize(
    ("given", "count"),
    [
        pytest.param({}, 0, id="own"),
        pytest.param({"number": "晋市科发〔2026〕8号"}, 1, id="a neighbour's"),
        pytest.param({"issuer": "市教育局"}, 0, id="by the short name"),
        pytest.param(
            {"number": "晋市科发〔2026〕8号", "joint": "[晋城市科学技术局]"},
            0,
            id="issued together",
        ),
        pytest.param(
            {"number": "晋教〔2026〕8号", "issuer": "山西省教育厅"}, 0, id="not of the group"
        ),
    ],
)
def test_foreign_prefix(given, count, corpus_of):
    assert len(list(foreign_prefix(corpus_of(units(**given))))) == count


@pytest.mark.parametrize(
    ("written", "count"),
    [pytest.param("2026-01-01", 0, id="same"), pytest.param("2025-12-31", 1, id="the year before")],
)
def test_document_number_of_another_year(written, count, corpus_of):
    assert len(list(document_number_of_another_year(corpus_of(units(written=written))))) == count


@pytest.mark.parametrize("kind", ["policies", "disclosures", "institutions"])
@pytest.mark.parametrize(
    ("number", "published", "codes"),
    [
        pytest.param("晋市教发〔2026〕8号", "2026-03-02 10:00", [], id="the same day"),
        pytest.param(
            "晋市教发〔2026〕8号", "2026-03-01 10:00", ["TIM-001"], id="published before written"
        ),
        pytest.param("晋市教发〔2025〕8号", "2026-03-02 10:00", ["NUM-007"], id="another year"),
    ],
)
def test_dates_of_a_document_are_told_here_and_by_no_gate(
    kind, number, published, codes, corpus_of
):
    name = f"content/units/north/{kind}/2026/0001.md".replace("institutions/2026", "institutions")
    fields = f"documentNumber: {number}\nwrittenDate: 2026-03-02\npublishedAt: {published}"
    corpus = corpus_of(f"# {name}\n{fields}")
    found = [*dates_out_of_order(corpus), *document_number_of_another_year(corpus)]
    assert {finding.code for finding in found} == set(codes)
    page = f"---\ntitle: 通知\n{fields}\n---\n\n正文。\n"
    assert scan(WORDING, [(name, page.encode())], Known(), MARCH.date()).findings == ()


@pytest.mark.parametrize(
    ("number", "issuer", "count"),
    [
        pytest.param("晋市教发〔2026〕8号", "晋城市教育局", 1, id="same number"),
        pytest.param("晋市教发〔2026〕8号", "晋城市科学技术局", 1, id="whoever issued it"),
        pytest.param("晋市教发〔2026〕9号", "晋城市教育局", 0, id="another"),
    ],
)
def test_document_number_twice(number, issuer, count, corpus_of):
    corpus = corpus_of(f"""
        {units()}
        # content/units/south/policies/2026/0001.md
        issuer: {issuer}
        documentNumber: {number}
    """)
    assert len(list(document_number_twice(corpus))) == count


def test_orders_are_numbered_by_each_organ(corpus_of):
    corpus = corpus_of("""
        # content/units/north/policies/2026/0001.md
        issuer: 晋城市教育局
        documentNumber: 第5号
        # content/units/south/policies/2026/0001.md
        issuer: 晋城市科学技术局
        documentNumber: 第5号
    """)
    assert not list(document_number_twice(corpus))
