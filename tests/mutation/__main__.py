"""The mutation score of the review gate: how many small changes of its code the tests notice.

Annotations and decorators are left alone: the first are never run, the second say how a value is
kept or remembered, which no test may see. It works on a copy, since the program is changed in
place. A sample (`--sample 300`) is drawn by a seed, so that it can be drawn again; what survives
is printed, to be looked at.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = "tests/mutation/review.toml"
PARTS = ("generator", "schemas", "tests/review", "tests/support", "tests/cases/review")
FILES = ("pyproject.toml", "tests/conftest.py", CONFIG, "content/governance")
PLANNED = """
    select job_id, module_path, start_pos_row, start_pos_col from mutation_specs
    order by module_path, start_pos_row, start_pos_col, operator_name, occurrence
"""
PER_MUTANT = """
    select module_path, start_pos_row, operator_name, occurrence, test_outcome, diff
    from mutation_specs join work_results using (job_id)
    order by module_path, start_pos_row, operator_name, occurrence
"""


def copied(to: Path) -> None:
    """Copies what the tests of the gate need."""
    shutil.rmtree(to, ignore_errors=True)
    for part in (*PARTS, *FILES):
        source, target = ROOT / part, to / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)


Span = tuple[tuple[int, int], tuple[int, int]]


def left_alone(module: Path) -> list[Span]:
    """Where the annotations and decorators of a module stand: line and column, from and to."""
    parts: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        match node:
            case ast.arg(annotation=part) | ast.AnnAssign(annotation=part):
                parts.append(part)
            case ast.FunctionDef(decorator_list=above, returns=part):
                parts += [*above, part]
            case ast.ClassDef(decorator_list=above):
                parts += above
    return [
        ((part.lineno, part.col_offset), (part.end_lineno or 0, part.end_col_offset or 0))
        for part in parts
        if part is not None
    ]


def sampled(session: Path, folder: Path, size: int, seed: int) -> int:
    """Keeps a sample of the planned changes; how many there were."""
    with sqlite3.connect(session) as planned:
        rows = planned.execute(PLANNED).fetchall()
        spans = {row[1]: left_alone(folder / row[1]) for row in rows}
        ordered = [
            name
            for name, module, line, column in rows
            if not any(start <= (line, column) < end for start, end in spans[module])
        ]
        drawn = set(random.Random(seed).sample(ordered, min(size, len(ordered))))
        for name in {row[0] for row in rows} - drawn:
            planned.execute("delete from mutation_specs where job_id = ?", (name,))
            planned.execute("delete from work_items where job_id = ?", (name,))
    return len(ordered)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sample", type=int, default=10**9, help="how many changes to try")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--folder", type=Path, default=ROOT / "build" / "mutation")
    given = asked.parse_args()
    copied(given.folder)
    session = given.folder / "session.sqlite"
    tools = Path(sys.executable).parent
    environment = os.environ | {
        "PYTHONPATH": str(given.folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
    }

    def run(*words: str) -> None:
        subprocess.run(
            [tools / "cosmic-ray", *words], cwd=given.folder, env=environment, check=True
        )

    run("baseline", CONFIG)
    run("init", CONFIG, str(session))
    planned = sampled(session, given.folder, given.sample, given.seed)
    run("exec", CONFIG, str(session))
    with sqlite3.connect(session) as done:
        rows = done.execute(PER_MUTANT).fetchall()
    survived = [row for row in rows if row[4] == "SURVIVED"]
    for row in survived:
        print(f"{row[0]}:{row[1]}: {row[2]} survived\n{row[5]}")
    noticed = len(rows) - len(survived)
    print(f"{planned} changes, {len(rows)} tried, {noticed} noticed: {noticed / len(rows):.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
