"""A preview: pages that say at the top of each that nobody has approved them."""

from __future__ import annotations

from pathlib import Path

__all__ = ["WORDS", "mark"]

WORDS = "未经审核"
_ROBOTS = b'<meta name="robots" content="noindex,nofollow,noarchive">'
_BAND = (
    '<div role="note" style="position:sticky;top:0;z-index:2147483647;padding:.5em 1em;'
    "background:#b4000f;color:#fff;font:700 1rem/1.5 sans-serif;text-align:center;"
    'letter-spacing:.2em">未经审核　仅供内部试看，不得发布</div>'
    '<div aria-hidden="true" style="position:fixed;inset:0;z-index:2147483646;'
    "pointer-events:none;display:flex;align-items:center;justify-content:center;overflow:hidden;"
    "color:rgba(180,0,15,.13);font:700 min(22vw,14rem)/1 sans-serif;white-space:nowrap;"
    'transform:rotate(-24deg)">未经审核</div>'
).encode()
_NO_ROBOTS = b"User-agent: *\nDisallow: /\n"


def mark(folder: Path) -> int:
    """Marks every page below a folder, and asks machines to stay away; how many pages."""
    count = 0
    for file in sorted(folder.rglob("*.html")):
        file.write_bytes(_marked(file.read_bytes()))
        count += 1
    for name in ("robots.txt", "sitemap.xml", "feed.xml"):
        for file in folder.rglob(name):
            file.write_bytes(_NO_ROBOTS) if name == "robots.txt" else file.unlink()
    (folder / "robots.txt").write_bytes(_NO_ROBOTS)
    return count


def _marked(page: bytes) -> bytes:
    """The page with the mark in it, wherever its head and body begin."""
    head, body = page.find(b"<head>"), page.find(b"<body")
    end = page.find(b">", body) + 1 if body >= 0 else 0
    page = page[:end] + _BAND + page[end:]
    return page[: head + 6] + _ROBOTS + page[head + 6 :] if head >= 0 else _ROBOTS + page
