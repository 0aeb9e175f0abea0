"""The sample group, built once for all tests that read its pages, in whichever process."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import gongkai
from tests.support.built import BuiltGroup

PATIENCE = 600


@pytest.fixture(scope="session")
def built_group(root: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltGroup:
    """The sample group as `gongkai build` makes it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, claim = shared / "public", shared / "public.claim"
    done = shared / "public.done"
    try:
        os.close(os.open(claim, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not done.exists():
            assert time.monotonic() < deadline, "the other process never finished its build"
            time.sleep(0.2)
        return BuiltGroup(folder)
    run = CliRunner().invoke(gongkai, ["build", "--root", str(root), "--out", str(folder)])
    done.write_text(str(run.exit_code))
    assert run.exit_code == 0, run.output
    return BuiltGroup(folder)
