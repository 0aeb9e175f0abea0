"""A request path → what a server of the group would answer: the bytes as built.

Each site stands below `/<site>/`. Only in HTML the group's own addresses are turned into local
ones, so that a link between sites can be followed without any host name being set up.
"""

from __future__ import annotations

import json
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

__all__ = ["Answer", "answer"]

# Asks what the present build is, and is answered when there is another: then it shows that.
_RELOAD = (
    b"<script>(async()=>{let seen='';"
    b"for(;;)try{const now=await(await fetch('/_built?'+seen)).text();"
    b"if(seen&&seen!==now)return location.reload();seen=now}"
    b"catch{await new Promise(go=>setTimeout(go,1000))}})()</script>"
)
_TEXT = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".xml": "text/xml"}


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers, body."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(out: Path, request: str, build: str) -> Answer:
    """What to answer to a GET of `request`; `build` names the present build for pages that wait."""
    path = "/" + unquote(request.partition("?")[0].partition("#")[0]).lstrip("/")
    if path == "/_built":
        return Answer(
            200, build.encode(), {"Content-Type": "text/plain", "Cache-Control": "no-store"}
        )
    file = _within(out, path)
    if file is None:
        return Answer(404)
    if file.is_dir():
        if not path.endswith("/"):
            return Answer(301, headers={"Location": quote(path) + "/"})
        file = file / "index.html"
    site, _, inner = path[1:].partition("/")
    moved = _map(out / site / "_moved.map").get("/" + (inner or "index.html"))
    if moved:
        location = f"/{site}{moved}" if moved.startswith("/") else _local(out, moved)
        return Answer(301, headers={"Location": location})
    gone = "/" + inner in _map(out / site / "_gone.map")
    if not file.is_file():
        status, missing = 410 if gone else 404, out / site / "404.html"
        if not missing.is_file():
            return Answer(status)
        return Answer(status, _page(out, missing), _headers(missing))
    return Answer(410 if gone else 200, _page(out, file), _headers(file))


def _within(out: Path, path: str) -> Path | None:
    """What the path names below `out`; None for what lies elsewhere or can name no file."""
    try:
        file = (out / path[1:]).resolve()
        file.is_file()
    except (OSError, ValueError):
        return None
    return file if file.is_relative_to(out.resolve()) else None


def _map(file: Path) -> dict[str, str]:
    """The rows of a server map: former path → where to."""
    if not file.is_file():
        return {}
    rows = (line.rstrip(";").split(" ", 1) for line in file.read_text("utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) > 1}


def _headers(file: Path) -> dict[str, str]:
    kind = (
        _TEXT.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    )
    charset = "; charset=utf-8" if kind.startswith("text/") or kind.endswith("xml") else ""
    return {"Content-Type": kind + charset, "Cache-Control": "no-store"}


def _page(out: Path, file: Path) -> bytes:
    data = file.read_bytes()
    if file.suffix != ".html":
        return data
    for url, local in _locals(out).items():
        data = re.sub(re.escape(url.encode()) + rb"(?=[/\"#?])", local.encode(), data)
    return data.replace(b"</body>", _RELOAD + b"</body>", 1)


def _locals(out: Path) -> dict[str, str]:
    """Each site's address without its slash, and the local folder that stands for it."""
    file = out / "sites.json"
    if not file.is_file():
        return {}
    sites = json.loads(file.read_text("utf-8"))
    return {url.rstrip("/"): f"/{name}" for name, url in sites.items()}


def _local(out: Path, address: str) -> str:
    for url, local in _locals(out).items():
        if address.startswith(url + "/"):
            return local + address[len(url) :]
    return address
