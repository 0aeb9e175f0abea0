"""What a change answers for, and which files a person asked about."""

import pytest

from generator.diagnostics import Diagnostic, Place
from generator.scope import brought_in, within


@pytest.mark.parametrize(
    ("path", "asked", "inside"),
    [
        ("content/a/b.md", ["content/a/b.md"], True),
        ("content/a/b.md", ["content/a"], True),
        ("content/a/b.md", ["."], True),
        ("content/a/b.md", ["content/x", "content"], True),
        ("content/ab/c.md", ["content/a"], False),
        ("content/a/b.md", ["content/a/b"], False),
        ("content/a/b.md", [], False),
    ],
)
def test_within(path, asked, inside):
    assert within(path, asked) is inside


def at(path, line=1, **values):
    """A finding."""
    return Diagnostic("SRC-012", Place(path, line), values)


@pytest.mark.parametrize(
    ("now", "before", "changed", "answered"),
    [
        pytest.param([at("a")], [], {"a"}, [at("a")], id="in a changed file"),
        pytest.param([at("a")], [at("a")], {"a"}, [at("a")], id="old, but the file was touched"),
        pytest.param([at("b")], [], {"a"}, [at("b")], id="elsewhere, and new"),
        pytest.param([at("b")], [at("b")], {"a"}, [], id="elsewhere, and old"),
        pytest.param([at("b", 9)], [at("b", 2)], {"a"}, [], id="elsewhere, moved down"),
        pytest.param(
            [at("b", key="x")], [at("b", key="y")], {"a"}, [at("b", key="x")], id="says else"
        ),
        pytest.param([], [at("b")], {"a"}, [], id="mended"),
    ],
)
def test_brought_in(now, before, changed, answered):
    assert brought_in(now, before, changed) == answered
