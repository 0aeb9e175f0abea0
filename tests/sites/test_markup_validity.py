"""Every page of the sample group passes the Nu HTML checker."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.built import BuiltGroup

JAR = Path("node_modules/vnu-jar/build/dist/vnu.jar")
SHOWN = 20


def test_every_page_is_valid_html(built_group: BuiltGroup, root: Path) -> None:
    java, jar = shutil.which("java"), root / JAR
    if java is None or not jar.is_file():
        pytest.skip(
            "NOT CHECKED: the Nu HTML checker needs Java and `npm ci`; `make test` sets both up"
        )
    command = [java, "-Xss8m", "-jar", str(jar), "--skip-non-html", "--format", "json"]
    run = subprocess.run(
        [*command, str(built_group.folder)], capture_output=True, text=True, check=False
    )
    messages = json.loads(run.stderr)["messages"]
    faults = [
        f"{message['url']}:{message.get('lastLine')}: {message['message']}"
        for message in messages
        if message["type"] == "error" or message.get("subType") == "warning"
    ]
    assert not faults, f"{len(faults)} faults, the first:\n" + "\n".join(faults[:SHOWN])
