"""A Markdown body → HTML that is safe to publish.

CommonMark with tables, strikethrough, footnotes and heading anchors by comrak; raw HTML passes
only through an allow-list. A body without a `<` cannot hold raw HTML and skips that pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import comrak
import nh3

__all__ = ["anchors", "extension", "is_allowed", "render", "sanitised"]

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
    ]
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "lang", "dir", "title", "class", "aria-label", "aria-hidden"},
    "a": {"href", "aria-describedby", "data-footnote-ref", "data-footnote-backref"},
    "img": {"src", "alt", "width", "height", "loading"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "scope", "align"},
    "col": {"span"},
    "ol": {"start", "type"},
    "time": {"datetime"},
    "section": {"data-footnotes"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_ID = re.compile(r'\bid="([^"]+)"')
_HEADING_LINK = re.compile(r'<a href="#[^"]*" aria-label="[^"]*"[^<>]* class="anchor"></a>')
_BACK = re.compile(r'aria-label="Back to reference ([^"]*)"')

Rewriter = Callable[[str], str]


def extension(
    link: Rewriter | None = None, image: Rewriter | None = None
) -> comrak.ExtensionOptions:
    """The Markdown that bodies are written in, each target passed through `link` or `image`."""
    options = comrak.ExtensionOptions()
    options.table = True
    options.strikethrough = True
    options.footnotes = True
    options.cjk_friendly_emphasis = True
    options.header_id_prefix = ""
    options.link_url_rewriter = link
    options.image_url_rewriter = image
    return options


@cache
def _without_links() -> comrak.ExtensionOptions:
    return extension()


@cache
def _rendering(raw: bool) -> comrak.RenderOptions:
    options = comrak.RenderOptions()
    options.unsafe_ = raw  # what passes then goes through the allow-list
    return options


def render(body: str, link: Rewriter | None = None, image: Rewriter | None = None) -> str:
    """The HTML of a body, each target passed through `link` or `image` where given."""
    raw = "<" in body
    links = raw or "[" in body  # nothing else leads anywhere
    options = extension(link, image) if links else _without_links()
    html: str = comrak.render_markdown(
        body, extension_options=options, render_options=_rendering(raw)
    )
    if raw:
        html = sanitised(html)
    if 'class="anchor"' in html:
        html = _HEADING_LINK.sub("", html)
    return (
        _BACK.sub(r'aria-label="返回正文引用处 \1"', html) if "footnote-backref" in html else html
    )


def sanitised(html: str) -> str:
    """HTML with everything outside the allow-list removed."""
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def is_allowed(tag: str, attribute: str = "") -> bool:
    """Whether a tag, or an attribute of it, passes the allow-list; names in lower case.

    >>> is_allowed("td", "colspan"), is_allowed("td", "onclick"), is_allowed("script")
    (True, False, False)
    """
    if tag not in _TAGS:
        return False
    allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set())
    return not attribute or attribute in allowed


def anchors(body: str) -> frozenset[str]:
    """The fragment names that links may point to."""
    return frozenset(_ID.findall(render(body)))
