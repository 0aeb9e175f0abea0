"""Bodies: links that lead somewhere, pictures that say something.

Links within the group are relative paths to files, as every Markdown viewer follows them; the
build turns them into addresses. A target is rendered for its anchors only where a link names one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.markup import Link, anchors
from generator.model import Record, Site
from generator.rules.contents import IMAGES
from generator.rules.marks import marked

__all__ = ["bad_link", "vague_alternative_text"]

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_RECORDS = (".md", ".yml")
_NO = {"zh": "", "en": ""}
_NO_ANCHORS = {"zh": "（没有标题）", "en": "(no headings)"}
_EDGES = " 　：:.。，,（）()"


def _finding(record: Record, code: str, link: Link, **values: object) -> Diagnostic:
    return Diagnostic(code, record.document.body_place(link.line, link.column), values)


def bad_link(corpus: Corpus) -> Iterator[Diagnostic]:
    """A link or picture of a body that leads nowhere, or says nothing."""
    judge = _Judge(corpus)
    for record in corpus.subjects.values():
        for link in record.links:
            yield from judge.faults(record, link)


@dataclass
class _Judge:
    """What links may name in one corpus."""

    corpus: Corpus

    def faults(self, record: Record, link: Link) -> Iterator[Diagnostic]:
        target = link.target.strip()
        yield from self._said(record, link, target)
        if not target:
            return
        scheme = _SCHEME.match(target)
        if scheme or target.startswith("//"):
            yield from self._of_the_web(record, link, scheme[1].lower() if scheme else "//")
        elif target.startswith("/"):
            yield _finding(record, "LNK-009", link, target=target, better=_NO)
        elif target.startswith("#"):
            yield from self._anchor(record, link, record, target[1:])
        else:
            yield from self._of_the_group(record, link, target)

    def _said(self, record: Record, link: Link, target: str) -> Iterator[Diagnostic]:
        """What stands there for readers: a link's text, a picture's alternative text."""
        text = link.text.strip()
        if link.image:
            if not text:
                yield _finding(record, "LNK-005", link, target=target)
            elif self.is_vague_picture(text):
                yield _finding(record, "LNK-006", link, text=text)
        elif not text or not target:
            yield _finding(record, "LNK-003", link, text=text, target=target)
        elif _bare(text) in self._vague_links:
            yield _finding(record, "LNK-010", link, text=text)

    def is_vague_picture(self, text: str) -> bool:
        """Whether an alternative text says nothing: a mere word for picture, or a file name."""
        return _bare(text) in self._vague_pictures or posixpath.splitext(text)[1] in IMAGES

    @cached_property
    def _vague_pictures(self) -> frozenset[str]:
        return frozenset(word.lower() for word in self.corpus.words("generic-alternative-texts"))

    @cached_property
    def _vague_links(self) -> frozenset[str]:
        return frozenset(word.lower() for word in self.corpus.words("generic-attachment-titles"))

    def _of_the_web(self, record: Record, link: Link, scheme: str) -> Iterator[Diagnostic]:
        if scheme not in _SCHEMES:
            yield _finding(record, "LNK-004", link, scheme=scheme, target=link.target[:60])
            return
        try:
            parts = urlsplit(link.target)
            host = parts.hostname or ""
        except ValueError:
            yield _finding(record, "LNK-001", link, target=link.target, path=link.target, near=_NO)
            return
        if link.image:
            yield _finding(record, "LNK-011", link, host=host)
        elif host in self._hosts and (found := self._behind(self._hosts[host], parts.path)):
            better = posixpath.relpath(found.path, posixpath.dirname(record.path))
            values = {"zh": f"，写成 {better}", "en": f": {better}"}
            yield _finding(record, "LNK-009", link, target=link.target, better=values)

    @cached_property
    def _hosts(self) -> dict[str, Site]:
        hosts = ((urlsplit(site.url).hostname, site) for site in self.corpus.sites.values())
        return {host: site for host, site in hosts if host}

    def _behind(self, site: Site, path: str) -> Record | None:
        """The record at an address of a site: below its own unit's folder, or another's."""
        name = path.strip("/").removesuffix(".html")
        records = self.corpus.records
        return records.get(f"units/{site.unit}/{name}") or records.get(name)

    def _of_the_group(self, record: Record, link: Link, target: str) -> Iterator[Diagnostic]:
        name, _, fragment = target.partition("#")
        path = record.beside(unquote(name.partition("?")[0]))
        if path in self.corpus.files:
            home = f"content/units/{record.unit}/"
            if not path.startswith(home):
                yield _finding(record, "AST-002", link, file=target, home=home)
            return
        record_id = path.removeprefix("content/").rpartition(".")[0]
        found = self.corpus.records.get(record_id) if path.endswith(_RECORDS) else None
        if found is None or found.path != path:
            if record_id not in self.corpus.broken_anywhere:
                near = self._near(record, path)
                yield _finding(record, "LNK-001", link, target=target, path=path, near=near)
            return
        if "withdrawn" in found.data and "withdrawn" not in record.data:
            at = found.data["withdrawn"]["at"]
            yield _finding(record, "REF-007", link, target=found.title, at=at)
        if fragment and found.document.body:
            yield from self._anchor(record, link, found, fragment)

    def _near(self, record: Record, path: str) -> dict[str, str]:
        """The file that was probably meant: a page's address, a wrong ending."""
        stem = path.removeprefix("content/").rpartition(".")[0] or path.removeprefix("content/")
        found = self.corpus.records.get(stem) or self.corpus.records.get(
            path.removeprefix("content/")
        )
        if found is None:
            return _NO
        better = posixpath.relpath(found.path, posixpath.dirname(record.path))
        return {"zh": f"，应写成 {better}", "en": f"; write {better}"}

    def _anchor(
        self, record: Record, link: Link, target: Record, fragment: str
    ) -> Iterator[Diagnostic]:
        known = self._anchors_of(target)
        if unquote(fragment) not in known:
            yield _finding(
                record, "LNK-002", link, anchor=unquote(fragment), file=target.path,
                known=[f"#{name}" for name in sorted(known)[:8]] or _NO_ANCHORS,
            )  # fmt: skip

    @cached_property
    def _known_anchors(self) -> dict[str, frozenset[str]]:
        return {}

    def _anchors_of(self, record: Record) -> frozenset[str]:
        if record.id not in self._known_anchors:
            self._known_anchors[record.id] = anchors(record.document.body)
        return self._known_anchors[record.id]


def _bare(text: str) -> str:
    return text.strip(_EDGES).lower()


def vague_alternative_text(corpus: Corpus) -> Iterator[Diagnostic]:
    """A picture of a record's fields whose alternative text says nothing."""
    judge = _Judge(corpus)
    for record, mark in marked(corpus, "x-asset"):
        text = mark.holder.get("alt")
        if isinstance(text, str) and judge.is_vague_picture(text):
            yield record.finding("LNK-006", *mark.pointer[:-1], "alt", text=text)
