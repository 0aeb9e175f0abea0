"""A Markdown body → the HTML it becomes, each block marked with the place of its source.

The marks are for those who look for something in the text that readers see and must say where it
was written; nothing of this HTML is published.
"""

from __future__ import annotations

from functools import cache

import comrak

from generator.markup.html import extension

__all__ = ["render_placed"]


@cache
def _options() -> tuple[comrak.ParseOptions, comrak.RenderOptions]:
    parsing, rendering = comrak.ParseOptions(), comrak.RenderOptions()
    parsing.sourcepos_chars = False  # counting signs takes it the square of a line's length
    rendering.sourcepos = True
    rendering.unsafe_ = True  # the text within raw HTML is read, too
    return parsing, rendering


def render_placed(body: str) -> str:
    """The HTML of a body as `render` makes it, but with raw HTML as it stands.

    A block's `data-sourcepos` is `line:column-line:column`, in bytes of UTF-8, counted from 1, the
    last byte included.
    """
    parsing, rendering = _options()
    html: str = comrak.render_markdown(
        body,
        parse_options=parsing,
        extension_options=extension(None, None),
        render_options=rendering,
    )
    return html
