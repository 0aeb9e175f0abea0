"""The root `mkdocs.yml` is a working MkDocs project: the portal, byte for byte as built."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from generator.cli import gongkai
from tests.support.groups import SmallGroup


def test_mkdocs_build_is_the_portal(small: SmallGroup, root: Path, tmp_path: Path) -> None:
    (small.root / "generator").symlink_to(root / "generator")
    config = small.root / "mkdocs.yml"
    config.unlink()
    config.write_text((root / "mkdocs.yml").read_text("utf-8"), "utf-8")
    live, built = tmp_path / "live", tmp_path / "public"
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "-f",
        str(config),
        "-d",
        str(live),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    options = ["--root", str(small.root), "--out", str(built), "--site", "portal", "--force"]
    assert CliRunner().invoke(gongkai, ["build", *options]).exit_code == 0
    ours = {p.relative_to(built / "portal"): p.read_bytes() for p in _files(built / "portal")}
    assert {p.relative_to(live): p.read_bytes() for p in _files(live)} == ours


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]
