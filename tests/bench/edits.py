"""The edits after which a build is measured again, the same on a group and on each rival project.

Each is a context: what it changed is put back at its end. They touch different things, so they may
be nested in any order. Which files they find is said by `Spots`, one of which each project has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

__all__ = ["EDITS", "SUBMISSION", "Edit", "Spots", "group_spots"]

_TITLE = re.compile(r"^(\"?title\"?: .*?)(\"?,?)$", re.MULTILINE)  # of YAML or of JSON
_SENTENCE = "\n有关情况将继续在本网站公布。\n"
_END = "<p>（完）</p>"
SUBMISSION = "submission edited"  # of ours alone: what else makes a portal be planned anew


@dataclass(frozen=True, slots=True)
class Spots:
    """Where a project keeps what the edits change: two articles, a column, the article template.

    A project of a tool without templates of its own has no `template`.
    """

    article: Path
    other: Path
    column: Path
    heading: str  # the line of the column's title
    template: Path | None
    marked: str = ""  # what the template puts the body by
    submitted: Path | None = None  # an article that the portal lists, too; of ours alone

    def as_texts(self) -> dict[str, str]:
        """The spots as JSON can hold them."""
        names = ("article", "other", "column", "heading", "marked")
        return {name: str(getattr(self, name)) for name in names} | {
            "template": str(self.template or ""),
            "submitted": str(self.submitted or ""),
        }

    @classmethod
    def of_texts(cls, texts: Mapping[str, str]) -> Spots:
        """The spots that `as_texts` was given."""
        return cls(
            article=Path(texts["article"]),
            other=Path(texts["other"]),
            column=Path(texts["column"]),
            heading=texts["heading"],
            template=Path(texts["template"]) if texts["template"] else None,
            marked=texts["marked"],
            submitted=Path(texts["submitted"]) if texts["submitted"] else None,
        )


Edit = Callable[[Spots], AbstractContextManager[None]]


def group_spots(
    root: Path, article: str, other: str, site: str, heading: str, submitted: str = ""
) -> Spots:
    """The spots of a group, of articles' paths, and a column's title on a site."""
    return Spots(
        article=root / article,
        other=root / other,
        column=root / "content" / "units" / site / "site.yml",
        heading=f"title: {heading}",
        template=root / "theme" / "fragments" / "page" / "article.html",
        marked="{{ body }}",
        submitted=root / submitted if submitted else None,
    )


@contextmanager
def _written(file: Path, text: str) -> Iterator[None]:
    """The file holds `text`; at the end what it held before, or it is gone as it was."""
    before = file.read_bytes() if file.exists() else None
    file.write_text(text, "utf-8")
    try:
        yield
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)


def _once(text: str, old: str, new: str) -> str:
    if old not in text:
        raise ValueError(f"nothing to edit: {old!r} is not there")
    return text.replace(old, new, 1)


def _retitled(text: str, mark: str) -> str:
    found, count = _TITLE.subn(rf"\g<1>{mark}\g<2>", text, count=1)
    if not count:
        raise ValueError("nothing to edit: the article has no title")
    return found


def article_edited(spots: Spots) -> AbstractContextManager[None]:
    """A sentence more in the body, two signs more in the title."""
    text = spots.article.read_text("utf-8")
    return _written(spots.article, _retitled(text, "更新") + _SENTENCE)


def submission_edited(spots: Spots) -> AbstractContextManager[None]:
    """The same of an article that the portal lists, too."""
    if spots.submitted is None:
        raise ValueError("nothing to edit: no article is submitted to the portal")
    text = spots.submitted.read_text("utf-8")
    return _written(spots.submitted, _retitled(text, "更新") + _SENTENCE)


def article_added(spots: Spots) -> AbstractContextManager[None]:
    """One article more beside the first, with its own title."""
    text = spots.other.read_text("utf-8")
    return _written(
        spots.other.with_stem(f"{spots.other.stem}1"), _retitled(text, "续") + _SENTENCE
    )


@contextmanager
def article_renamed(spots: Spots) -> Iterator[None]:
    """The first article's file under another name."""
    moved = spots.article.rename(spots.article.with_stem(f"{spots.article.stem}2"))
    try:
        yield
    finally:
        moved.rename(spots.article)


@contextmanager
def article_deleted(spots: Spots) -> Iterator[None]:
    """One article less."""
    before = spots.other.read_bytes()
    spots.other.unlink()
    try:
        yield
    finally:
        spots.other.write_bytes(before)


def column_renamed(spots: Spots) -> AbstractContextManager[None]:
    """Another title for the first article's column."""
    text = spots.column.read_text("utf-8")
    quote = '"' if spots.heading.endswith('"') else ""
    return _written(
        spots.column, _once(text, spots.heading, f"{spots.heading.removesuffix(quote)}专栏{quote}")
    )


def template_edited(spots: Spots) -> AbstractContextManager[None]:
    """A line more below the body of every article."""
    if spots.template is None:
        raise ValueError("nothing to edit: the tool has no template of the project's own")
    text = spots.template.read_text("utf-8")
    return _written(spots.template, _once(text, spots.marked, spots.marked + _END))


EDITS: Mapping[str, Edit] = MappingProxyType(
    {
        "article edited": article_edited,
        SUBMISSION: submission_edited,
        "article added": article_added,
        "article renamed": article_renamed,
        "article deleted": article_deleted,
        "column renamed": column_renamed,
        "template edited": template_edited,
    }
)
