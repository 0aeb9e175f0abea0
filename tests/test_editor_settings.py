"""An editor completes and checks a record by its schema: the associations name every kind."""

import json

from generator.load.kinds import KINDS, Kind

EXTENSION = "redhat.vscode-yaml"


def place_of(kind: Kind) -> str:
    """The glob of a kind's files, from the repository root; a table's CSV file has no schema here.

    >>> [place_of(kind) for kind in KINDS if kind.name in ("unit", "policy")]
    ['content/units/*/unit.yml', 'content/units/*/policies/*/*.md']
    """
    top = "content/units/*/" if kind.of_unit else "content/"
    if kind.single:
        return top + kind.folder
    return f"{top}{kind.folder}/{'*/' if kind.dated else ''}*{kind.endings[0]}"


def test_every_kind_has_its_schema_in_the_editor(root):
    settings = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))
    expected = {f"./schemas/{kind.name}.schema.json": place_of(kind) for kind in KINDS}
    assert settings["yaml.schemas"] == expected
    assert (
        EXTENSION in json.loads((root / ".vscode/extensions.json").read_text())["recommendations"]
    )


def test_every_schema_is_a_kind(root):
    names = {path.name.removesuffix(".schema.json") for path in (root / "schemas").glob("*.json")}
    assert names - {"common"} <= {kind.name for kind in KINDS}
