"""The catalogues are complete: each code has a weight, and sentences in every language."""

import ast
import re
import string
from pathlib import Path

import pytest

from generator.diagnostics import catalogue
from generator.diagnostics.catalogue import LANGUAGES, codes, texts

FOLDER = Path(catalogue.__file__).parents[1] / "messages"
CHINESE = re.compile(r"[一-鿿]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_codes(language):
    assert set(texts(language)) == set(codes())


@pytest.mark.parametrize("folder", ["codes", *LANGUAGES])
def test_a_code_stands_in_the_file_of_its_family(folder):
    rows = catalogue._rows(folder)
    by_file = {file.stem: file.read_text("utf-8") for file in (FOLDER / folder).glob("*.yml")}
    for code in rows:
        assert re.search(rf"^{code}:", by_file[code[:3]], re.MULTILINE), code


def named(sentence):
    """The values that a sentence names."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("code", codes())
def test_sentences_name_values_plainly_and_alike(code):
    for part in ("message", "hint"):
        names = [named(getattr(texts(language)[code], part)) for language in LANGUAGES]
        for found in names:
            assert all(name.isidentifier() for name in found), (code, part)
    assert named(texts("zh")[code].message) == named(texts("en")[code].message)


@pytest.mark.parametrize("code", codes())
def test_chinese_is_chinese_and_ends_without_a_full_stop(code):
    text = texts("zh")[code]
    for part in (text.title, text.message, text.hint, text.explain):
        assert CHINESE.search(part) or "{" in part, (code, part)
    assert not text.title.endswith(("。", ".")), code
    assert not text.message.endswith(("。", ".")), code


@pytest.mark.parametrize("code", codes())
def test_english_is_english(code):
    text = texts("en")[code]
    for part in (text.title, text.message, text.hint, text.explain):
        without_examples = CHINESE.sub("", part)
        assert len(re.findall(r"[a-zA-Z]", part)) > len(part) - len(without_examples), (code, part)


def test_every_code_that_the_program_gives_is_in_the_catalogue(root):
    used = {
        node.value
        for file in (root / "generator").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and re.fullmatch(r"[A-Z]{3}-[0-9]{3}", str(node.value))
    }
    assert used <= set(codes())
    assert set(codes()) <= used, "a code that nothing gives"


def test_a_code_given_twice_is_our_fault(tmp_path, monkeypatch):
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "AAA.yml").write_text("AAA-001: {severity: error}\n", "utf-8")
    (tmp_path / "codes" / "BBB.yml").write_text("AAA-001: {severity: note}\n", "utf-8")
    monkeypatch.setattr(catalogue, "_MESSAGES", tmp_path)
    with pytest.raises(ValueError, match="AAA-001 stands twice"):
        catalogue._rows("codes")
