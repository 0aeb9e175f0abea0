"""What the local server answers: built bytes, moved and taken-back pages, and nothing outside."""

from __future__ import annotations

import json
import threading
import urllib.request
from pathlib import Path

import pytest

from generator.serve.answers import answer
from generator.serve.server import Server


@pytest.fixture
def out(tmp_path: Path) -> Path:
    site = tmp_path / "public" / "jyj"
    (site / "gzdt").mkdir(parents=True)
    link = '<a href="https://www.x.gov.cn/a.html">门户</a>'
    (site / "index.html").write_text(f"<html><body>{link}</body></html>", "utf-8")
    (site / "栏").mkdir()
    (site / "gzdt" / "index.html").write_text("<body>栏目</body>", "utf-8")
    (site / "404.html").write_text("<body>不存在</body>", "utf-8")
    (site / "gone.html").write_text("<body>已撤下</body>", "utf-8")
    (site / "_moved.map").write_text("/old.html /gzdt/;\n/far.html https://www.x.gov.cn/b.html;\n")
    (site / "_gone.map").write_text("/gone.html 410;\n/old/2.asp 410;\n")
    (tmp_path / "secret.txt").write_text("x")
    sites = {"jyj": "https://jyj.x.gov.cn/", "portal": "https://www.x.gov.cn/"}
    (tmp_path / "public" / "sites.json").write_text(json.dumps(sites))
    return tmp_path / "public"


@pytest.mark.parametrize(
    ("request_path", "status", "location"),
    [
        pytest.param("/jyj/", 200, None, id="home"),
        pytest.param("/jyj/gzdt", 301, "/jyj/gzdt/", id="folder without its slash"),
        pytest.param("/jyj/gzdt/?x=1", 200, None, id="query"),
        pytest.param("/jyj/old.html", 301, "/jyj/gzdt/", id="moved within"),
        pytest.param("/jyj/far.html", 301, "/portal/b.html", id="moved to another site"),
        pytest.param("/jyj/gone.html", 410, None, id="taken back"),
        pytest.param("/jyj/none.html", 404, None, id="missing"),
        pytest.param("/../secret.txt", 404, None, id="outside"),
        pytest.param("/jyj/old/2.asp", 410, None, id="taken back, without a page"),
        pytest.param("/jyj/%00.html", 404, None, id="a name no file can have"),
        pytest.param("/jyj/" + "a" * 300, 404, None, id="a name too long for a file"),
        pytest.param("//jyj/gzdt", 301, "/jyj/gzdt/", id="never to another host"),
        pytest.param("/jyj/%E6%A0%8F", 301, "/jyj/%E6%A0%8F/", id="folder with a Chinese name"),
        pytest.param("/%2e%2e/secret.txt", 404, None, id="outside, written in escapes"),
    ],
)
def test_answer(out: Path, request_path: str, status: int, location: str | None) -> None:
    found = answer(out, request_path, "1")
    assert found.status == status
    assert found.headers.get("Location") == location


def test_links_between_sites_become_local(out: Path) -> None:
    assert b'href="/portal/a.html"' in answer(out, "/jyj/", "1").body


def test_a_server_answers_over_http_and_tells_the_build(out: Path) -> None:
    server = Server(out.parent, out, print, print)
    listening = server.listen("127.0.0.1", 0)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        base = f"http://127.0.0.1:{listening.server_port}"
        assert urllib.request.urlopen(f"{base}/_built").read() == b"0"
        page = urllib.request.urlopen(f"{base}/jyj/")
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "门户" in page.read().decode()
    finally:
        listening.shutdown()
        listening.server_close()


def test_a_save_is_rebuilt(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    seen: list[set[str]] = []
    rebuilt = threading.Event()

    def rebuild(changed: set[str]) -> None:
        seen.append(changed)
        rebuilt.set()

    server = Server(tmp_path, tmp_path / "out", rebuild, print)
    thread = threading.Thread(target=server.watch, daemon=True)
    thread.start()
    for number in range(50):
        (content / "a.yml").write_text(f"a: {number}")
        if rebuilt.wait(0.3):
            break
    server.stop()
    thread.join(5)
    assert seen
    assert seen[0] == {"content/a.yml"}


def test_a_rebuild_that_breaks_does_not_end_the_watch(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    calls: list[set[str]] = []
    told: list[Exception] = []
    again = threading.Event()

    def rebuild(changed: set[str]) -> None:
        calls.append(changed)
        if len(calls) > 1:
            again.set()
        raise ValueError("a schema is being edited")

    server = Server(tmp_path, tmp_path / "out", rebuild, told.append)
    thread = threading.Thread(target=server.watch, daemon=True)
    thread.start()
    for number in range(50):
        (content / "a.yml").write_text(f"a: {number}")
        if again.wait(0.3):
            break
    server.stop()
    thread.join(5)
    assert len(calls) > 1
    assert str(told[0]) == "a schema is being edited"
    assert server.builds == 0
