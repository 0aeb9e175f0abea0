"""What a change has to answer for: its own files, and what it brings about elsewhere."""

from generator.diagnostics import Diagnostic, Place
from generator.scope import brought_in, within

A, B = "content/a.yml", "content/b.yml"


def found(path, line=1, code="NUM-001", **values):
    return Diagnostic(code, Place(path, line), values)


def test_a_fault_that_stood_before_is_not_the_changes():
    old = found(B, number="1")
    assert brought_in([old], [old], {A}) == []


def test_a_fault_in_a_changed_file_is_the_changes_even_if_it_stood_before():
    old = found(A, number="1")
    assert brought_in([old], [old], {A}) == [old]


def test_a_fault_brought_about_elsewhere_is_the_changes():
    new = found(B, number="1")
    assert brought_in([new], [], {A}) == [new]


def test_a_fault_that_only_moved_down_is_not_new():
    assert brought_in([found(B, 9, number="1")], [found(B, 3, number="1")], {A}) == []


def test_the_same_fault_about_another_number_is_new():
    new = found(B, number="2")
    assert brought_in([new], [found(B, number="1")], {A}) == [new]


def test_within():
    assert within("content/units/a/unit.yml", ["content/units/a"])
    assert within(A, [A])
    assert not within("content/units/ab/unit.yml", ["content/units/a"])
