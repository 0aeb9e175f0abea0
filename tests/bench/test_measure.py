"""A measure is of a command that succeeded; medians are of each number for itself."""

import sys

import pytest

from tests.bench.measure import GENERATOR, CommandError, Measure, Size, measured, middle


def test_a_measure_is_of_the_command(group):
    run = measured(*GENERATOR, "check", "--quiet", "--root", str(group[0]))
    assert run.processor > 0
    assert run.seconds > 0
    assert run.mebibytes > 20


def test_a_command_that_fails_is_no_measure():
    with pytest.raises(CommandError, match=r"(?s)exit 3 of .*what went wrong"):
        measured(sys.executable, "-c", "print('what went wrong'); raise SystemExit(3)")


@pytest.mark.parametrize(
    ("runs", "found"),
    [
        pytest.param([(1, 2, 3)], (1, 2, 3), id="one"),
        pytest.param([(1, 9, 5), (2, 8, 5), (9, 1, 5)], (2, 8, 5), id="an odd number"),
        pytest.param([(1, 4, 10), (2, 2, 20)], (1.5, 3, 15), id="an even number"),
    ],
)
def test_the_middle_of_runs(runs, found):
    assert middle(Measure(*run) for run in runs) == Measure(*found)


def test_a_size_counts_pages_files_and_bytes(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "page.html").write_bytes(b"12345")
    (tmp_path / "a" / "style.css").write_bytes(b"123")
    assert Size.of(tmp_path) == Size(pages=1, files=2, bytes=8)
