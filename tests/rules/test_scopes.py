"""Each rule looks no further than its tuple says, and the parts together say what the whole says.

A corpus is taken apart as the check does it: into single files, into the folders of units, into
claims. What a rule of that tuple may not look at is hidden or raises, so that one that looks too
far fails here, whatever it finds. What is taken apart: the sample city, every case, the bad files.
"""

from __future__ import annotations

import shutil
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from generator.check import read_corpus
from generator.corpus import Corpus, MissingReferenceError
from generator.diagnostics import Diagnostic
from generator.model import Record
from generator.rules import GROUP_RULES, JOINED_RULES, LOCAL_RULES, PART_RULES, RULES, Joined, Rule
from generator.schema import Schemas
from generator.shared import Shared
from generator.tree import History, WorkingTree
from tests.bad import test_bad, test_bad_files
from tests.test_cases import BASE, CASES, CODES, NOW, laid_out

Said = set[tuple[Any, ...]]


class TooFarError(Exception):
    """A rule looked at what its tuple keeps from it."""


def refused(*_: object) -> NoReturn:
    """Stands for what may not be asked at all."""
    raise TooFarError


@dataclass(frozen=True)
class ByName(Mapping[str, Record]):
    """Records that answer by id and cannot be walked; without `beyond` only those at hand."""

    at_hand: Mapping[str, Record]
    beyond: Mapping[str, Record] | None

    def __getitem__(self, name: str) -> Record:
        if name in self.at_hand:
            return self.at_hand[name]
        if self.beyond is None:
            raise TooFarError(name)
        return self.beyond[name]

    __iter__ = __len__ = refused


@dataclass(frozen=True)
class Names(Container[str]):
    """Names that can be asked for and not walked."""

    names: Container[str]

    def __contains__(self, name: object) -> bool:
        return name in self.names


class Nothing(Container[str]):
    """Names that may not be asked for."""

    __contains__ = refused


def alone(corpus: Corpus, subjects: Mapping[str, Record], assets: Iterable[str]) -> Corpus:
    """Some files with the reference data, and nothing else."""
    return replace(
        corpus,
        subjects=subjects,
        assets={path: corpus.assets[path] for path in assets},
        history=History(),
        broken=frozenset(),
        records=ByName(subjects, None),
        shared=Shared(tuple(r for r in corpus.shared.records if r.id.startswith("reference/"))),
        files=Nothing(),
        broken_anywhere=Nothing(),
        folders=refused,
        past=refused,
    )


def files(corpus: Corpus) -> Iterator[Corpus]:
    """Every record and every asset by itself."""
    for name, record in corpus.subjects.items():
        yield alone(corpus, {name: record}, ())
    for path in corpus.assets:
        yield alone(corpus, {}, [path])


@dataclass
class Part:
    """What stands in one unit's folder, or in none."""

    unit: str
    corpus: Corpus

    @property
    def subjects(self) -> dict[str, Record]:
        return {n: r for n, r in self.corpus.subjects.items() if r.unit == self.unit}

    @property
    def assets(self) -> list[str]:
        return [path for path in self.corpus.assets if path.split("/")[2] == self.unit]

    @property
    def alone(self) -> Corpus:
        """The part without anything beside it."""
        return alone(self.corpus, self.subjects, self.assets)

    @property
    def within(self) -> Corpus:
        """The part, with all that can be looked up from there."""
        corpus, subjects = self.corpus, self.subjects
        own = {record.path for record in subjects.values()}
        history = replace(
            corpus.history,
            brought={path: at for path, at in corpus.history.brought.items() if path in own},
            changed={path: at for path, at in corpus.history.changed.items() if path in own},
            replaced=(),
        )
        return replace(
            corpus,
            subjects=subjects,
            assets={path: corpus.assets[path] for path in self.assets},
            history=history,
            broken=frozenset(name for name in corpus.broken if unit_of(name) == self.unit),
            records=ByName(subjects, corpus.records),
            files=Names(corpus.files),
            broken_anywhere=Names(corpus.broken_anywhere),
            past=refused,
            contents=refused,
        )


def unit_of(name: str) -> str:
    """The unit whose folder an id stands in; empty where it stands in none."""
    return name.split("/")[1] if name.startswith("units/") else ""


def parts(corpus: Corpus) -> list[Part]:
    """The folders of units, and what stands in none."""
    units = {unit_of(name) for name in (*corpus.subjects, *corpus.broken)}
    units |= {path.split("/")[2] for path in corpus.assets}
    return [Part(unit, corpus) for unit in sorted({"", *units})]


def group(corpus: Corpus, **seen: Any) -> Corpus:
    """The group as a whole: no part's own records, files and contents."""
    bare = {"subjects": {}, "assets": {}, "files": Nothing(), "contents": refused}
    return replace(corpus, **bare, records=ByName({}, corpus.records), **seen)


def shared_alone(corpus: Corpus) -> Corpus:
    """The shared records, and no others by any name."""
    shared = {record.id: record for record in corpus.shared.records}
    return replace(group(corpus, past=refused), records=ByName(shared, None))


def said(rule: Rule, corpora: Iterable[Corpus]) -> Said:
    """What a rule says of some corpora, as a report would tell it."""
    found: Said = set()
    for corpus in corpora:
        try:
            found |= {key(finding) for finding in rule(corpus)}
        except MissingReferenceError as missing:
            found.add(("SRC-051", missing.file))
    return found


def key(finding: Diagnostic) -> tuple[Any, ...]:
    """A finding as something to compare."""
    return finding.code, *finding.order


def heard(rule: Joined, corpus: Corpus) -> Iterator[Diagnostic]:
    """What the judge of a rule says of the claims of all parts."""
    claims = sorted(claim for part in parts(corpus) for claim in rule.claims(part.alone))
    return rule(group(corpus, claims={rule.name: claims}))


def taken_apart(corpus: Corpus) -> Iterator[tuple[Rule, Said]]:
    """Every rule, with what it says of the pieces it may look at."""
    single, within = list(files(corpus)), [part.within for part in parts(corpus)]
    for rule in LOCAL_RULES:
        assert_at_home(rule, single)
        yield rule, said(rule, single)
    yield from ((rule, said(rule, within)) for rule in PART_RULES)
    for rule in JOINED_RULES:
        yield rule, said(lambda whole, rule=rule: heard(rule, whole), [corpus])
    yield from ((rule, said(rule, [shared_alone(corpus)])) for rule in GROUP_RULES)


def assert_at_home(rule: Rule, single: Iterable[Corpus]) -> None:
    """What is found in a file is told of that file: so it can be kept with it."""
    for corpus in single:
        paths = {record.path for record in corpus.subjects.values()} | set(corpus.assets)
        tables = (record.document.table for record in corpus.subjects.values())
        paths.update(table.path for table in tables if table is not None)
        try:
            assert {finding.place.path for finding in rule(corpus)} <= paths, rule
        except MissingReferenceError:
            continue


def assert_the_same(folder: Path, schemas: Schemas) -> Said:
    """Compares the pieces of a group with the whole, rule by rule; what was said in all."""
    corpus, _ = read_corpus(WorkingTree(folder, NOW), schemas)
    everything: Said = set()
    for rule, found in taken_apart(corpus):
        whole = said(rule, [corpus])
        assert found == whole, rule
        everything |= whole
    return everything


@pytest.fixture(scope="module")
def schemas(root: Path) -> Schemas:
    """The repository's schemas, compiled once."""
    return Schemas.read(root / "schemas")


def test_every_rule_stands_in_one_tuple():
    assert len(set(RULES)) == len(RULES)
    assert len({rule.name for rule in JOINED_RULES}) == len(JOINED_RULES)


def test_the_sample_city(root, schemas):
    assert_the_same(root, schemas)


@pytest.mark.parametrize("code", CODES)
def test_cases(code, root, tmp_path, schemas):
    for name in ("right", "wrong"):
        laid_out(root, tmp_path / name, CASES / code / name)
        assert_the_same(tmp_path / name, schemas)


def test_bad_files_together(tmp_path, schemas):
    for name, path, _ in test_bad.ROWS:
        target = tmp_path / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(test_bad.FOLDER / name, target)
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    assert_the_same(tmp_path, schemas)


def test_bad_files_one_by_one(root, tmp_path, schemas):
    shutil.copytree(root / "content" / "reference", tmp_path / "content" / "reference")
    for layer in (BASE, test_bad_files.FOLDER / "beside"):
        shutil.copytree(layer, tmp_path, dirs_exist_ok=True)
    for name, path, _ in test_bad_files.ROWS:
        bad = test_bad_files.FOLDER / name
        with test_bad_files.replaced(tmp_path / "content" / path, bad):
            assert assert_the_same(tmp_path, schemas), name
