"""The base of the cases as an approved group: every page through all levels, to be released."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from tests.support.city import City
from tests.support.keys import Keys

__all__ = ["approved_group", "copy_of"]

_PROJECT = Path(__file__).parents[2]
_UNITS = ("city", "jyj", "kjj", "yangcheng")
_SITE = ("schemas", "theme")


def approved_group(folder: Path, keys: Keys, signing: Collection[tuple[str, int]] = ()) -> City:
    """A city whose units are those of the base; its program files come with the genesis.

    Shapes: `signing` are those who hold a key, by unit and office.
    """
    base = _PROJECT / "tests" / "cases" / "_base"
    site: dict[str, str | bytes] = {"mkdocs.yml": (_PROJECT / "mkdocs.yml").read_bytes()}
    site["content/group.yml"] = (base / "content" / "group.yml").read_bytes()
    for name in _SITE:
        for file in sorted((_PROJECT / name).rglob("*")):
            if file.is_file():
                site[file.relative_to(_PROJECT).as_posix()] = file.read_bytes()
    for file in sorted((_PROJECT / "content" / "reference").rglob("*.yml")):
        old = file.stem.isdigit() and int(file.stem) < 2022
        if not old:
            site[file.relative_to(_PROJECT).as_posix()] = file.read_bytes()
    policy = (_PROJECT / "tests/cases/review/base/policy.yml").read_text("utf-8")
    policy = policy.replace('"content/duties/**"', '"content/duties/**", "content/reference/**"')
    city = City(folder, keys, _UNITS, site, policy, signing).begin()
    for unit in ("portal", *_UNITS):
        files = {
            file.relative_to(base).as_posix(): file.read_bytes()
            for file in sorted((base / "content" / "units" / unit).rglob("*"))
            if file.is_file()
        }
        city.publish(unit, files)
    return city


def copy_of(city: City, folder: Path) -> City:
    """The same city in another place, to be changed apart."""
    shutil.copytree(city.folder, folder, symlinks=True)
    twin = object.__new__(City)
    twin.__dict__ |= {**city.__dict__}
    twin.repository = object.__new__(type(city.repository))
    twin.repository.__dict__ |= {**city.repository.__dict__, "folder": folder}
    twin.folder = folder
    twin.objects = type(city.objects)(folder)
    return twin
