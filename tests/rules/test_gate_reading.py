"""What the review gate refuses of the governance files, `check` tells, once and at its line."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.check import check
from generator.diagnostics.catalogue import LANGUAGES, message
from generator.review.policy import read_policy
from generator.review.roles import read_roles
from generator.schema import Schemas
from generator.tree import WorkingTree

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
BASE = Path(__file__).parents[1] / "cases" / "_base"
RULES = Path(__file__).parents[1] / "cases" / "review" / "base"
ROLES = "content/governance/roles.yml"
POLICY = "content/governance/policy.yml"
JYJ = "  - {id: jyj, name: 晋城市教育局, parent: portal"


@pytest.fixture(scope="module")
def schemas(root):
    return Schemas.read(root / "schemas")


def found(root, schemas, folder, path, change):
    """What `check` finds in a governance file of the base after a change of its text."""
    shutil.copytree(root / "content" / "reference", folder / "content" / "reference")
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    if path == POLICY:
        shutil.copy(RULES / "policy.yml", folder / POLICY)
    text = (folder / path).read_text("utf-8")
    changed = change(text)
    assert changed != text
    (folder / path).write_text(changed, "utf-8")
    checked = check(WorkingTree(folder, NOW), schemas)
    return [one for one in checked.findings if one.place.path == path]


def replaced(old, new):
    return lambda text: text.replace(old, new, 1)


def of_units(first, second):
    """Two units more, with these further paths."""
    rows = f"{JYJ}, paths: [{first}]}}\n{JYJ.replace('jyj', 'kjj')}, paths: [{second}]}}\n"
    return replaced("appointments:\n", f"{rows}appointments:\n")


REFUSED = {
    "a date without quotes": (ROLES, replaced('from: "2025-01-01"', "from: 2025-01-01"), 9),
    "an id that YAML 1.1 reads as a number": (ROLES, replaced("id: portal", "id: 1_000"), None),
    "an anchor": (ROLES, replaced("units:", "units: &units"), None),
    "patterns of two units that meet": (ROLES, of_units("content/a/**", "content/*/b.md"), 1),
    "a unit above itself": (ROLES, replaced("parent: null", "parent: portal"), 1),
    "a count of zero": (POLICY, replaced("files: 200", "files: 0"), None),
    "a zone that is none": (POLICY, replaced("Asia/Shanghai", "Asia/Nowhere"), 1),
    "a word with two readings": (POLICY, replaced("visibility: private", "visibility: no"), None),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_gate_refuses_is_told(root, schemas, tmp_path, name):
    path, change, line = REFUSED[name]
    findings = found(root, schemas, tmp_path, path, change)
    reader = read_roles if path == ROLES else read_policy
    assert reader((tmp_path / path).read_bytes())[0] is None
    assert findings
    if line is not None:
        own = [one for one in findings if one.code == "ROL-030"]
        assert [one.place.line for one in own] == [line], findings
        for language in LANGUAGES:
            assert message(own[0], language)


def test_what_a_rule_tells_is_not_told_again(root, schemas, tmp_path):
    findings = found(root, schemas, tmp_path, ROLES, replaced("rank: 40", "rank: 20"))
    assert [one.code for one in findings] == ["ROL-014"]


def test_of_files_that_the_gate_takes_nothing_is_told(root, schemas, tmp_path):
    findings = found(root, schemas, tmp_path, POLICY, replaced("version: 9", "version: 10"))
    assert findings == []
