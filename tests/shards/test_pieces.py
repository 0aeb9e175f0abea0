"""Pieces that are joined: what one build makes, byte for byte; or a refusal that says why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.shards.piece import Manifest
from tests.support.groups import SmallGroup
from tests.support.pieces import Builder
from tests.support.repositories import Repository

LATER_THAT_DAY = "2026-11-24T20:00:00+08:00"


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_a_small_group(builder: Builder, count: int) -> None:
    assert builder.whole().exit_code == 0
    run = builder.in_pieces(count)
    assert run.exit_code == 0, run.output
    assert builder.bytes_of("joined") == builder.bytes_of("whole")
    assert {"portal", "jyj", "yangcheng"} <= {
        row.name for row in (builder.out / "joined").iterdir()
    }


def test_the_sample_city(root: Path, tmp_path: Path) -> None:
    builder = Builder(root, tmp_path)
    assert builder.whole().exit_code == 0
    run = builder.in_pieces(3)
    assert run.exit_code == 0, run.output
    assert builder.bytes_of("joined") == builder.bytes_of("whole")


def test_what_other_parts_give_is_listed(builder: Builder) -> None:
    assert builder.in_pieces(3).exit_code == 0
    listed = (builder.out / "joined/yangcheng/yaowen/index.html").read_text("utf-8")
    assert "教育局的稿件" in listed
    assert "给教育局" in (builder.out / "joined/jyj/gzdt/index.html").read_text("utf-8")
    assert "给教育局" not in listed


def test_with_a_cache_of_its_own_a_piece_follows_a_change(
    builder: Builder, small: SmallGroup
) -> None:
    for number in (1, 2, 3):
        assert builder.shard(number, 3, cache=str(number)).exit_code == 0
    small.article("units/kjj/articles/2026/0003.md", column="bmdt", title="新的稿件")
    (small.root / "content/units/kjj/articles/2026/0002.md").unlink()
    for number in (1, 2, 3):
        assert builder.shard(number, 3, cache=str(number)).exit_code == 0
    assert builder.join([3, 1, 2]).exit_code == 0
    assert builder.whole().exit_code == 0
    assert builder.bytes_of("joined") == builder.bytes_of("whole")


def test_a_commit_in_pieces(builder: Builder, small: SmallGroup, tmp_path: Path) -> None:
    repository = Repository(small.root)
    repository.commit()
    small.article("units/jyj/articles/2026/0009.md", title="没有提交")
    words = ("--at", "HEAD", "--force")  # its items are older than the commit
    for number in (1, 2):
        assert builder.shard(number, 2, *words).exit_code == 0
    run = builder.join([1, 2], *words)
    assert run.exit_code == 0, run.output
    assert builder.whole(*words).exit_code == 0
    assert builder.bytes_of("joined") == builder.bytes_of("whole")


def test_what_is_no_longer_planned_is_removed(builder: Builder) -> None:
    assert builder.in_pieces(2).exit_code == 0
    (builder.root / "content/units/jyj/site.yml").unlink()
    for number in (1, 2):
        assert builder.shard(number, 2, "--force").exit_code == 0
        assert not (builder.piece(number) / "jyj").exists()
    assert builder.join([1, 2], "--force").exit_code == 0
    assert not (builder.out / "joined/jyj").exists()
    sites = json.loads((builder.out / "joined/sites.json").read_text("utf-8"))
    assert sorted(sites) == ["portal", "yangcheng"]


def test_a_build_goes_on_from_what_was_joined(builder: Builder, small: SmallGroup) -> None:
    assert builder.whole(name="joined", cache="own").exit_code == 0
    small.article("units/jyj/articles/2026/0007.md", title="合并以后才有")
    assert builder.in_pieces(3).exit_code == 0
    (small.root / "content/units/jyj/articles/2026/0007.md").unlink()
    assert builder.whole(name="joined", cache="own").exit_code == 0
    assert builder.whole().exit_code == 0
    assert builder.bytes_of("joined") == builder.bytes_of("whole")


def faulty(small: SmallGroup) -> None:
    """Faults of one file, of one part, of two parts together, and of the group."""
    small.write("units/kjj/articles/2026/0005.md", "没有字段")
    small.article("units/yangcheng/articles/2026/0006.md", body="见[那里](../../../jyj/none.md)。")
    policies = small.root / "content/units/jyj/policies/2025"
    shutil.copytree(policies, small.root / "content/units/yangcheng/policies/2025")
    small.write("units/nobody/articles/2026/0001.md", "没有单位")


def test_all_findings_are_told_as_a_build_tells_them(builder: Builder, small: SmallGroup) -> None:
    faulty(small)
    whole = builder.whole()
    assert whole.exit_code == 1
    codes = [builder.shard(number, 3).exit_code for number in (1, 2, 3)]
    assert 1 in codes
    joined = builder.join([1, 2, 3])
    assert joined.exit_code == 1
    assert joined.output == whole.output
    assert not (builder.out / "joined").joinpath("portal").exists()


def test_by_force_the_rest_is_built_and_joined(builder: Builder, small: SmallGroup) -> None:
    faulty(small)
    assert builder.whole("--force").exit_code == 0
    for number in (1, 2, 3):
        builder.shard(number, 3)
    run = builder.join([1, 2, 3], "--force")
    assert run.exit_code == 2
    assert "没有生成网站" in run.output
    for number in (1, 2, 3):
        assert builder.shard(number, 3, "--force").exit_code == 0
    assert builder.join([1, 2, 3], "--force").exit_code == 0
    assert builder.bytes_of("joined") == builder.bytes_of("whole")


def test_a_site_that_fails_keeps_its_last_output(builder: Builder, small: SmallGroup) -> None:
    assert builder.in_pieces(2).exit_code == 0
    before = builder.bytes_of("joined/jyj")
    theme = small.root / "theme"
    project = theme.resolve()
    theme.unlink()
    shutil.copytree(project, theme)
    (theme / "fragments" / "page" / "policy.html").write_text("{{ d.noSuchField }}")
    assert {builder.shard(number, 2).exit_code for number in (1, 2)} == {0, 1}
    run = builder.join([1, 2])
    assert run.exit_code == 1
    assert "网站 jyj 没有生成" in run.output
    assert builder.bytes_of("joined/jyj") == before


def test_pieces_of_the_same_hour_belong_together(builder: Builder) -> None:
    assert builder.shard(1, 2).exit_code == 0
    assert builder.shard(2, 2, moment=LATER_THAT_DAY).exit_code == 0
    run = builder.join([1, 2])
    assert run.exit_code == 0, run.output


@pytest.fixture
def pieces(builder: Builder) -> Builder:
    """Two pieces that belong together."""
    for number in (1, 2):
        assert builder.shard(number, 2).exit_code == 0
    return builder


def refusal(builder: Builder, numbers: list[int]) -> str:
    """Why pieces are not joined; nothing was put in place."""
    run = builder.join(numbers)
    assert run.exit_code == 2, run.output
    assert not builder.bytes_of("joined")
    return run.output


def test_a_missing_piece(pieces: Builder) -> None:
    assert "缺第 2 片" in refusal(pieces, [1])


def test_a_piece_given_twice(pieces: Builder) -> None:
    shutil.copytree(pieces.piece(1), pieces.piece(3))
    assert "都是第 1 片" in refusal(pieces, [1, 3])


def test_pieces_of_different_deals(pieces: Builder) -> None:
    assert pieces.shard(3, 3).exit_code == 0
    assert "2、3" in refusal(pieces, [1, 2, 3])


def test_no_piece_at_all(pieces: Builder) -> None:
    pieces.piece(2).joinpath(".gongkai/piece.json").unlink()
    assert "不是分片" in refusal(pieces, [1, 2])


def test_a_damaged_manifest(pieces: Builder) -> None:
    file = pieces.piece(2) / ".gongkai/piece.json"
    file.write_bytes(file.read_bytes().replace(b"jyj", b"jyx", 1))
    assert "不是分片" in refusal(pieces, [1, 2])


def test_pieces_that_were_joined_already(pieces: Builder) -> None:
    assert pieces.join([1, 2]).exit_code == 0
    assert pieces.join([1, 2]).exit_code == 2


def test_pieces_of_different_content(pieces: Builder, small: SmallGroup) -> None:
    small.article("units/jyj/articles/2026/0009.md")
    assert pieces.shard(2, 2).exit_code == 0
    assert "不同内容" in refusal(pieces, [1, 2])


def test_content_that_has_changed_since(pieces: Builder, small: SmallGroup) -> None:
    small.article("units/jyj/articles/2026/0009.md")
    assert "内容库里的内容" in refusal(pieces, [1, 2])


def test_pieces_of_another_day(builder: Builder) -> None:
    assert builder.shard(1, 2).exit_code == 0
    assert builder.shard(2, 2, moment="2026-11-23T12:00:00+08:00").exit_code == 0
    assert "太早" in refusal(builder, [1, 2])


def test_an_item_whose_time_came_between_pieces(builder: Builder, small: SmallGroup) -> None:
    small.article("units/jyj/articles/2026/0009.md", publishedAt="2026-11-24 15:00")
    assert builder.shard(1, 2, moment=LATER_THAT_DAY).exit_code == 0
    assert builder.shard(2, 2).exit_code == 0
    assert "2026-11-24 15:00" in refusal(builder, [1, 2])


def changed(builder: Builder, number: int, **fields: object) -> None:
    """Writes a piece's manifest with other fields."""
    folder = builder.piece(number)
    manifest = Manifest.read(folder)
    assert manifest is not None
    plain = {name: getattr(manifest, name) for name in manifest.__dataclass_fields__}
    Manifest(**{**plain, **fields}).write(folder)


def test_a_piece_of_another_program(pieces: Builder) -> None:
    changed(pieces, 2, program="0" * 32)
    assert "另一个版本的程序" in refusal(pieces, [1, 2])


def test_a_piece_with_another_theme(pieces: Builder) -> None:
    changed(pieces, 2, theme="0" * 32)
    assert "不同的 theme" in refusal(pieces, [1, 2])


def test_a_part_that_no_piece_answers_for(pieces: Builder) -> None:
    changed(pieces, 1, indexes={}, judged={})
    assert "不在任何一个分片里" in refusal(pieces, [1, 2])


def test_a_piece_without_all_its_files(pieces: Builder) -> None:
    (pieces.piece(2) / "jyj" / "index.html").unlink()
    assert "不完整" in refusal(pieces, [1, 2])


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--shard", "0/3"], id="before the first"),
        pytest.param(["--shard", "4/3"], id="after the last"),
        pytest.param(["--shard", "1"], id="of nothing"),
        pytest.param(["--shard", "1/2", "--site", "jyj"], id="a shard and a site"),
        pytest.param(["--shard", "1/2", "--dask", "local:2"], id="a shard on a cluster"),
        pytest.param(["--share", "memory://x"], id="a location for one build"),
        pytest.param(["--moment", "2026-11-24T12:00:00"], id="a moment without its zone"),
        pytest.param(["--moment", "noon"], id="no moment"),
        pytest.param(["--shard", "1/2", "--share", "nowhere://x"], id="an unknown protocol"),
        pytest.param(["--dask", "tcp://127.0.0.1:1"], id="a cluster without a location"),
        pytest.param(["--dask", "local:none"], id="no number of workers"),
    ],
)
def test_wrong_use_is_told(builder: Builder, words: list[str]) -> None:
    run = builder.call("build", "--out", builder.out / "x", *words)
    assert run.exit_code == 2, run.output
    assert not (builder.out / "x" / "portal").exists()
