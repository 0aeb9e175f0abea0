"""Whatever bytes a file holds, the check ends, says where, and says it in order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.emit import to_markdown, to_yaml
from generator.load import KINDS, Form
from generator.load.kinds import ASSET_ENDINGS
from generator.schema import Schemas
from tests.conftest import ROOT

UNIT = "content/units/jyj"
SCHEMAS = Schemas.read(ROOT / "schemas")
LESS = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
SLOW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])

PIECES = st.sampled_from(
    [
        b"---\n",
        b"---",
        b"\n",
        b"\r\n",
        b"\r",
        b"\t",
        b" ",
        b":",
        b": ",
        b"- ",
        b"? ",
        b"[",
        b"]",
        b"{",
        b"}",
        b",",
        b"&a",
        b"*a",
        b"!!x",
        b"|",
        b">",
        b'"',
        b"'",
        b"\\",
        b"#",
        b"%",
        b"@",
        b"`",
        b"<<",
        b"...",
        b"~",
        b"null",
        b"yes",
        b"007",
        b"1e9",
        b"\x00",
        b"\xff",
        b"\xc3\x28",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        "关于".encode(),
        "：".encode(),
        "\u202e".encode(),
        "\u2028".encode(),
        b"title",
        b"column",
        b"rows",
        b"publishedAt: 2026-11-20 09:30\n",
        b"2026-02-30",
        b"](",
        b"![",
        b"<a href='",
        b"<img src=",
        b"```\n",
        b"[^1]: ",
        b"# ",
        b"|--|",
        b"units/jyj/policies/2025/0001",
        b"../../",
        b"x" * 300,
    ]
)
SCRAPS = st.lists(PIECES, max_size=30).map(b"".join)
ANY = st.binary(max_size=300) | SCRAPS


def spoilt(record: bytes):
    """A sound record with some of its bytes cut out and others put in."""
    spots = st.integers(0, len(record))
    return st.lists(st.tuples(spots, spots, ANY), min_size=1, max_size=3).map(
        lambda cuts: _spoil(record, cuts)
    )


def _spoil(record, cuts):
    for start, length, put in cuts:
        record = record[:start] + put + record[start + length % 20 :]
    return record


def sound_record(kind):
    """The example of a kind, as its file."""
    example = SCHEMAS.of(kind.name)["examples"][0]
    text = to_yaml(example)
    if kind.form is Form.MARKDOWN:
        text = to_markdown(example, "## 一\n\n见[文件](../a.md#x)。\n\n![图](a.png)\n")
    return text.encode()


def path_of(kind):
    """A path where a record of the kind may stand."""
    pattern = kind.pattern.replace("content/units/<单位>", UNIT)
    return pattern.replace("<年份>", "2026").replace("<编号>", "fuzz")


@pytest.mark.parametrize("ending", ["md", "yml"])
@LESS
@given(data=ANY)
def test_any_bytes_as_a_record(ending, data, checked):
    folder = "articles/2026" if ending == "md" else "leaders"
    assert checked({f"{UNIT}/{folder}/fuzz.{ending}": data})


@LESS
@given(body=SCRAPS)
def test_any_body(body, checked):
    front = b"---\n" + to_yaml(SCHEMAS.of("article")["examples"][0]).encode() + b"---\n"
    checked({f"{UNIT}/articles/2026/fuzz.md": front + body})


@LESS
@given(data=ANY | st.lists(PIECES, max_size=30).map(b",".join))
def test_any_bytes_as_a_table(data, checked):
    record = dict(SCHEMAS.of("fee")["examples"][0])
    record.pop("rows")
    table = f"{UNIT}/fees/fuzz"
    checked({f"{table}.yml": to_yaml(record).encode(), f"{table}.csv": data})


@pytest.mark.parametrize("ending", sorted(ASSET_ENDINGS))
@SLOW
@given(
    data=ANY,
    start=st.sampled_from(
        [
            b"",
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0",
            b"RIFF\x00\x00\x00\x00WEBP",
            b"ID3",
        ]
    ),
)
def test_any_bytes_as_a_file(ending, data, start, checked):
    article = to_yaml(
        {
            **SCHEMAS.of("article")["examples"][0],
            "attachments": [{"file": f"fuzz/a{ending}", "title": "检修计划表"}],
        }
    )
    checked(
        {
            f"{UNIT}/articles/2026/fuzz.md": f"---\n{article}---\n正文。\n".encode(),
            f"{UNIT}/articles/2026/fuzz/a{ending}": start + data,
        }
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_spoilt_record_of_any_kind(kind, data, checked):
    checked({path_of(kind): data.draw(spoilt(sound_record(kind)))})


NAMES = st.text(st.sampled_from("aA0-_.é\u0301甲 \n\udcff\u202e\\:*"), min_size=1, max_size=12)


@LESS
@given(
    folder=st.sampled_from(["", "units/", f"{UNIT[8:]}/", f"{UNIT[8:]}/articles/2026/", "duties/"]),
    name=NAMES,
    ending=st.sampled_from(["", ".md", ".yml", ".csv", ".pdf", ".exe"]),
)
def test_any_name(folder, name, ending, checked):
    checked({f"content/{folder}{name}{ending}": b"x"})
