"""Each keyword of a schema becomes one sentence that a clerk can act on."""

import pytest

from generator.diagnostics import Diagnostic, Place
from generator.diagnostics.catalogue import LANGUAGES, hint, message
from generator.schema import Schemas
from generator.schema.sentences import faults

SCHEMA = {
    "type": "object",
    "title": "样品",
    "description": "一件样品。",
    "required": ["title"],
    "additionalProperties": False,
    "dependentRequired": {"answer": ["answeredAt"]},
    "properties": {
        "title": {"$ref": "common.schema.json#/$defs/title", "examples": ["关于样品的通知"]},
        "count": {"type": "integer", "title": "数量", "examples": [3]},
        "amount": {"type": "number", "minimum": 0, "exclusiveMaximum": 100, "title": "金额"},
        "step": {"type": "number", "multipleOf": 5, "exclusiveMinimum": 0, "maximum": 50},
        "public": {"type": "boolean", "title": "是否公开"},
        "note": {"type": ["string", "null"], "title": "备注"},
        "phone": {
            "type": "string",
            "pattern": "^[0-9]{3}$",
            "title": "电话",
            "description": "三位。",
            "examples": ["110"],
        },
        "day": {
            "type": "string",
            "format": "local-date",
            "title": "日期",
            "examples": ["2026-11-20"],
        },
        "state": {
            "enum": ["open", "done"],
            "x-labels": {"open": "办理中", "done": "已办结"},
            "title": "状态",
            "examples": ["open"],
        },
        "item": {
            "enum": [1, 2],
            "x-labels": {"1": "甲类", "2": "乙类"},
            "title": "事项",
            "examples": [1],
        },
        "code": {"enum": ["01", "02"], "title": "代码", "examples": ["01"]},
        "tags": {
            "type": "array",
            "items": {"type": "string", "maxLength": 4},
            "minItems": 1,
            "maxItems": 2,
            "uniqueItems": True,
            "title": "标签",
        },
        "parts": {
            "type": "array",
            "title": "部分",
            "items": {
                "type": "object",
                "title": "一部分",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {"name": {"type": "string", "title": "名称", "examples": ["甲"]}},
            },
        },
        "where": {
            "title": "去处",
            "type": "object",
            "minProperties": 1,
            "anyOf": [{"required": ["url"]}, {"required": ["file"]}],
            "properties": {
                "url": {"type": "string", "title": "网址"},
                "file": {"type": "string", "title": "文件"},
            },
        },
        "either": {
            "title": "长短",
            "description": "一个字或一个数。",
            "oneOf": [
                {"type": "string", "title": "一个字"},
                {"type": "integer", "title": "一个数"},
            ],
        },
        "nested": {
            "title": "嵌套",
            "anyOf": [
                {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
                {"type": "string"},
            ],
        },
        "marks": {
            "type": "object",
            "title": "记号",
            "additionalProperties": False,
            "patternProperties": {"^[A-Z]$": {"type": "string"}},
        },
        "has": {
            "type": "array",
            "contains": {"const": "甲"},
            "title": "须含",
            "description": "至少有甲。",
        },
        "answer": {"type": "string", "title": "答复"},
        "answeredAt": {"type": "string", "title": "答复时间", "examples": ["2026-11-20"]},
        "reason": {
            "type": "string",
            "title": "原因",
            "description": "写明原因。",
            "examples": ["停办"],
        },
        "cap": {"type": "integer", "title": "上限"},
    },
    "allOf": [
        {
            "if": {"properties": {"state": {"const": "done"}}, "required": ["state"]},
            "then": {"required": ["reason"], "description": "已办结的必须写明原因 reason"},
        },
        {
            "if": {"properties": {"item": {"const": 2}}, "required": ["item"]},
            "then": {"not": {"required": ["cap"]}, "description": "乙类没有上限"},
        },
    ],
}


@pytest.fixture(scope="module")
def sample(schemas):
    """A schema that uses every keyword that ours use, and a few more."""
    return Schemas(
        {"sample.schema.json": SCHEMA, "common.schema.json": schemas.files["common.schema.json"]}
    )


def told(schemas, value):
    """Each fault's code, pointer, and whether its place is the key's."""
    return [
        (code, pointer, is_key) for code, pointer, is_key, _ in faults(schemas, "sample", value)
    ]


T = {"title": "关于样品的通知"}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        pytest.param(T, [], id="good"),
        pytest.param({}, [("SCH-001", (), False)], id="required"),
        pytest.param(
            {**T, "parts": [{"name": "甲"}, {}]},
            [("SCH-001", ("parts", 1), False)],
            id="required in a list",
        ),
        pytest.param(
            {**T, "answered_AT": "甲"},
            [("SCH-003", ("answered_AT",), True)],
            id="another way of writing",
        ),
        pytest.param({**T, "zzz": 1}, [("SCH-002", ("zzz",), True)], id="unknown"),
        pytest.param(
            {**T, "parts": [{"name": "甲", "qq": 1}]},
            [("SCH-002", ("parts", 0, "qq"), True)],
            id="unknown in a list",
        ),
        pytest.param({**T, "cuont": 1}, [("SCH-003", ("cuont",), True)], id="misspelt"),
        pytest.param(
            {"tittle": "甲乙"}, [("SCH-003", ("tittle",), True)], id="misspelt and required: once"
        ),
        pytest.param({"标题": "甲乙"}, [("SCH-003", ("标题",), True)], id="the title of a field"),
        pytest.param(
            {**T, "Title": "甲乙"}, [("SCH-002", ("Title",), True)], id="near, but already there"
        ),
        pytest.param(
            {**T, "标题": "甲乙"}, [("SCH-002", ("标题",), True)], id="its title, but already there"
        ),
        pytest.param({"title": 3}, [("SCH-004", ("title",), False)], id="number for text"),
        pytest.param({"title": ["甲乙"]}, [("SCH-004", ("title",), False)], id="list for text"),
        pytest.param({"title": True}, [("SCH-004", ("title",), False)], id="boolean for text"),
        pytest.param({**T, "count": "3"}, [("SCH-004", ("count",), False)], id="text for number"),
        pytest.param(
            {**T, "count": True}, [("SCH-004", ("count",), False)], id="boolean for number"
        ),
        pytest.param(
            {**T, "count": 1.5}, [("SCH-004", ("count",), False)], id="fraction for whole number"
        ),
        pytest.param(
            {**T, "public": "是"}, [("SCH-004", ("public",), False)], id="text for boolean"
        ),
        pytest.param({**T, "tags": "甲"}, [("SCH-004", ("tags",), False)], id="text for list"),
        pytest.param(
            {**T, "parts": ["甲"]}, [("SCH-004", ("parts", 0), False)], id="text for group"
        ),
        pytest.param({**T, "note": None}, [], id="null where allowed"),
        pytest.param({**T, "note": 1}, [("SCH-004", ("note",), False)], id="one of two types"),
        pytest.param({"title": None}, [("SCH-005", ("title",), True)], id="empty"),
        pytest.param({**T, "state": None}, [("SCH-005", ("state",), True)], id="empty choice"),
        pytest.param({**T, "state": "shut"}, [("SCH-006", ("state",), False)], id="no such choice"),
        pytest.param(
            {**T, "state": ["open"]}, [("SCH-006", ("state",), False)], id="a list of choices"
        ),
        pytest.param(
            {**T, "state": "办理中"}, [("SCH-007", ("state",), False)], id="the word for a choice"
        ),
        pytest.param(
            {**T, "item": "甲类"}, [("SCH-007", ("item",), False)], id="the word for a number"
        ),
        pytest.param({**T, "item": "1"}, [("SCH-004", ("item",), False)], id="a quoted choice"),
        pytest.param(
            {**T, "code": 1}, [("SCH-006", ("code",), False)], id="a code without its zero"
        ),
        pytest.param({**T, "phone": "11"}, [("SCH-008", ("phone",), False)], id="pattern"),
        pytest.param(
            {**T, "phone": "110\n"}, [("SCH-008", ("phone",), False)], id="pattern and a line end"
        ),
        pytest.param({"title": "  "}, [("SCH-008", ("title",), False)], id="blanks alone"),
        pytest.param({**T, "day": "2026-2-3"}, [("SCH-009", ("day",), False)], id="format"),
        pytest.param(
            {**T, "state": "done"}, [("SCH-010", (), False)], id="required on a condition"
        ),
        pytest.param(
            {**T, "state": "done", "raeson": "甲"},
            [("SCH-003", ("raeson",), True)],
            id="misspelt on a condition",
        ),
        pytest.param({**T, "answer": "甲"}, [("SCH-010", (), False)], id="required by another"),
        pytest.param({"title": ""}, [("SCH-011", ("title",), False)], id="empty text: once"),
        pytest.param({"title": "甲" * 201}, [("SCH-011", ("title",), False)], id="too long"),
        pytest.param({"title": "😀" * 200}, [], id="characters, not bytes"),
        pytest.param({**T, "tags": []}, [("SCH-012", ("tags",), False)], id="too few"),
        pytest.param(
            {**T, "tags": ["甲", "乙", "丙"]}, [("SCH-012", ("tags",), False)], id="too many"
        ),
        pytest.param({**T, "tags": ["甲", "甲"]}, [("SCH-012", ("tags",), False)], id="twice"),
        pytest.param(
            {**T, "tags": ["甲乙丙丁戊"]}, [("SCH-011", ("tags", 0), False)], id="an item too long"
        ),
        pytest.param({**T, "amount": -1}, [("SCH-013", ("amount",), False)], id="minimum"),
        pytest.param(
            {**T, "amount": 100}, [("SCH-013", ("amount",), False)], id="exclusive maximum"
        ),
        pytest.param({**T, "step": 7}, [("SCH-013", ("step",), False)], id="multiple"),
        pytest.param({**T, "step": 0}, [("SCH-013", ("step",), False)], id="exclusive minimum"),
        pytest.param({**T, "step": 55}, [("SCH-013", ("step",), False)], id="maximum"),
        pytest.param(
            {**T, "where": {"x": 1}}, [("SCH-014", ("where",), False)], id="none of some keys"
        ),
        pytest.param(
            {**T, "either": 1.5}, [("SCH-014", ("either",), False)], id="none of some forms"
        ),
        pytest.param(
            {**T, "nested": {"a": "x"}},
            [("SCH-004", ("nested", "a"), False)],
            id="the nearest form speaks",
        ),
        pytest.param(
            {**T, "marks": {"A": "x", "bb": "y"}},
            [("SCH-002", ("marks", "bb"), True)],
            id="a key of no pattern",
        ),
        pytest.param({**T, "has": ["乙"]}, [("SCH-015", ("has",), False)], id="contains"),
        pytest.param({**T, "item": 2, "cap": 3}, [("SCH-015", (), False)], id="not"),
    ],
)
def test_faults(value, found, sample):
    assert sample.is_valid("sample", value) == (not found)
    assert told(sample, value) == found


@pytest.mark.parametrize(
    ("value", "says", "does"),
    [
        ({}, "样品缺少必填的“标题”（title）", "例如：关于样品的通知"),
        ({**T, "cuont": 1}, "没有 cuont 这个字段，是不是 count？", "把 cuont 改成 count"),
        ({**T, "count": "三"}, "数量（count）应为整数，现在是 三", "例如：3"),
        ({**T, "public": "是"}, "应为true 或 false", "true 或 false"),
        ({**T, "item": "1"}, "事项（item）应为整数", "例如：1"),
        ({**T, "state": "shut"}, "状态（state）不能填 shut", "open（办理中）、done（已办结）"),
        ({**T, "item": 3}, "事项（item）不能填 3", "1（甲类）、2（乙类）"),
        ({**T, "state": "办理中"}, "填了中文 办理中，应填代码 open", "把 办理中 改成 open"),
        ({**T, "state": "done"}, "已办结的必须写明原因 reason：缺少“原因”（reason）", "reason: …"),
        ({**T, "answer": "甲"}, "填写了答复（answer）：缺少“答复时间”（answeredAt）", "2026-11-20"),
        ({**T, "tags": []}, "标签（tags）应至少 1 项，现在是 0 项", "增减"),
        ({**T, "tags": ["甲乙丙丁戊"]}, "最多 4 个字，现在是 5 个字", "增减文字"),
        ({**T, "where": {"x": 1}}, '{"x": 1}', "网址（url）、文件（file）"),
        ({**T, "item": 2, "cap": 3}, "样品的内容不符合规定：乙类没有上限", "乙类没有上限"),
        ({**T, "phone": "甲" * 99}, "甲" * 60 + "…", "三位。例如：110"),
    ],
)
def test_sentences(value, says, does, sample):
    ((code, _, _, values),) = faults(sample, "sample", value)
    finding = Diagnostic(code, Place("content/x.yml"), values)
    assert says in message(finding, "zh")
    assert does in hint(finding, "zh")
    for language in LANGUAGES:
        assert "{" not in message(finding, language).replace('{"x"', "")
        assert hint(finding, language)


def test_no_fault_is_lost_where_the_two_validators_differ(sample, monkeypatch):
    monkeypatch.setattr(Schemas, "errors", lambda *_: iter(()))
    assert told(sample, {"title": 3}) == [("SCH-015", (), False)]
