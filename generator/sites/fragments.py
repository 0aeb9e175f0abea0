"""The fragments of `theme/fragments/` as compiled templates: once a process, or once a folder.

Templates are given all they show by name; what they may use besides are the filters below. One is
compiled when a page first asks for it, and kept on disk where a folder is given for that.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator.sites import templating
from generator.sites.moments import moment_of
from generator.sites.templating import Names, Templates
from generator.store import digest_of

__all__ = ["dated_templates", "environment_of", "keep_compiled", "macros_of"]

_MACROS = "part/macros.html"
_NEEDS = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+['\"]([^'\"]+)")
_CLOCK = "listing.now"  # the only way a template reads the time

_Saved = frozenset[tuple[str, int]]


@lru_cache(maxsize=4)
def _environment(fragments: Path, saved: _Saved) -> jinja2.Environment:
    """The templates of a folder as they were saved at these times, not looked at again."""
    environment = Templates(
        loader=jinja2.FileSystemLoader(fragments),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        cache_size=-1,
        auto_reload=False,
    )
    environment.filters["day"] = lambda text: str(text or "")[:10]
    environment.filters["moment"] = lambda text: str(text or "")[:16]
    environment.filters["iso"] = lambda text: str(text).replace(" ", "T")
    environment.filters["zh_date"] = _zh_date
    environment.filters["paragraphs"] = _paragraphs
    environment.filters["lines"] = _lines
    environment.globals["moment_of"] = moment_of
    return environment


def environment_of(fragments: Path) -> jinja2.Environment:
    """The templates of a folder as they stand now."""
    return _environment(fragments, _saved(fragments))


def _saved(fragments: Path) -> _Saved:
    """When each template was saved."""
    return frozenset((str(file), file.stat().st_mtime_ns) for file in fragments.rglob("*.html"))


def _written(fragments: Path) -> str:
    """A digest of all templates, and of the program that compiles them."""
    files = sorted(fragments.rglob("*.html"))
    texts = (digest_of(f.relative_to(fragments).as_posix(), f.read_bytes()) for f in files)
    return digest_of(Path(templating.__file__).read_bytes(), *texts)


def keep_compiled(fragments: Path, cache: Path | None) -> None:
    """Keeps what is compiled from now on in the folder `cache`, for other processes."""
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        environment_of(fragments).bytecode_cache = _Compiled(cache, _written(fragments))


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Compiled templates on disk, each with a digest: a damaged program must not be run.

    A template is compiled with the one that it builds on, so its key covers `written`, a digest of
    them all and of what compiles them.
    """

    def __init__(self, folder: Path, written: str) -> None:
        super().__init__(str(folder))
        self._written = written

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return digest_of(self._written, super().get_cache_key(name, filename))

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with suppress(OSError):
            head, _, body = Path(self._get_cache_filename(bucket)).read_bytes().partition(b"\n")
            if head.decode("ascii", "replace") == digest_of(bucket.key, body):
                bucket.bytecode_from_string(body)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        file, body = Path(self._get_cache_filename(bucket)), bucket.bytecode_to_string()
        beside = file.with_name(f"{file.name}.{os.getpid()}.tmp")
        with suppress(OSError):
            beside.write_bytes(digest_of(bucket.key, body).encode() + b"\n" + body)
            beside.replace(file)


def macros_of(environment: jinja2.Environment, shared: dict[str, Any]) -> Any:
    """The pieces that several pages use, with what is the same for every page of a site."""
    return environment.get_template(_MACROS).make_module(Names(shared), shared=True)


def dated_templates(fragments: Path) -> frozenset[str]:
    """The templates whose pages tell the day, by themselves or by one that they build on."""
    return _dated(fragments, _saved(fragments))


@lru_cache(maxsize=4)
def _dated(fragments: Path, saved: _Saved) -> frozenset[str]:
    files = fragments.rglob("*.html")
    texts = {file.relative_to(fragments).as_posix(): file.read_text("utf-8") for file in files}
    needs = {name: {*_NEEDS.findall(text), _MACROS} for name, text in texts.items()}
    dated = {name for name, text in texts.items() if _CLOCK in text}
    while more := {name for name, need in needs.items() if name not in dated and need & dated}:
        dated |= more
    return frozenset(dated)


def _zh_date(text: str | None) -> str:
    """`2026年11月20日`, without leading zeros."""
    if not text:
        return ""
    day = date.fromisoformat(str(text)[:10])
    return f"{day.year}年{day.month}月{day.day}日"


def _paragraphs(text: str | None) -> Markup:
    """Plain text as paragraphs, one a line."""
    lines = [line.strip() for line in str(text or "").splitlines()]
    return Markup("".join(f"<p>{escape(line)}</p>" for line in lines if line))


def _lines(text: str) -> Markup:
    """Plain text with its line ends kept."""
    shown = escape(text.strip())
    return Markup(str(shown).replace("\n", "<br>")) if "\n" in shown else shown
