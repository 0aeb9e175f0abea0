"""Templates compiled directly say what Jinja says, and say at once what they cannot do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2.exceptions import TemplateAssertionError
from markupsafe import Markup

from generator.sites.templating import Names, Templates, escaped, shown


class Thing:
    title = "<甲>"

    def named(self, name: str, mark: str = "-") -> str:
        return f"{name}{mark}{self.title}"


NAMES = {
    "thing": Thing(),
    "d": {"title": "乙&", "items": [1, 2], "none": None},
    "html": Markup("<b>丙</b>"),
    "rows": [("a", 1), ("<b>", 2)],
    "zero": 0,
}

LINE = (
    "{% macro line(text, note='', mark=zero) %}<i>{{ text }}</i>{{ note }}{{ mark }}{% endmacro %}"
)

SAME = [
    "{{ thing.title }}{{ html }}{{ zero }}{{ d.none }}",
    "{{ d.title }}{{ d['items'][1] }}",
    "{{ thing.named('x') }}{{ thing.named('x', mark='<') }}{{ thing.named(*['y', '+']) }}",
    "{% for name, count in rows %}{{ loop.index }}{{ name }}{{ count }}{% endfor %}",
    "{% for key, value in d.items() %}{{ key }}{% else %}leer{% endfor %}",
    LINE
    + "{{ line('<') }}{{ line('a', note='b') }}{{ line(html, '<', 3) }}{{ line('x', mark=1) }}",
    "{% set found = rows | map(attribute=0) | list %}{{ found | join('、') }}{{ found[0] }}",
    "{{ 'a' ~ thing.title ~ html }}{{ rows | length }}{{ '%s' | format(d.title) }}",
    "{% if thing.title and d.none is none %}ja{% elif zero %}nein{% endif %}",
]


def both(source: str, others: dict[str, str] | None = None) -> list[str]:
    """What Jinja and our own templates make of a source."""
    loader = jinja2.DictLoader({"page": source, **(others or {})})
    plain = jinja2.Environment(autoescape=True, loader=loader, undefined=jinja2.StrictUndefined)
    own = Templates(autoescape=True, loader=loader, undefined=jinja2.StrictUndefined)
    return [plain.get_template("page").render(NAMES), drawn(own, NAMES)]


def drawn(environment: Templates, names: dict[str, Any]) -> str:
    template = environment.get_template("page")
    context = template.new_context(Names(environment.globals, **names), shared=True)
    return "".join(template.root_render_func(context))


@pytest.mark.parametrize("source", SAME)
def test_a_template_says_what_it_says_in_jinja(source: str) -> None:
    plain, own = both(source)
    assert own == plain


def test_a_template_fills_the_one_it_builds_on() -> None:
    ground = (
        "{% set kind = 'k' %}<h1>{{ thing.title }}</h1>{% block one %}1{% endblock %}"
        "{% if zero == 0 %}{% block two %}2{% endblock %}{% endif %}{{ kind }}"
    )
    page = "{% extends 'ground' %}{% block two %}{% set kind = 'x' %}{{ kind }}{% endblock %}"
    plain, own = both(page, {"ground": ground})
    assert own == plain
    assert own == "<h1>&lt;甲&gt;</h1>1xk"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        pytest.param("{{ unknown }}", jinja2.UndefinedError, id="a name that is not given"),
        pytest.param("{{ d.unknown }}", KeyError, id="an item"),
        pytest.param("{{ thing.unknown }}", AttributeError, id="an attribute"),
        pytest.param(
            "{% macro m(a) %}{% endmacro %}{{ m(b=1) }}", TypeError, id="a macro's argument"
        ),
        pytest.param(
            "{% macro m() %}{% endmacro %}{% call m() %}{% endcall %}",
            TemplateAssertionError,
            id="a block for a macro",
        ),
    ],
)
def test_what_is_not_there_is_an_error(source: str, error: type[Exception]) -> None:
    own = Templates(autoescape=True, loader=jinja2.DictLoader({"page": source}))
    own.undefined = jinja2.StrictUndefined
    with pytest.raises(error):
        drawn(own, NAMES)


@pytest.mark.parametrize("text", ["", "平", "<a href=\"x\">'&'</a>", Markup("<b>")])
def test_text_is_escaped_as_markupsafe_does(text: str) -> None:
    assert shown(text) == (text if isinstance(text, Markup) else escaped(text))
    assert escaped("<&>\"'") == "&lt;&amp;&gt;&#34;&#39;"


def test_every_template_of_the_theme_compiles(root: Path) -> None:
    loader = jinja2.FileSystemLoader(root / "theme" / "fragments")
    own = Templates(autoescape=True, loader=loader)
    names = ("day", "moment", "iso", "zh_date", "paragraphs", "lines")
    own.filters.update(dict.fromkeys(names, str))
    assert [own.get_template(name).name for name in own.list_templates()] == own.list_templates()
