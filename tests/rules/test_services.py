"""Service guides: elements, words, limits, fees, source."""

import pytest

from generator.rules.service_elements import (
    ELEMENTS,
    element_missing,
    placeholder,
    vague_material,
)
from generator.rules.services import (
    blank_form_missing,
    fee_of_a_free_service,
    online_without_an_entrance,
    promise_beyond_the_law,
    question_twice,
    service_twice,
    unsynchronised,
)


def guide(corpus_of, *lines):
    more = "\n".join(" " * 8 + line for line in lines)
    return corpus_of(f"""
        # content/units/north/services/permit.yml
{more}
    """)


def test_every_element_of_the_word_list_is_known(corpus_of):
    corpus = corpus_of()
    words = corpus.vocabularies["service-elements"].words
    assert set(words) == set(ELEMENTS)
    assert len(words) == corpus.threshold("service-element-classes")


def test_the_example_of_the_schema_has_every_element(corpus_of):
    corpus = guide(corpus_of)
    assert [
        f for rule in (element_missing, placeholder, vague_material) for f in rule(corpus)
    ] == []


@pytest.mark.parametrize(
    ("lines", "elements"),
    [
        pytest.param(["byLaw: 详见窗口"], ["设定依据"], id="a placeholder"),
        pytest.param(["byLaw: 　暂无。"], ["设定依据"], id="with a full stop"),
        pytest.param(["byLaw: 详见《行政许可法》第十二条"], [], id="a word within a text"),
        pytest.param(["materials: null"], ["办理材料"], id="no materials"),
        pytest.param(
            ["materials: [{name: 其他材料, order: 1}]"], ["办理材料"], id="only other materials"
        ),
        pytest.param(["transactAddr: 略"], [], id="the places are told one by one"),
        pytest.param(["transactAddr: 略", "locations: null"], ["办理地点"], id="no place"),
        pytest.param(
            ["phones: null", "linkWay: 到窗口咨询", "locations: null"], ["联系电话"], id="no phone"
        ),
        pytest.param(["phones: null", "linkWay: 拨打12345", "locations: null"], [], id="hotline"),
        pytest.param(["taskState: draft", "byLaw: 无"], [], id="a draft"),
    ],
)
def test_element_missing(lines, elements, corpus_of):
    found = element_missing(guide(corpus_of, *lines))
    assert [finding.values["element"] for finding in found] == elements


@pytest.mark.parametrize(
    ("line", "count"),
    [
        pytest.param("superviseWay: 无", 1, id="no supervision"),
        pytest.param("specialProcedure: 无", 0, id="none is an answer there"),
        pytest.param("questions: [{question: 多久办好, answer: 咨询窗口}]", 1, id="no answer"),
    ],
)
def test_placeholder(line, count, corpus_of):
    assert len(list(placeholder(guide(corpus_of, line)))) == count


@pytest.mark.parametrize(
    ("name", "count"),
    [
        pytest.param("居民身份证", 0, id="a paper"),
        pytest.param("其他材料", 1, id="of the list"),
        pytest.param("法律法规要求的其他相关材料", 1, id="ends in one"),
        pytest.param("户口簿、结婚证等有关证明", 0, id="papers named"),
    ],
)
def test_vague_material(name, count, corpus_of):
    assert (
        len(list(vague_material(guide(corpus_of, f"materials: [{{name: {name}, order: 1}}]"))))
        == count
    )


@pytest.mark.parametrize(
    ("row", "count"),
    [
        pytest.param("{order: 1, name: 申请表, type: form}", 1, id="a form"),
        pytest.param(
            "{order: 1, name: 申请表, type: form, blankForm: permit/form.docx}", 0, id="provided"
        ),
        pytest.param(
            "{order: 1, name: 申请表, type: form, necessity: optional}", 0, id="not needed"
        ),
        pytest.param("{order: 1, name: 身份证, type: original}", 0, id="no form"),
    ],
)
def test_blank_form_missing(row, count, corpus_of):
    assert len(list(blank_form_missing(guide(corpus_of, f"materials: [{row}]")))) == count


@pytest.mark.parametrize(
    ("legal", "promised", "count"),
    [
        pytest.param((20, "workday"), (20, "workday"), 0, id="as long"),
        pytest.param((20, "workday"), (21, "workday"), 1, id="a day longer"),
        pytest.param((0, "workday"), (21, "workday"), 0, id="no legal term"),
        pytest.param((20, "workday"), (37, "natural-day"), 0, id="20 workdays may be 37 days"),
        pytest.param((20, "workday"), (38, "natural-day"), 1, id="but not 38"),
        pytest.param((1, "month"), (31, "natural-day"), 0, id="a long month"),
        pytest.param((1, "month"), (32, "natural-day"), 1, id="longer than any month"),
        pytest.param((1, "month"), (23, "workday"), 0, id="perhaps a month"),
        pytest.param((1, "natural-day"), (25, "hour"), 1, id="an hour more than a day"),
    ],
)
def test_promise_beyond_the_law(legal, promised, count, corpus_of):
    corpus = guide(
        corpus_of,
        f"anticipateDay: {legal[0]}",
        f"anticipateType: {legal[1]}",
        f"promiseDay: {promised[0]}",
        f"promiseType: {promised[1]}",
    )
    assert len(list(promise_beyond_the_law(corpus))) == count


@pytest.mark.parametrize(
    ("fees", "count"), [("null", 0), ("[{name: 工本费, order: 1, standard: 每证10元}]", 1)]
)
def test_fee_of_a_free_service(fees, count, corpus_of):
    corpus = guide(corpus_of, "isFee: false", f"fees: {fees}")
    assert len(list(fee_of_a_free_service(corpus))) == count


def test_question_twice(corpus_of):
    row = "{{question: {}, answer: 三个工作日}}"
    rows = ", ".join(row.format(text) for text in ("多久办好？", "要交费吗？", "多久办好"))
    (finding,) = question_twice(guide(corpus_of, f"questions: [{rows}]"))
    assert finding.values["first"] == 1


@pytest.mark.parametrize(
    ("item", "count"), [("null", 1), ("140500000001", 0)], ids=["same", "another handling item"]
)
def test_service_twice(item, count, corpus_of):
    quoted = item if item == "null" else f'"{item}"'
    corpus = corpus_of(f"""
        # content/units/north/services/one.yml
        taskHandleItem: null
        # content/units/south/services/two.yml
        taskHandleItem: {quoted}
    """)
    assert len(list(service_twice(corpus))) == count


@pytest.mark.parametrize(("synced", "count"), [("2026-11-18 00:00", 0), ("2026-11-17 23:59", 1)])
def test_unsynchronised(synced, count, corpus_of):
    corpus = guide(corpus_of, 'updatedAt: "2026-11-18"', f'syncedAt: "{synced}"')
    assert len(list(unsynchronised(corpus))) == count


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("online: false", 0),
        ("linkAddr: https://zwfw.example.gov.cn/1", 0),
        ("mobileTerminalUrl: https://m.example.gov.cn/1", 0),
        ("keywords: [许可]", 1),
    ],
)
def test_online_without_an_entrance(line, count, corpus_of):
    absent = [f"{field}: null" for field in ("onlineAddr", "linkAddr", "mobileTerminalUrl")]
    lines = ["online: true", "onlineDepth: apply", *absent, line]
    assert len(list(online_without_an_entrance(guide(corpus_of, *lines)))) == count
