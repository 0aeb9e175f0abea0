"""Markdown bodies: what they link to, and the HTML they become."""

from generator.markup.html import anchors, render, sanitised
from generator.markup.links import Link, headings, links

__all__ = ["Link", "anchors", "headings", "links", "render", "sanitised"]
