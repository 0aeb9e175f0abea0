"""Pages as people meet them: on a narrow screen, by keyboard, by screen reader, unscripted."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

AXE = Path("node_modules/axe-core/axe.min.js")
OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_is_wider_than_the_screen(
    browser: webdriver.Chrome, address: str, sample_pages: dict[str, str], width: int
) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 768},
    )
    try:
        wide = []
        for page in sample_pages.values():
            browser.get(address + page)
            if browser.execute_script(OVERFLOW) > 0:
                wide.append(page)
        assert not wide
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_no_page_complains_in_the_console(
    browser: webdriver.Chrome, address: str, sample_pages: dict[str, str]
) -> None:
    browser.get_log("browser")
    for look, page in sample_pages.items():
        if not look.startswith("gk-other"):  # those are answered as missing or taken back
            browser.get(address + page)
    severe = [row["message"] for row in browser.get_log("browser") if row["level"] == "SEVERE"]
    assert not severe


def test_axe_finds_no_barrier(
    browser: webdriver.Chrome, address: str, sample_pages: dict[str, str], root: Path
) -> None:
    script = (root / AXE).read_text("utf-8")
    barriers = []
    for page in sample_pages.values():
        browser.get(address + page)
        browser.execute_script(script)
        result = browser.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}).then(done)"
        )
        barriers += [
            f"{page}: {found['id']}: {found['nodes'][0]['html'][:120]}"
            for found in result["violations"]
        ]
    assert not barriers, "\n".join(barriers)


def test_the_first_tab_skips_to_the_text(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/portal/")
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    first = browser.switch_to.active_element
    assert first.text == "跳到正文"
    first.send_keys(Keys.ENTER)
    assert browser.current_url.endswith("#main")
    assert browser.switch_to.active_element.get_attribute("id") == "main"


def test_a_table_is_sorted_by_its_header(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/portal/zcwj/")
    button = browser.find_element(By.CSS_SELECTOR, "th:nth-child(4) button")
    button.send_keys(Keys.ENTER)
    cells = browser.find_elements(By.CSS_SELECTOR, "tbody td:nth-child(4)")
    days = [cell.text for cell in cells]
    assert days == sorted(days)
    assert button.find_element(By.XPATH, "..").get_attribute("aria-sort") == "ascending"


def test_columns_fold_on_a_phone_and_open_by_keyboard(
    browser: webdriver.Chrome, address: str
) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": True},
    )
    try:
        browser.get(f"{address}/portal/")
        box = browser.find_element(By.CSS_SELECTOR, ".gk-nav__box")
        assert box.get_attribute("open") is None
        box.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
        assert box.get_attribute("open") is not None
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_page_reads_fully_without_scripts(browser: webdriver.Chrome, address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{address}/portal/")
        links = browser.find_elements(By.CSS_SELECTOR, ".gk-nav a")
        assert all(link.is_displayed() for link in links)
        assert len(links) > 5
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
