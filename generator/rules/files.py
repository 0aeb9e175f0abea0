"""Pictures and attachments: each is there, in its unit's folder, used, and what its name says."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Place
from generator.model import Record
from generator.rules.contents import IMAGES, Limits, content_faults
from generator.rules.kept import kept
from generator.rules.marks import Mark, marked

__all__ = [
    "content_against_its_name",
    "file_missing_or_foreign",
    "file_too_large",
    "file_unused",
]

_CLOSENESS = 0.7


def _home(record: Record) -> str:
    return f"content/units/{record.unit}/"


@kept
def _named(corpus: Corpus) -> tuple[tuple[Record, Mark, str], ...]:
    """Every field that names a file, with the path it names."""
    return tuple(
        (record, mark, record.beside(mark.value)) for record, mark in marked(corpus, "x-asset")
    )


def file_missing_or_foreign(corpus: Corpus) -> Iterator[Diagnostic]:
    """A field that names a file which is not there, or stands outside the unit's folder."""
    for record, mark, path in _named(corpus):
        if not path.startswith(_home(record)):
            yield record.finding("AST-002", *mark.pointer, file=mark.value, home=_home(record))
        elif path not in corpus.files:
            near = _near(corpus, record, path)
            yield record.finding("AST-001", *mark.pointer, file=mark.value, path=path, near=near)


def _near(corpus: Corpus, record: Record, path: str) -> dict[str, str]:
    """The file of the unit that was probably meant: of the same ending, and nearly of that name."""
    ending = posixpath.splitext(path)[1]
    home = _home(record)
    own = {
        posixpath.basename(asset): asset
        for asset in corpus.assets
        if asset.startswith(home) and asset.endswith(ending)
    }
    found = get_close_matches(posixpath.basename(path), own, 1, _CLOSENESS)
    if not found:
        return {"zh": "", "en": ""}
    name = posixpath.relpath(own[found[0]], posixpath.dirname(record.path))
    return {"zh": f"，是不是 {name}？", "en": f"; did you mean {name}?"}


def file_unused(corpus: Corpus) -> Iterator[Diagnostic]:
    """A file that no record of its unit names or links to.

    Units with a broken record are passed over: it may be what uses the file.
    """
    named = {path for record, _, path in _named(corpus) if path.startswith(_home(record))}
    unsure = {name.split("/")[1] for name in corpus.broken if name.startswith("units/")}
    left = {path for path in corpus.assets if path not in named}
    units = {path.split("/")[2] for path in left} - unsure
    for record in corpus.subjects.values() if units else ():
        if record.unit in units:
            for link in record.links:
                path = record.beside(unquote(link.target.partition("#")[0]))
                if path.startswith(_home(record)):
                    left.discard(path)
    for path in sorted(left):
        if path.split("/")[2] in units:
            yield Diagnostic("AST-009", Place(path))


def file_too_large(corpus: Corpus) -> Iterator[Diagnostic]:
    """A picture or attachment past its limit; a picture given for download is an attachment."""
    attachment = int(corpus.threshold("attachment-max-bytes"))
    image = int(corpus.threshold("image-max-bytes"))
    large = [path for path, entry in corpus.assets.items() if entry.size > min(attachment, image)]
    given = {
        path
        for record, mark, path in (_named(corpus) if large else ())
        if mark.schema["x-asset"] == "attachment" and path.startswith(_home(record))
    }
    for path in large:
        is_image = posixpath.splitext(path)[1] in IMAGES and path not in given
        size, limit = corpus.assets[path].size, image if is_image else attachment
        if size > limit:
            values = {"size": f"{size / 1_000_000:.1f}", "limit": f"{limit / 1_000_000:g}"}
            yield Diagnostic("AST-005", Place(path), values)


def content_against_its_name(corpus: Corpus) -> Iterator[Diagnostic]:
    """A file whose content is not what its ending says, is damaged, or could do something.

    What is larger than an attachment may be is not opened: its size is what is wrong with it.
    """
    most = int(corpus.threshold("attachment-max-bytes"))
    limits = Limits(
        pixels=int(corpus.threshold("image-max-pixels")),
        unpacked=int(corpus.threshold("archive-max-unpacked-bytes")),
        members=int(corpus.threshold("archive-max-files")),
        refused=frozenset((*corpus.words("macro-types"), *corpus.words("executable-types"))),
    )
    fitting = [path for path, entry in corpus.assets.items() if entry.size <= most]
    for path, data in corpus.contents(fitting):
        ending = posixpath.splitext(path)[1]
        for code, values in content_faults(ending, data, limits):
            yield Diagnostic(code, Place(path), values)
