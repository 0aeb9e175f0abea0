"""A real browser over the sample group, served as `gongkai serve` serves it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from generator.serve.server import Server
from tests.support.built import BuiltGroup

OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=1",
)


@pytest.fixture(scope="session")
def address(built_group: BuiltGroup) -> Iterator[str]:
    """The address of the served group, without a slash at its end."""
    server = Server(built_group.folder.parent, built_group.folder, print, print)
    listening = server.listen("127.0.0.1", 0)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    listening.server_close()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Debian's Chromium, headless; `make test` installs it."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def sample_pages(built_group: BuiltGroup) -> dict[str, str]:
    """One page of each look, by the classes that it uses and the kind of record it shows."""
    found: dict[str, str] = {}
    for (site, path), page in built_group.pages.items():
        parts = Path(path).parts
        folder = parts[2] if parts[0] == "units" and len(parts) > 3 else parts[0]
        look = f"{page.tree.body.get('class')} {folder}"
        found.setdefault(look, f"/{site}/{path}")
    return found
