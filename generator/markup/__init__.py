"""Markdown bodies: what they link to, and the HTML they become."""

from generator.markup.html import anchors, is_allowed, render, sanitised
from generator.markup.links import Link, Tag, headings, links, raw_tags
from generator.markup.placed import render_placed

__all__ = [
    "Link",
    "Tag",
    "anchors",
    "headings",
    "is_allowed",
    "links",
    "raw_tags",
    "render",
    "render_placed",
    "sanitised",
]
