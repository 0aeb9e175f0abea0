"""One story from an editor's push to a page that an offline clone proves, and attacks on it.

Real git, real ssh-keygen, real processes; the forge alone is a fake. What workflows do is run from
their own files.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

import pytest

from tests.forge.office import at_work, opened_world
from tests.support.approved import approved_group

ARTICLE = "content/units/jyj/articles/2026/0001.md"
PAGE = "jyj/articles/2026/0001.html"
TEXT = """---
title: 市教育局停水通知
column: gzdt
publishedAt: 2026-03-02 09:00
source: 晋城市教育局
origin: original
reviewClass: A
---

11月25日8时至18时停水。
"""
CLASS_C = TEXT.replace("reviewClass: A", "reviewClass: C")


@pytest.fixture(scope="module")
def begun(tmp_path_factory, keys):
    place = tmp_path_factory.mktemp("begun")
    city = approved_group(place / "city", keys, signing=[("jyj", 4)])
    return city, opened_world(city, place / "origin.git")


@pytest.fixture
def office(begun, tmp_path):
    with at_work(*begun, tmp_path) as office:
        yield office


def proposed(office, text=TEXT):
    """A change whose machine gates have run and whose token is out."""
    writer = office.user("jyj", 1)
    office.push(writer, "jyj-0001", {ARTICLE: text})
    change = office.world.open(writer, "jyj-0001")
    ran = office.workflow(office.clone(), "review.yml", "review")
    assert (ran.code, ran.outputs["commits"]) == (0, ""), ran.said
    return change


def approved(office, change):
    """The three levels, each by a person with the token and every box of his ticked."""
    token = office.token(change)
    for number in (2, 3, 4):
        office.approve(change, "jyj", number, office.lines(number, token))


@contextmanager
def served(folder):
    """The address of a folder that a web server serves."""
    handler = partial(_Silent, directory=folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Says nothing."""


def merged(office):
    """What the gatekeeper merged when it next looked."""
    ran = office.workflow(office.clone(), "review.yml", "review")
    assert ran.code == 0, ran.said
    return ran.outputs["commits"]


def released(office, commits):
    """The job that admits and builds, and the folder that it packs."""
    clone = office.clone()
    ran = office.workflow(clone, "publish.yml", "release", merged=commits)
    return ran, office.folder / f"{clone.name}-release" / "site"


def evaluated(office):
    """The exit code of `review evaluate` over the newest facts of the ledger, by its rules.

    The verdict must be the one that stands there.
    """
    bare = office.world.bare
    rows = bare.git("grep", "-l", '"type":"verdict"', "refs/heads/ledger", "--", "log").split()
    entry = json.loads(bare.git("show", rows[-1]))
    clone = office.clone(online=False)
    facts = office.folder / "facts.json"
    facts.write_text(json.dumps(entry["body"]["facts"], ensure_ascii=False), "utf-8")
    rules = [f"--{name}=content/governance/{name}.yml" for name in ("roles", "policy")]
    words = ["review", "evaluate", "--facts", str(facts), *rules, "--now", entry["at"], "--json"]
    ran = office.gongkai(clone, *words)
    assert json.loads(ran.said) == entry["body"]["verdict"]
    return ran.code


def test_from_a_push_to_a_page_that_anybody_can_verify(office):
    change = proposed(office)
    desk = office.clone()
    ran = office.gongkai(desk, "review", "status", "123")
    assert (ran.code, "等待审核" in ran.said) == (1, True), ran.said
    approved(office, change)
    ran = office.gongkai(desk, "review", "status", "123")
    assert ran.code == 0, ran.said
    commits = merged(office)
    assert commits == office.world.bare.tip("refs/heads/main")
    assert evaluated(office) == 0
    ran, site = released(office, commits)
    assert ran.code == 0, ran.said
    assert "准予发布" in ran.said
    with served(site) as address, urlopen(f"{address}/{PAGE}") as answer:
        assert "11月25日8时至18时停水。" in answer.read().decode()
    away = office.clone(online=False)
    trust = ("--trust-first-use",)
    ran = office.gongkai(away, "ledger", "verify", "--page", ARTICLE, *trust)
    assert ran.code == 0, ran.said
    for word in ("核验结果：无误", "L1", "L2", "L3", "某jyj2", "某jyj3", "某jyj4", "github:123"):
        assert word in ran.said, ran.said
    ran = office.gongkai(away, "ledger", "verify", "--site", str(site), *trust)
    assert ran.code == 0, ran.said
    form = office.folder / "form.html"
    ran = office.gongkai(away, "ledger", "show", ARTICLE, "--html", str(form))
    assert (ran.code, "市教育局停水通知" in form.read_text("utf-8")) == (0, True), ran.said


def test_a_sensitive_page_needs_a_signature_by_the_supervisors_own_key(office):
    change = proposed(office, CLASS_C)
    token = office.token(change)
    for unit, number in (("jyj", 2), ("jyj", 3), ("portal", 7), ("jyj", 4)):
        office.approve(change, unit, number, office.lines(number, token))
    assert merged(office) == ""
    desk = office.clone()
    ran = office.gongkai(desk, "review", "status", "123", "--json")
    assert (ran.code, "evidence_too_weak" in ran.said) == (1, True), ran.said
    body = office.folder / "body.md"
    body.write_text(office.lines(4, token), "utf-8")
    own = ("--body", str(body), "--person", office.city.person("jyj", 4))
    home = office.clone(online=False)  # signing needs no network
    key = ("--key", str(office.keys.file("jyj-4")))
    signed = office.gongkai(home, "review", "sign", "123", *own, *key)
    assert (signed.code, "BEGIN SSH SIGNATURE" in signed.said) == (0, True), signed.said
    office.approve(change, "jyj", 4, signed.said)
    commits = merged(office)
    assert commits == office.world.bare.tip("refs/heads/main")
    ran, site = released(office, commits)
    assert (ran.code, (site / PAGE).is_file()) == (0, True), ran.said
    away = office.clone(online=False)
    ran = office.gongkai(away, "ledger", "verify", "--page", ARTICLE, "--trust-first-use")
    assert ran.code == 0, ran.said
    for word in ("敏感", "签名", "某portal7"):
        assert word in ran.said, ran.said


def test_a_signature_by_a_stolen_account_with_a_key_of_its_own(office):
    change = proposed(office, CLASS_C)
    token = office.token(change)
    for unit, number in (("jyj", 2), ("jyj", 3), ("portal", 7)):
        office.approve(change, unit, number, office.lines(number, token))
    body = office.folder / "body.md"
    body.write_text(office.lines(4, token), "utf-8")
    own = ("--body", str(body), "--person", office.city.person("jyj", 4))
    thief = ("--key", str(office.keys.file("thief")))
    signed = office.gongkai(office.clone(), "review", "sign", "123", *own, *thief)
    office.approve(change, "jyj", 4, signed.said)
    assert merged(office) == ""
    ran = office.gongkai(office.clone(), "review", "status", "123", "--json")
    assert (ran.code, "bad_signature" in ran.said) == (1, True), ran.said


# attacks ----------------------------------------------------------------------------------------


def proves(office, *words):
    """The exit code of `verify` in a fresh clone without network."""
    return office.gongkai(
        office.clone(online=False), "ledger", "verify", *words, "--trust-first-use"
    ).code


def test_a_commit_pushed_after_the_third_approval(office):
    change = proposed(office)
    approved(office, change)
    other = TEXT.replace("18时", "20时")
    office.push(office.user("jyj", 1), "jyj-0001", {ARTICLE: other})
    assert merged(office) == ""
    assert change.state == "open"
    ran = office.gongkai(office.clone(), "review", "status", "123", "--json")
    assert (ran.code, "stale_subject" in ran.said) == (1, True), ran.said
    assert office.world.checks[-1]["conclusion"] == "action_required"
    # and if an administrator merges it all the same, nothing is published
    office.world.squash(change, office.user("portal", 4))
    ran, site = released(office, "")
    assert (ran.code, "verdict_not_approve" in ran.said) == (3, True), ran.said
    assert not site.exists()
    assert proves(office, "--page", ARTICLE) == 10


def test_a_merge_of_another_blob_than_the_one_approved(office):
    change = proposed(office)
    approved(office, change)
    other = TEXT.replace("18时", "20时")
    _merge_by_hand(office, change, {ARTICLE: other.encode()})
    ran, site = released(office, "")
    assert (ran.code, "tree_mismatch" in ran.said) == (3, True), ran.said
    assert not site.exists()
    key = ("--key", str(office.keys.file("gate")))
    ran = office.gongkai(office.clone(), "build", "--release", *key, "--out", str(site))
    assert (ran.code, "ledger_drift" in ran.said) == (3, True), ran.said
    assert proves(office, "--page", ARTICLE) == 10
    assert proves(office, "--all") == 0  # what is published is still proved


def _merge_by_hand(office, change, files):
    """A merge of a change that brings these bytes, as an editor of conflicts can make it."""
    world, person = office.world, office.user("portal", 4)
    trunk = world.bare.tip("refs/heads/main")
    commit = world.bare.commit(
        [trunk], files, author=person, committer=person, message="merge",
        at=world.tick().isoformat(),
    )  # fmt: skip
    world.moved(person, "main", commit)
    change.state, change.merged_by, change.merge_commit = "closed", person, commit


def test_an_entry_edited_at_the_forge(office):
    change = proposed(office)
    approved(office, change)
    honest = office.clone()
    office.gongkai(honest, "ledger", "verify", "--all", "--trust-first-use")
    _edit_an_offer(office)
    ran = office.workflow(office.clone(), "review.yml", "review")
    assert (ran.code, "与前一条接不上" in ran.said) == (4, True), ran.said
    assert change.state == "open"
    ran, site = released(office, "x")
    assert (ran.code, site.exists()) == (2, False)
    ran = office.gongkai(
        office.clone(), "build", "--release", "--key", str(office.keys.file("gate"))
    )
    assert (ran.code, "ledger_invalid" in ran.said) == (3, True), ran.said
    assert proves(office, "--all") == 16
    # who has the ledger from before does not take the rewritten one
    ran = office.gongkai(honest, "review", "status", "123")
    assert ran.code == 4, ran.said
    ran = office.gongkai(honest, "ledger", "verify", "--all")
    assert ran.code == 0, ran.said


def _edit_an_offer(office):
    """Another subject for the first token that was given out, pushed by force."""
    bare = office.world.bare
    tip = bare.tip("refs/heads/ledger")
    found = bare.git("grep", "-l", '"type":"offer"', tip, "--", "log").splitlines()
    path = found[0].partition(":")[2]
    data = bare.git("show", f"{tip}:{path}").encode()
    at = data.index(b'"subject":"') + len(b'"subject":"')
    edited = data[:at] + (b"1" if data[at : at + 1] == b"0" else b"0") + data[at + 1 :]
    user = office.user("portal", 4)
    commit = bare.commit(
        [f"{tip}~1"], {path: edited}, author=user, committer=user, message="x",
        at=office.world.tick().isoformat(),
    )  # fmt: skip
    bare.move("refs/heads/ledger", commit)
