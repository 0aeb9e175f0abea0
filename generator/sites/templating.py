"""Jinja templates compiled to plain Python: the same language, a third of the time a page.

A page's template is compiled as one function, with the templates that it builds on put in where
they stand. What Jinja looks up by trial (is it an attribute, an item, a function that asks for the
context?) is decided when the template is compiled: a name after a dot is an attribute, except of a
dict, and a call is a call. Templates of this program alone are compiled so, and none of them needs
what is left out: `super()`, functions that are passed the context, undefined values that are asked
whether they are defined.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

__all__ = ["Names", "Piece", "Templates", "as_html", "escaped", "field", "shown"]

_SPECIAL = re.compile("[&<>\"']")


def escaped(text: str) -> str:
    """Text as it stands in HTML; most of it stands as it is."""
    return str(escape(text)) if _SPECIAL.search(text) else text


def shown(value: Any) -> str:
    """What a template shows of a value: text escaped, HTML as it is."""
    kind = type(value)
    if kind is str:
        return str(escape(value)) if _SPECIAL.search(value) else value
    return value if kind is Markup else str(escape(value))


def as_html(text: str) -> Markup:
    """Text that is HTML already; what `Markup(text)` gives, which first asks what the text is."""
    return str.__new__(Markup, text)


def field(value: Any, name: str) -> Any:
    """What stands after a dot: an item of what holds items by name, else an attribute.

    Errors: KeyError, AttributeError where there is none.
    """
    return value[name] if isinstance(value, dict) else getattr(value, name)


class Names(dict[str, Any]):
    """What a template may ask for by name; a name that is not given is found missing when used."""

    def __missing__(self, name: str) -> Any:
        return missing


class Piece(Macro):
    """A macro as a template calls it: by place, or by name."""

    def __call__(self, *given: Any, **named: Any) -> Markup:
        names = self.arguments[len(given) :]
        if not named.keys() <= {*names}:
            raise TypeError(f"{self.name} has no {', '.join(named.keys() - {*names})}")
        return as_html(self._func(*given, *(named.get(name, missing) for name in names)))


class _Direct(CodeGenerator):
    """Python for a template, with nothing left to be found out page by page."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.writeline(f"from {__name__} import Piece, field, shown")
        super().visit_Template(node, frame)

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("resolve = context.parent.__getitem__")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("Piece(environment, macro, ")
        name = getattr(macro_ref.node, "name", None)
        names = [argument.name for argument in macro_ref.node.args]
        self.write(f"{name!r}, {names!r}, False, False, False, True)")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("field(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller:
            self.fail("no template here hands a block to a macro", node.lineno)
        if isinstance(node.node, nodes.Getattr):  # a method, of a dict too
            self.visit(node.node.node, frame)
            self.write(f".{node.node.attr}(")
        else:
            self.visit(node.node, frame)
            self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        for stars, rest in (("*", node.dyn_args), ("**", node.dyn_kwargs)):
            if rest is not None:
                self.write(stars)
                self.visit(rest, frame)
                self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("shown(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")


class Templates(jinja2.Environment):
    """An environment whose templates are compiled directly; HTML is escaped in all of them."""

    code_generator_class = _Direct

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template with the one it builds on round it, its blocks in their places there."""
        page = super()._parse(source, name, filename)
        above = page.find(nodes.Extends)
        if above is None:
            return page
        assert self.loader is not None
        assert isinstance(above.template, nodes.Const)  # it is written out
        text, file, _ = self.loader.get_source(self, above.template.value)
        ground = self._parse(text, above.template.value, file)
        whole = _Filled({block.name: block for block in page.find_all(nodes.Block)}).visit(ground)
        assert isinstance(whole, nodes.Template)
        return whole


class _Filled(NodeTransformer):
    """A template with another's blocks in the place of its own; what they set stays in them."""

    def __init__(self, blocks: Mapping[str, nodes.Block]) -> None:
        self._blocks = blocks

    def visit_Block(self, node: nodes.Block) -> nodes.Scope:
        return nodes.Scope(self._blocks.get(node.name, node).body, lineno=node.lineno)
