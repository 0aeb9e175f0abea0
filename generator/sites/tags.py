"""The page tags of 《网页设计规范》 (annex of 国办发〔2017〕47号), in their right scope.

Site tags stand on every page, column tags on column pages and on the content of a column, content
tags on content. The home page is a column of type 首页. Names are case sensitive. What is the same
for all pages of a site, of a column or of one way down is written once and used again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.load import Pointer
from generator.model import Item, Record, Site
from generator.sites.addresses import host_url
from generator.sites.links import Links
from generator.sites.moments import moment_of
from generator.sites.plan import Page, PageType
from generator.sites.structured import Structured
from generator.sites.templating import escaped

__all__ = ["Heads"]

_DESCRIBED = 120
_DAY = len("2026-01-01")
_LOCALE = '<meta property="og:locale" content="zh_CN">'


class Heads:
    """What the pages of one site add to the frame's `<head>`."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._structured = Structured(site)
        self._columns: dict[Pointer, str] = {}
        self._named = _og("site_name", site.name)
        domain = site.url.partition("://")[2].partition("/")[0]
        self._own = _metas(
            (("SiteName", site.name), ("SiteDomain", domain), ("SiteIDCode", site.code))
        )

    def of(self, page: Page, links: Links, source: str) -> str:
        """Tags, canonical address and structured data of a page.

        `source` is what a content page without a source of its own was published by.
        """
        if page.type is PageType.CONTENT and page.record is not None:
            moment = _time(page.record)
            lines = [self._own, self._column_tags(page)]
            lines += self._content(page, page.record, links, source, moment)
        else:
            moment = ""
            lines = [self._own, self._column_tags(page)]
        if page.description:
            described = escaped(page.description[:_DESCRIBED])
            lines.append(f'<meta name="description" content="{described}">')
        if page.indexed:
            address = host_url(self._site, page.path)
            shown = escaped(address)
            kind = "article" if page.type is PageType.CONTENT else "website"
            lines.append(
                f'<link rel="canonical" href="{shown}">\n'
                f'<meta property="og:type" content="{kind}">\n'
                f'<meta property="og:title" content="{escaped(page.title)}">\n'
                f'{self._named}\n<meta property="og:url" content="{shown}">\n{_LOCALE}\n'
                f"{self._structured.of(page, address, source, moment)}"
            )
        else:
            lines.append('<meta name="robots" content="noindex">')
            lines += self._elsewhere(page, links)
        return "\n".join(line for line in lines if line)

    def _column_tags(self, page: Page) -> str:
        column = page.column
        if page.type is PageType.HOME:
            return _column("首页", page.description, [self._site.name], "首页")
        if page.type is PageType.OTHER:
            return ""
        if column is not None:
            if column.pointer not in self._columns:
                self._columns[column.pointer] = _column(
                    column.title, column.description, column.keywords, column.type
                )
            return self._columns[column.pointer]
        if page.type is PageType.COLUMN:
            return _column(page.title, page.description or page.title, [page.title], "概况信息")
        if not page.trail:
            return ""
        last = page.trail[-1].title
        return _column(last, f"{self._site.name}{last}栏目", [last], "信息公开目录")

    def _content(
        self, page: Page, record: Record, links: Links, source: str, moment: str
    ) -> Iterator[str]:
        data = record.data
        yield _meta("ArticleTitle", page.title)
        yield _meta("PubDate", moment)
        yield _meta("ContentSource", data.get("source") or source)
        keywords = data.get("keywords")
        if isinstance(keywords, list):
            yield _meta("Keywords", ",".join(keywords))
        author = data.get("author") or data.get("editor")
        if isinstance(author, str):
            yield _meta("Author", author)
        if page.description:
            yield _meta("Description", page.description)
        if isinstance(record, Item) and record.image:
            where = links.addresses.asset(record.beside(record.image["file"]))
            if where is not None:
                yield _meta("Image", host_url(*where))
        yield _meta("Url", host_url(self._site, page.path))

    def _elsewhere(self, page: Page, links: Links) -> Iterator[str]:
        """What a page needs that is shown under another address, or sends readers on."""
        if page.path == "404.html":
            yield f'<base href="{escaped(host_url(self._site, "index.html"))}">'
        to = page.context.get("to")
        if isinstance(to, str):
            target = links.here(to.lstrip("/")) if to.startswith("/") else to
            yield f'<meta http-equiv="refresh" content="0; url={escaped(target)}">'


def _column(name: str, description: str, keywords: Sequence[str], kind: str) -> str:
    return _metas(
        (
            ("ColumnName", name),
            ("ColumnDescription", description),
            ("ColumnKeywords", ",".join(keywords) or name),
            ("ColumnType", kind),
        )
    )


def _metas(tags: Iterable[tuple[str, str]]) -> str:
    """Tags in the order of the standard, one a line; one without content is left out."""
    return "\n".join(_meta(name, content) for name, content in tags if content)


def _meta(name: str, content: str) -> str:
    """A tag; empty where it has no content."""
    return f'<meta name="{name}" content="{escaped(content)}">' if content else ""


def _og(name: str, content: str) -> str:
    return f'<meta property="og:{name}" content="{escaped(content)}">'


def _time(record: Record) -> str:
    """`YYYY-MM-DD HH:MM`; a record that only knows its day counts from the day's beginning."""
    moment = moment_of(record)
    return f"{moment} 00:00" if len(moment) == _DAY else moment[:16]
