"""Markdown bodies: what they link to, and the HTML they become."""

from generator.markup.html import anchors, is_allowed, render, sanitised
from generator.markup.links import Link, Tag, headings, links, raw_tags

__all__ = [
    "Link",
    "Tag",
    "anchors",
    "headings",
    "is_allowed",
    "links",
    "raw_tags",
    "render",
    "sanitised",
]
