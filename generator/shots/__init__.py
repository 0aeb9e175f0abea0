"""Pictures of built pages before and after a change, by a browser without a screen or a network."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from shutil import which

__all__ = ["BrowserError", "Page", "browser", "changed_pages", "shoot"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SIZE = "1280,1800"
_SECONDS = 60
_ENDING = ".html"


class BrowserError(RuntimeError):
    """There is no browser, or it made no picture."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that differs between two built groups, by its path in them."""

    path: str
    before: bool
    after: bool

    @property
    def name(self) -> str:
        """A file name for its pictures."""
        return self.path.removesuffix(_ENDING).replace("/", "--")


def changed_pages(before: Path, after: Path) -> list[Page]:
    """The pages that are not the same bytes in both folders: records first, lists after them."""
    old, new = _pages(before), _pages(after)
    found = [
        Page(path, path in old, path in new)
        for path in sorted(old | new)
        if not (
            path in old
            and path in new
            and (before / path).read_bytes() == (after / path).read_bytes()
        )
    ]
    return sorted(found, key=lambda page: (_is_list(page.path), page.path))


def _pages(folder: Path) -> set[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob(f"*{_ENDING}"))
    return {path for path in found if not path.startswith(".")}


def _is_list(path: str) -> bool:
    """Whether a page lists others: the front page, an index, or a further page of one."""
    stem = path.rpartition("/")[2].removesuffix(_ENDING)
    return stem == "index" or (stem.isdigit() and len(stem) < 4)


def browser() -> str:
    """The browser's program. Errors: BrowserError."""
    found = next((path for name in _NAMES if (path := which(name))), None)
    if found is None:
        raise BrowserError("no Chromium here")
    return found


def shoot(program: str, page: Path, picture: Path, as_root: bool = False) -> None:
    """A PNG of a page, 1280 wide. Errors: BrowserError.

    The page may be anybody's: it gets no network, no profile and no more than a minute.
    """
    picture.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        words: Iterable[str] = (
            program,
            "--headless",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--proxy-server=127.0.0.1:9",
            f"--user-data-dir={profile}",
            f"--window-size={_SIZE}",
            f"--screenshot={picture.resolve()}",
            *(["--no-sandbox"] if as_root else []),
            page.resolve().as_uri(),
        )
        try:
            done = subprocess.run(list(words), capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise BrowserError(f"{page.name}: no picture within {_SECONDS} s") from error
    if done.returncode or not picture.is_file():
        raise BrowserError(f"{page.name}: {done.stderr.decode(errors='replace')[-300:]}")
