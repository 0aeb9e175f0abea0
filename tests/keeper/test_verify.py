"""Verifying from a clone alone: what is right passes, and every code is shown by a fault."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import gongkai
from tests.support.city import City

PAGE = "content/units/tax/articles/2026/0042.md"
TEXT = "---\ntitle: 停水通知\nreviewClass: A\n---\n11月25日8时至18时停水。\n"


def run(*words, root=None):
    """The exit code and the output of `gongkai ledger`."""
    where = ["--root", str(root)] if root is not None else []
    done = CliRunner().invoke(gongkai, ["ledger", *map(str, words), *where])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def city(tmp_path_factory, keys):
    city = City(tmp_path_factory.mktemp("verify") / "city", keys).begin()
    city.publish("tax", {PAGE: TEXT})
    return city


@pytest.fixture
def clone(city, tmp_path):
    """A plain clone in another place, its origin out of reach."""
    return clone_of(city.folder, tmp_path / "clone")


def clone_of(folder: Path, target: Path) -> Path:
    words = ["git", "clone", "-q", "--no-local", str(folder), str(target)]
    subprocess.run(words, check=True)
    git(target, "remote", "set-url", "origin", "/nonexistent")
    return target


def git(folder, *words, stdin=b""):
    who = ("-c", "user.name=x", "-c", "user.email=x@example.invalid")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *words],
        check=True, capture_output=True, input=stdin,
    )  # fmt: skip
    return done.stdout.decode().strip()


@pytest.fixture
def paper(tmp_path, keys):
    """The fingerprints of the roots, as they came by another way."""
    file = tmp_path / "roots.txt"
    file.write_text("".join(keys.fingerprint(f"root-{n}") + "\n" for n in (1, 2, 3)))
    return file


def test_a_page_is_verified_in_a_plain_clone_without_network(clone, paper):
    code, said = run("verify", "--page", PAGE, "--trust-root", paper, root=clone)
    assert code == 0, said
    for words in (
        "网站信息审核表",
        "停水通知",
        "某tax4（示例）（p-204）",
        "核验结果：无误",
        "保密审查",
    ):
        assert words in said
    code, said = run("verify", "--all", "--json", "--trust-root", paper, root=clone)
    assert code == 0, said
    assert json.loads(said)["pages"] == 4


def test_roots_are_trusted_by_paper_or_knowingly_at_first_use(clone, keys, tmp_path):
    assert run("verify", "--all", root=clone)[0] == 2
    other = tmp_path / "other.txt"
    other.write_text(keys.public("stranger") + " somebody\n")
    assert run("verify", "--all", "--trust-root", other, root=clone)[0] == 13
    assert run("verify", "--all", "--trust-first-use", root=clone)[0] == 0
    assert run("verify", "--all", root=clone)[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--page", "x", "--all"),
        ("--all", "--at", "2026-11-20T12:00:00+08:00"),
        ("--page", PAGE, "--at", "yesterday"),
        ("--all", "--since", "12"),
    ],
)
def test_wrong_use_is_told(clone, words):
    assert run("verify", "--trust-first-use", *words, root=clone)[0] == 2


def test_outside_a_clone_is_wrong_use(tmp_path):
    assert run("verify", "--all", "--trust-first-use", root=tmp_path)[0] == 2


def check(clone, *words):
    return run("verify", "--trust-first-use", *words, root=clone)


def test_what_nobody_approved(clone):
    assert check(clone, "--page", "content/units/tax/none.md")[0] == 10


def test_the_version_of_another_day(city, clone, keys):
    published = next(e for e in city.book.entries if e.type == "publish")
    assert check(clone, "--page", PAGE, "--at", "2026-11-20T08:00:00+08:00")[0] == 10
    assert check(clone, "--page", PAGE, "--at", published.at)[0] == 0


def test_a_clone_without_ledger_or_objects(city, tmp_path):
    alone = tmp_path / "alone"
    words = ["git", "clone", "-q", "--no-local", "--single-branch", "-b", "main"]
    subprocess.run([*words, str(city.folder), str(alone)], check=True)
    assert check(alone, "--page", PAGE)[0] == 12
    sparse = tmp_path / "sparse"
    subprocess.run([*words[:4], "-b", "ledger", "--single-branch", city.folder, sparse], check=True)
    assert check(sparse, "--page", PAGE)[0] == 12


def rewritten(clone, files, drop=()):
    """The ledger's branch with files changed, as one who can push would do it."""
    git(clone, "checkout", "-q", "-B", "ledger", "origin/ledger")
    for path, data in files.items():
        (clone / path).write_bytes(data)
    for path in drop:
        (clone / path).unlink()
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "x")
    git(clone, "update-ref", "refs/remotes/origin/ledger", "HEAD")
    git(clone, "checkout", "-q", "main")


def log(clone, seq):
    return git(clone, "cat-file", "blob", f"origin/ledger:log/000/{seq:06d}.json").encode()


def test_one_byte_of_an_entry(clone):
    data = log(clone, 5)
    assert b"wording" in data
    rewritten(clone, {"log/000/000005.json": data.replace(b"wording", b"wordimg")})
    assert check(clone, "--page", PAGE)[0] == 16


def test_a_signature_of_an_entry(clone, city):
    size = city.book.state.size
    data = json.loads(log(clone, size))
    blob = data["sigs"][0]["signature"]
    data["sigs"][0]["signature"] = blob[:-8] + ("A" * 8 if blob[-8:] != "A" * 8 else "B" * 8)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    rewritten(clone, {f"log/000/{size:06d}.json": text.encode()})
    assert check(clone, "--page", PAGE)[0] == 13


def test_an_entry_left_out(clone, city):
    rewritten(clone, {}, [f"log/000/{city.book.state.size - 1:06d}.json"])
    assert check(clone, "--page", PAGE)[0] == 16


def test_an_older_ledger_is_found_by_what_was_noted(clone, city):
    state = city.book.state
    noted = f"{state.size}:{state.head}"
    assert check(clone, "--all", "--since", noted)[0] == 0
    git(
        clone,
        "update-ref",
        "refs/remotes/origin/ledger",
        git(clone, "rev-parse", "origin/ledger~1"),
    )
    assert check(clone, "--since", noted)[0] == 16
    assert check(clone, "--page", PAGE)[0] == 10


def test_two_ledgers_that_parted(clone):
    git(clone, "branch", "ledger", "origin/ledger~1")
    git(clone, "checkout", "-q", "ledger")
    git(clone, "commit", "-q", "--allow-empty", "-m", "x")
    git(clone, "checkout", "-q", "main")
    assert check(clone, "--all")[0] == 16


def test_replaced_objects_are_seen_as_they_are(clone):
    blob = git(clone, "rev-parse", f"main:{PAGE}")
    other = git(clone, "hash-object", "-w", "--stdin", stdin=b"forged")
    git(clone, "replace", blob, other)
    assert git(clone, "cat-file", "blob", blob) == "forged"
    assert check(clone, "--page", PAGE)[0] == 0


def test_damaged_objects_differ(clone):
    for pack in (clone / ".git/objects/pack").glob("*.pack"):
        moved = clone / "moved.pack"
        pack.rename(moved)
        with moved.open("rb") as stream:
            subprocess.run(["git", "-C", clone, "unpack-objects", "-q"], stdin=stream, check=True)
    blob = git(clone, "rev-parse", f"main:{PAGE}")
    file = clone / ".git/objects" / blob[:2] / blob[2:]
    other = git(clone, "hash-object", "-w", "--stdin", stdin=b"forged")
    file.chmod(0o644)
    file.write_bytes((clone / ".git/objects" / other[:2] / other[2:]).read_bytes())
    assert check(clone, "--page", PAGE)[0] in (11, 12)


def key_entry(city, action, name, role, start, **more):
    body = {
        "action": action, "role": role, "fingerprint": city.keys.fingerprint(name),
        "public": None, "from_seq": start, "reason": "失窃",
    }  # fmt: skip
    city.book.append([("key", body | more)], city.now(), city.by_roots())


def test_a_revoked_key_asks_for_review_again(tmp_path, keys):
    city = City(tmp_path / "city", keys).begin()
    first = city.publish("tax", {PAGE.replace("42", "41"): TEXT})
    city.publish("tax", {PAGE: TEXT})
    key_entry(city, "add", "gate-2", "gatekeeper", city.book.state.size + 1,
              public=keys.public("gate-2"))  # fmt: skip
    key_entry(city, "revoke", "gate", "gatekeeper", first.seq + 1)
    assert check(city.folder, "--page", PAGE)[0] == 13
    assert check(city.folder, "--page", PAGE.replace("42", "41"))[0] == 0
    code, said = check(city.folder, "--all")
    assert code == 13
    assert PAGE in said


def forged(city, **changes):
    """A ledger whose gatekeeper's key is stolen: it publishes what no fresh evaluation approves."""
    proposal = city.propose("tax", {PAGE: TEXT})
    book = city.book
    subject = city.offer(proposal, book)
    for office in changes.pop("offices", (2, 3)):
        city.act(proposal, book, office, subject)
    facts = city.facts(proposal, book)
    commit = city.merge(proposal)
    facts |= {"target_tip": city.first}
    for name, change in changes.items():
        facts[name] = change(facts[name])
    verdict = city.judge(proposal, book)
    verdict = {**verdict, "decision": "approve", "reasons": []}
    keys = ("path", "op", "mode", "git", "sha256", "size", "base", "restore_of")
    facts["ledger"] = {**facts["ledger"], "size": book.state.size}
    publish = {
        "change": proposal.change, "subject": subject, "kind": "content", "unit": "tax",
        "class": "A", "commit": commit, "parent": city.first, "verdict": book.state.size + 1,
        "notes": [],
        "items": [
            {key: item[key] for key in keys} | {"publishes_at": None, "expires_at": None}
            for item in proposal.items
        ],
    }  # fmt: skip
    told = {"change": proposal.change, "facts": facts, "verdict": verdict}
    book.append([("verdict", told), ("publish", publish)], city.now(), city.signer)
    return city


def test_a_stolen_gatekeepers_key_cannot_make_up_an_approval(tmp_path, keys):
    city = forged(City(tmp_path / "city", keys).begin())
    assert check(city.folder, "--page", PAGE)[0] == 14


def test_nor_an_act_that_was_never_observed(tmp_path, keys):
    def with_third(acts):
        third = {**acts[1], "id": "r99"}
        return [*acts, third]

    city = forged(City(tmp_path / "city", keys).begin(), acts=with_third)
    code, said = check(city.folder, "--page", PAGE)
    assert code == 14
    assert "acts 和台账以前的记录不一致" in said


def test_an_expunged_page(tmp_path, keys):
    city = City(tmp_path / "city", keys).begin()
    city.publish("tax", {PAGE: TEXT})
    row = {"person": "p-107", "appointment": "ap-107", "delegation": None}
    body = {
        "path": PAGE, "entries": [1], "blobs": [city.book.state.paths[PAGE].git],
        "reason": "隐私", "by": [row, row | {"person": "p-106"}],
    }  # fmt: skip
    city.book.append([("expunge", body)], city.now(), city.by_roots())
    assert check(city.folder, "--page", PAGE)[0] == 17


def test_a_deleted_page_is_not_approved_any_more(tmp_path, keys):
    city = City(tmp_path / "city", keys).begin()
    city.publish("tax", {PAGE: TEXT, PAGE.replace("42", "43"): TEXT})
    city.publish("tax", {}, PAGE)
    assert check(city.folder, "--page", PAGE)[0] == 10
    assert check(city.folder, "--all")[0] == 0
