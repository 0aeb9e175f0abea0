"""The map of `generator/decisions/0001-shape.md` is true: who imports whom, who touches the world.

The rows are read from the page itself, so the map has one place. A row may import the rows below
it, and a part may import itself; git, MkDocs and the clock each have one part that may use them.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

MAP = "generator/decisions/0001-shape.md"

# What only one place may import: a module, with all that stands in it if it is a package.
OWNERS = {
    "git": "generator.tree",
    "gitdb": "generator.tree",
    "mkdocs": "generator.sites.render",
    "material": "generator.sites.render",
}
CLOCK_OWNER = "generator.cli"
WALL_CLOCK = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "time.strftime",
    "time.time",
    "time.time_ns",
}
STARTERS = ("subprocess.", "asyncio.create_subprocess_exec", "os.exec", "os.spawn")


def rows_of(page: str) -> list[tuple[str, ...]]:
    """The rows of the map, top first: names in a row, then three blanks, then what they do.

    >>> rows_of("## Parts\\n\\n    cli/      the verbs\\n    load/  tree.py   files\\n\\nProse.")
    [('cli',), ('load', 'tree')]
    """
    parts = re.split(r"^## Parts$", page, maxsplit=1, flags=re.MULTILINE)[1]
    block = re.search(r"(?:^ {4}\S.*\n)+", parts, flags=re.MULTILINE)
    assert block is not None, "the page draws no map"
    names = (re.split(r" {3,}", line.strip())[0].split() for line in block[0].splitlines())
    return [tuple(name.rstrip("/").removesuffix(".py") for name in row) for row in names]


@dataclass(frozen=True)
class Use:
    """A line of a module that names another module, or something in one."""

    line: int
    target: str  # "generator.load.kinds.KINDS": a name that is no module does no harm


def imports(tree: ast.Module, package: str) -> Iterator[Use]:
    """Every import of a module, also in functions, under `TYPE_CHECKING`, by `import_module`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (Use(node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                above = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                base = ".".join([*above, *([module] if module else [])])
                yield from (Use(node.lineno, f"{base}.{alias.name}") for alias in names)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__")
                | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield Use(node.lineno, name)


def aliases(tree: ast.Module) -> dict[str, str]:
    """What a name that an import brought stands for: `from time import time as t` gives `t`."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    top = alias.name.partition(".")[0]
                    found[alias.asname or top] = alias.name if alias.asname else top
            case ast.ImportFrom(module=str(module), names=names, level=0):
                for alias in names:
                    found[alias.asname or alias.name] = f"{module}.{alias.name}"
    return found


def full_name(node: ast.expr, known: dict[str, str]) -> str:
    """`dt.now` as `datetime.datetime.now` where `dt` was imported so; empty for anything else."""
    match node:
        case ast.Name(id=name):
            return known.get(name, "")
        case ast.Attribute(value=value, attr=attr):
            base = full_name(value, known)
            return f"{base}.{attr}" if base else ""
        case _:
            return ""


def world(tree: ast.Module) -> Iterator[Use]:
    """Where a module reads the wall clock, or starts git as a program of its own."""
    known = aliases(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            name = full_name(node, known)
            if name in WALL_CLOCK:
                yield Use(node.lineno, name)
        if isinstance(node, ast.Call) and full_name(node.func, known).startswith(STARTERS):
            words = [word.value for word in ast.walk(node) if isinstance(word, ast.Constant)]
            if any(isinstance(word, str) and word.split()[:1] == ["git"] for word in words):
                yield Use(node.lineno, "git")


def inside(module: str, place: str) -> bool:
    """Whether a module is the place, or stands in it."""
    return f"{module}.".startswith(f"{place}.")


@dataclass(frozen=True)
class Map:
    """The rows, top first, and what they forbid."""

    rows: list[tuple[str, ...]]

    def height(self, part: str) -> int | None:
        """How far a part stands above the bottom; none for a part that the page does not draw."""
        for height, row in enumerate(reversed(self.rows)):
            if part in row:
                return height
        return None

    def fault(self, module: str, target: str) -> str:
        """Why `module` may not use `target`; empty where it may."""
        for owned, owner in OWNERS.items():
            if inside(target, owned) and not inside(module, owner):
                return f"only {owner} may use {owned}"
        if target in WALL_CLOCK:
            ok = inside(module, CLOCK_OWNER)
            return "" if ok else f"only {CLOCK_OWNER} may read the clock ({target})"
        if not target.startswith("generator."):
            return ""
        mine, theirs = module.split(".")[1], target.split(".")[1]
        if mine == theirs or (mine == "__main__" and theirs == "cli") or theirs == "__version__":
            return ""
        lower, upper = self.height(theirs), self.height(mine)
        if lower is None:
            return f"imports {target}, and the map has no row for {theirs}"
        if upper is not None and lower >= upper:
            where = "beside" if lower == upper else "above"
            return f"imports {target}, which stands {where} it"
        return ""


def faults(root: Path, rows: list[tuple[str, ...]]) -> list[str]:
    """Every breach of the map under `root/generator`, as `file:line: what is wrong`."""
    drawn = Map(rows)
    found: list[str] = []
    for path in sorted((root / "generator").rglob("*.py")):
        name = path.relative_to(root).with_suffix("").as_posix().replace("/", ".")
        module = name.removesuffix(".__init__")
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        shown = path.relative_to(root).as_posix()
        if module == "generator":
            module = "generator.__init__"
        part = module.split(".")[1]
        if part not in ("__init__", "__main__") and drawn.height(part) is None:
            found.append(f"{shown}:1: the map has no row for {part}")
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=shown)
        uses = {*imports(tree, package), *world(tree)}
        found.extend(
            f"{shown}:{use.line}: {fault}"
            for use in sorted(uses, key=lambda use: (use.line, use.target))
            if (fault := drawn.fault(module, use.target))
        )
    return found


def test_the_page_draws_the_whole_map(root):
    rows = rows_of((root / MAP).read_text(encoding="utf-8"))
    names = [name for row in rows for name in row]
    assert rows[0] == ("cli",)
    assert {"diagnostics", "messages"} <= set(rows[-1])
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+", name) for name in names), names


def test_the_code_keeps_to_the_map(root):
    found = faults(root, rows_of((root / MAP).read_text(encoding="utf-8")))
    assert not found, "\n" + "\n".join(found)


ROWS = [("cli",), ("sites",), ("rules", "duties"), ("corpus",), ("tree",), ("diagnostics",)]


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        pytest.param(
            "corpus.py",
            "import generator.sites.plan",
            ["1: imports generator.sites.plan, which stands above it"],
            id="a row above",
        ),
        pytest.param(
            "rules/dates.py",
            "from generator.duties import quota",
            ["1: imports generator.duties.quota, which stands beside it"],
            id="a part beside",
        ),
        pytest.param("rules/dates.py", "from generator.rules import words", [], id="its own part"),
        pytest.param("rules/dates.py", "from generator import corpus", [], id="a row below"),
        pytest.param(
            "rules/dates.py",
            "from generator import cli",
            ["1: imports generator.cli, which stands above it"],
            id="a part taken from the package",
        ),
        pytest.param(
            "rules/dates.py",
            "from ..sites import plan",
            ["1: imports generator.sites.plan, which stands above it"],
            id="a relative import",
        ),
        pytest.param(
            "rules/__init__.py",
            "from ..sites import plan\nfrom .dates import late",
            ["1: imports generator.sites.plan, which stands above it"],
            id="a relative import of a package",
        ),
        pytest.param(
            "tree.py",
            """
            def late():
                from generator.cli import main
                import_module("generator.corpus")
            """,
            [
                "2: imports generator.cli.main, which stands above it",
                "3: imports generator.corpus, which stands above it",
            ],
            id="imports inside a function",
        ),
        pytest.param(
            "helpers.py",
            "import generator.tree",
            ["1: the map has no row for helpers"],
            id="a part that the page does not draw",
        ),
        pytest.param("__init__.py", '__version__ = "1"', [], id="the package itself"),
        pytest.param("__main__.py", "from generator.cli import main", [], id="the entry point"),
        pytest.param("sites/page.py", "from generator import __version__", [], id="the version"),
        pytest.param(
            "rules/dates.py",
            "from git import Repo\nimport subprocess as sp\nsp.run(['git', 'log'], check=True)",
            ["1: only generator.tree may use git", "3: only generator.tree may use git"],
            id="git outside tree",
        ),
        pytest.param("tree.py", "import git\nfrom gitdb import db", [], id="git in tree"),
        pytest.param("sites/hugo.py", "import gitignore", [], id="a name that begins like git"),
        pytest.param(
            "sites/plan.py",
            "from mkdocs.config import load_config\nimport material",
            [
                "1: only generator.sites.render may use mkdocs",
                "2: only generator.sites.render may use material",
            ],
            id="MkDocs outside render",
        ),
        pytest.param("sites/render.py", "import mkdocs.config", [], id="MkDocs in render"),
        pytest.param(
            "corpus.py",
            """
            from datetime import date, datetime as dt
            import time
            FIELD = dict(default_factory=dt.now)
            TODAY = date.today()
            SECONDS = time.time() - time.perf_counter()
            """,
            [
                "3: only generator.cli may read the clock (datetime.datetime.now)",
                "4: only generator.cli may read the clock (datetime.date.today)",
                "5: only generator.cli may read the clock (time.time)",
            ],
            id="the clock outside the command line",
        ),
        pytest.param(
            "cli/check.py",
            "import datetime\nNOW = datetime.datetime.now(datetime.UTC)",
            [],
            id="the clock in the command line",
        ),
    ],
)
def test_a_breach_is_found(tmp_path, module, source, expected):
    path = tmp_path / "generator" / module
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(source).lstrip("\n"), encoding="utf-8")
    assert faults(tmp_path, ROWS) == [f"generator/{module}:{fault}" for fault in expected]
