"""A cell becomes what its column asks for, or stays text for the schema to refuse there."""

import pytest

from generator.diagnostics import Place
from generator.schema import Schemas, bound, shape_findings
from tests.support.trees import loaded

TABLE = "content/units/tax/fees/list"
ROW = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "title": "项目"},
        "count": {"type": "integer", "title": "件数"},
        "amount": {"type": "number", "title": "金额"},
        "ok": {"type": "boolean", "title": "是否正常"},
        "kinds": {
            "type": "array",
            "title": "类别",
            "items": {"enum": ["a"], "x-labels": {"a": "甲类"}},
        },
        "state": {"enum": ["open"], "x-labels": {"open": "执行中"}, "title": "状态"},
        "item": {"enum": [1, 2], "x-labels": {"1": "第一项"}, "title": "事项"},
    },
}
SCHEMAS = Schemas(
    {
        "fee.schema.json": {
            "title": "收费清单",
            "type": "object",
            "properties": {"rows": {"type": "array", "items": ROW}},
        }
    }
)


def read(folder, text):
    """The document of a table, bound to the schema, and what binding and the schema found."""
    files = {f"{TABLE}.yml": "{}\n", f"{TABLE}.csv": text}
    (document,) = loaded(folder, files).documents
    document, findings = bound(document, SCHEMAS)
    return document, [*findings, *shape_findings(document, SCHEMAS)]


@pytest.mark.parametrize(
    ("header", "cell", "value"),
    [
        ("项目", "城市道路占用费", "城市道路占用费"),
        ("name", "007", "007"),
        ("件数", "12", 12),
        ("件数", "-3", -3),
        ("件数", "1,200", 1200),
        ("金额", "1,200.50", 1200.5),
        ("金额", "3", 3),
        ("金额", "0.5", 0.5),
        ("是否正常", "是", True),
        ("是否正常", "否", False),
        ("ok", "TRUE", True),
        ("ok", "False", False),
        ("类别", "a;甲类；a", ["a", "a", "a"]),
        ("类别", " a ； ", ["a"]),
        ("状态", "执行中", "open"),
        ("状态", "open", "open"),
        ("事项", "2", 2),
        ("事项", "第一项", 1),
    ],
)
def test_cells(header, cell, value, tmp_path):
    cell = f'"{cell}"' if "," in cell else cell
    document, findings = read(tmp_path, f"{header}\n{cell}\n")
    assert findings == []
    (row,) = document.value["rows"]
    assert list(row.values()) == [value]
    assert [type(inner) for inner in row.values()] == [type(value)]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("件数", "十二"),
        ("件数", "１２"),
        ("件数", "1_000"),
        ("件数", "1.0"),
        ("件数", "12,00"),
        ("件数", "99999999999999999999"),
        ("金额", "nan"),
        ("金额", "inf"),
        ("金额", "1e5"),
        ("金额", "12元"),
        ("金额", "."),
        ("是否正常", "正常"),
        ("状态", "停用"),
        ("事项", "3"),
        ("类别", "乙类"),
    ],
)
def test_cells_that_are_not_what_the_column_asks(header, cell, tmp_path):
    cell = f'"{cell}"' if "," in cell else cell
    _, findings = read(tmp_path, f"项目,{header}\n甲,{cell}\n")
    assert [finding.place for finding in findings] == [Place(f"{TABLE}.csv", 2, 3)]


def test_an_empty_cell_is_an_absent_value(tmp_path):
    document, findings = read(tmp_path, "项目,件数\n甲,\n,3\n")
    assert findings == []
    assert document.value["rows"] == [{"name": "甲"}, {"count": 3}]


def test_unknown_headers(tmp_path):
    document, findings = read(tmp_path, "项目,備註,\n甲,乙,丙\n")
    assert [(f.code, f.place, f.values["name"]) for f in findings] == [
        ("SCH-020", Place(f"{TABLE}.csv"), "備註"),
        ("SCH-020", Place(f"{TABLE}.csv"), "（空）"),
    ]
    assert document.value["rows"] == [{"name": "甲"}]


def test_rows_stand_in_one_place(tmp_path):
    files = {f"{TABLE}.yml": "title: 甲\nrows: []\n", f"{TABLE}.csv": "项目\n甲\n"}
    (finding,) = loaded(tmp_path, files).findings
    assert (finding.code, finding.place) == ("SRC-044", Place(f"{TABLE}.yml", 2, 1))


def test_a_record_without_a_table_stays_as_it_is(tmp_path):
    (document,) = loaded(tmp_path, {f"{TABLE}.yml": "title: 甲\n"}).documents
    assert bound(document, SCHEMAS) == (document, [])
