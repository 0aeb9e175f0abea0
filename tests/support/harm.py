"""What can befall a repository: each function does one harm to a city's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from generator.keeper.book import ledger_tip
from generator.review.ledger import LEDGER, draft, encode, message_of, path_of
from generator.sign import sign
from generator.tree.append import append
from tests.support.city import City

PAGE = "content/units/jyj/articles/2025/0001.md"


def alternates(city: City) -> None:
    (city.folder / ".git/objects/info").mkdir(exist_ok=True)
    (city.folder / ".git/objects/info/alternates").write_text("/tmp\n")


def grafts(city: City) -> None:
    (city.folder / ".git/info").mkdir(exist_ok=True)
    (city.folder / ".git/info/grafts").write_text(city.first + "\n")


def shallow(city: City) -> None:
    (city.folder / ".git/shallow").write_text(city.repository.git("rev-parse", "main") + "\n")


def partial(city: City) -> None:
    city.repository.git("config", "remote.origin.promisor", "true")


def odd_object(city: City) -> None:
    """A tree that git itself would not write: fsck finds it."""
    git = city.repository.git
    blob = git("hash-object", "-w", "--stdin", text="x")
    file = city.folder.parent / "odd"
    file.write_bytes(b"100644 .git\0" + bytes.fromhex(blob))
    name = git("hash-object", "-w", "--literally", "-t", "tree", str(file))
    git("update-ref", "refs/heads/odd", git("commit-tree", "-m", "odd", name))


def trunk_more(city: City) -> None:
    """A page on trunk that no entry names."""
    city.repository.commit({"content/units/jyj/articles/2026/0009.md": "# x\n"})


def trunk_less(city: City) -> None:
    city.repository.commit({}, PAGE)


def trunk_other(city: City) -> None:
    city.repository.commit({PAGE: "# x\n"})


def trunk_executable(city: City) -> None:
    """The same bytes under another mode."""
    city.repository.git("update-index", "--chmod=+x", PAGE)
    city.repository.git("commit", "-q", "-m", "x")


def trunk_link(city: City) -> None:
    (city.folder / PAGE).unlink()
    (city.folder / PAGE).symlink_to("/etc/passwd")
    city.repository.commit()


def tag_named_main(city: City) -> None:
    """A tag that wins over the short name of the branch."""
    git = city.repository.git
    git("tag", "main", city.first)
    git("tag", "ledger", city.first)


def replaced_page(city: City) -> None:
    """A replace ref on every approved page."""
    git = city.repository.git
    for path in git("ls-tree", "-r", "--name-only", "refs/heads/main", "content/units").split("\n"):
        if path.endswith(".md"):
            blob = git("rev-parse", f"refs/heads/main:{path}")
            git("replace", "-f", blob, git("hash-object", "-w", "--stdin", text="forged"))


def filters(city: City) -> None:
    """A filter that would change every file that is checked out."""
    city.repository.git("config", "filter.evil.smudge", "sed s/停水/免税/")
    city.repository.git("config", "filter.evil.required", "true")
    (city.folder / ".git/info").mkdir(exist_ok=True)
    (city.folder / ".git/info/attributes").write_text("*.md filter=evil\n")


def no_ledger(city: City) -> None:
    city.repository.git("update-ref", "-d", "refs/heads/ledger")


def ledger_reset(city: City) -> None:
    """The ledger as it was one commit ago: valid, and old."""
    city.repository.git("update-ref", "refs/heads/ledger", "refs/heads/ledger~1")


def _rewritten(city: City, change: Callable[[Path], None]) -> None:
    """The ledger's branch with its files changed by one who can push there."""
    git = city.repository.git
    git("checkout", "-q", "refs/heads/ledger")
    change(city.folder)
    git("add", "-A")
    git("commit", "-q", "-m", "x")
    git("update-ref", "refs/heads/ledger", "HEAD")
    git("checkout", "-q", "main")


def _file(folder: Path, kind: str) -> Path:
    """The newest entry of a kind."""
    files = sorted((folder / "log").rglob("*.json"))
    return next(f for f in reversed(files) if json.loads(f.read_bytes())["type"] == kind)


def ledger_byte(city: City) -> None:
    """One byte of an entry in the middle."""

    def change(folder: Path) -> None:
        file = _file(folder, "offer")
        data = file.read_bytes()
        at = data.index(b'"token":"') + 9
        file.write_bytes(data[:at] + b"0" + data[at + 1 :])

    _rewritten(city, change)


def ledger_entry_lost(city: City) -> None:
    _rewritten(city, lambda folder: _file(folder, "observe").unlink())


def ledger_last_byte(city: City) -> None:
    """One byte of the newest entry: no later one would tell."""

    def change(folder: Path) -> None:
        file = max((folder / "log").rglob("*.json"))
        data = file.read_bytes()
        file.write_bytes(data.replace(b'{"at":"2026-', b'{"at":"2027-', 1))

    _rewritten(city, change)


def ledger_unknown_type(city: City) -> None:
    """An entry of a type that this program does not know."""

    def change(folder: Path) -> None:
        file = max((folder / "log").rglob("*.json"))
        file.write_bytes(file.read_bytes().replace(b'"type":"publish"', b'"type":"poblish"'))

    _rewritten(city, change)


def _signed(city: City, key: str, namespace: str) -> None:
    """An entry at the end, right in form, under this key and namespace."""
    book = city.book
    assert book.last is not None
    body = {"change": "github:9", "token": "0000-0000-0000-0000", "subject": "0" * 64}
    unsigned = draft(book.state.size + 1, book.last.digest, book.last.at, "offer", body)
    text = sign(city.keys.file(key), message_of(unsigned), namespace)
    sigs = [{"fingerprint": city.keys.fingerprint(key), "signature": text}]
    files = {path_of(book.state.size + 1): encode(unsigned, sigs)}
    append(city.objects, LEDGER, ledger_tip(city.objects), files, city.now())


def ledger_stranger(city: City) -> None:
    """An entry under a key that the ledger does not know."""
    _signed(city, "stranger", "ledger@gongkai-city")


def ledger_foreign_namespace(city: City) -> None:
    """An entry under the right key, in git's own namespace."""
    _signed(city, "gate", "git")


def ledger_of_another_city(city: City) -> None:
    """An entry under the right key, for another city's ledger."""
    _signed(city, "gate", "ledger@other-city")


def clean(city: City) -> None:
    """Not a harm: what `restore` wrote into the folder is put aside."""
    city.repository.git("checkout", "-q", "--", ".")
    city.repository.git("clean", "-q", "-fd")
