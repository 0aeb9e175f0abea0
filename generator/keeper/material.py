"""The files of the ledger, and no others: compared with trunk, read as objects, written apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import generator
from generator.keeper.book import Book
from generator.keeper.refused import RefusedError
from generator.review.ledger_state import PathState
from generator.tree.raw import Differs, MissingObjectError, Objects

__all__ = ["drift", "materialise", "strange_program"]

_PROGRAM = "generator/"
_SHOWN = 5


def drift(book: Book, target: str) -> list[str]:
    """How trunk differs from the ledger, both ways, in Chinese; a held page there is no drift."""
    tip = book.objects.ref(target)
    if tip is None:
        return [f"这里没有 {target}"]
    files = book.objects.files(tip)
    found = []
    for path, (mode, blob) in files.items():
        known = book.state.paths.get(path)
        if known is None or not known.is_there:
            found.append(f"{path}：主干上有，台账没有批准")
        elif (mode, blob) != (known.mode, known.git):
            found.append(f"{path}：主干上的和批准的不一样")
    found += [
        f"{path}：批准了，主干上没有"
        for path, one in book.state.paths.items()
        if one.is_there and not one.is_down and path not in files
    ]
    return sorted(found)


def materialise(objects: Objects, paths: Mapping[str, PathState], folder: Path) -> None:
    """Writes the blobs that the ledger names into an empty folder, each hashed twice before.

    Errors: RefusedError `bytes_differ`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty")
    try:
        blobs = objects.objects([one.git for one in paths.values()])
        for (path, one), data in zip(paths.items(), blobs, strict=True):
            if hashlib.sha256(data).hexdigest() != one.sha256 or len(data) != one.size:
                raise RefusedError("bytes_differ", f"{path} 的字节和批准的不符")
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            if one.mode == "100755":
                file.chmod(0o755)
    except Differs as error:
        raise RefusedError("bytes_differ", f"对象 {error} 的字节和名字不符") from error
    except MissingObjectError as error:
        raise RefusedError("bytes_differ", f"缺少对象 {error}") from error


def strange_program(paths: Mapping[str, PathState]) -> list[str]:
    """Files of the program at work that are not those the ledger names; [] where it names none.

    The bytes of pages follow from the program: it is approved as they are.
    """
    named = {path: one for path, one in paths.items() if path.startswith(_PROGRAM)}
    if not named:
        return []
    own = Path(generator.__file__).parent
    found = []
    for file in sorted(own.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            path = _PROGRAM + file.relative_to(own).as_posix()
            known = named.pop(path, None)
            data = file.read_bytes()
            if known is None or hashlib.sha256(data).hexdigest() != known.sha256:
                found.append(path)
    return sorted([*found, *named])[: _SHOWN * 20]
