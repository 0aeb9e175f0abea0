"""A cache gives back what was put in, or nothing: never a part of it, never another's."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.store import Beside, FolderStore, NoStore, digest_of, opened, sealed

KEY = "0" * 32
NAME = "parts/tax/index"
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_what_is_sealed_is_opened(value):
    assert opened(sealed(value, KEY, NAME), KEY, NAME) == value


@given(PLAIN, st.data())
def test_a_changed_byte_is_found(value, data):
    kept = bytearray(sealed(value, KEY, NAME))
    at = data.draw(st.integers(0, len(kept) - 1))
    kept[at] ^= data.draw(st.integers(1, 255))
    assert opened(bytes(kept), KEY, NAME) is None


@given(PLAIN, st.data())
def test_a_cut_value_is_none(value, data):
    kept = sealed(value, KEY, NAME)
    assert opened(kept[: data.draw(st.integers(0, len(kept) - 1))], KEY, NAME) is None


def test_another_key_opens_nothing():
    assert opened(sealed({"a": 1}, KEY, NAME), "1" * 32, NAME) is None


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(2**70, id="a number past 64 bits"),
        pytest.param("\udcff", id="a byte that is no UTF-8"),
        pytest.param({"1": [1.5, None, True]}, id="every type"),
    ],
)
def test_values_that_the_quick_writer_refuses(value):
    assert opened(sealed(value, KEY, NAME), KEY, NAME) == value


def test_a_folder_keeps_values_by_name(tmp_path):
    store = FolderStore(tmp_path / "kept", KEY)
    assert store.get("parts/tax/index") is None
    store.put("parts/tax/index", [1, "二"])
    assert store.get("parts/tax/index") == [1, "二"]
    assert FolderStore(tmp_path / "kept", "1" * 32).get("parts/tax/index") is None
    store.drop("parts/tax/index")
    store.drop("parts/tax/index")
    assert store.get("parts/tax/index") is None


def test_a_value_under_another_name_is_none(tmp_path):
    store = FolderStore(tmp_path, KEY)
    store.put("a", 1)
    (tmp_path / "a.json").rename(tmp_path / "b.json")
    assert store.get("b") is None


def test_a_file_of_somebody_else_is_no_value(tmp_path):
    store = FolderStore(tmp_path, KEY)
    (tmp_path / "index.json").write_text(json.dumps({"key": KEY}))
    assert store.get("index") is None


def test_no_trace_is_left_of_writing(tmp_path):
    store = FolderStore(tmp_path, KEY)
    for number in range(3):
        store.put("index", number)
    assert [file.name for file in tmp_path.iterdir()] == ["index.json"]


def test_beside_another_store(tmp_path):
    main, own = FolderStore(tmp_path / "main", KEY), FolderStore(tmp_path / "own", KEY)
    main.put("a", 1)
    beside = Beside(own, main)
    assert beside.get("a") == 1
    beside.put("a", 2)
    assert (beside.get("a"), main.get("a")) == (2, 1)
    beside.drop("a")
    assert beside.get("a") == 1


def test_a_store_that_keeps_nothing():
    store = NoStore()
    store.put("a", 1)
    store.drop("a")
    assert store.get("a") is None


def test_no_piece_passes_for_its_neighbour():
    assert digest_of("ab", "c") != digest_of("a", "bc") != digest_of("abc")
    assert digest_of("\udcff") == digest_of(b"\xff")
