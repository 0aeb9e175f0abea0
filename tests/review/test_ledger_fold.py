"""Folding the ledger: what each entry leaves behind, and every way in which one is refused."""

from dataclasses import replace

import pytest

from generator.review.ledger import KEY_FAULT, LedgerError
from generator.review.ledger_fold import fold, signatures
from generator.review.ledger_state import State, ledger_facts
from tests.support.entries import AT, DIGEST, Chain, key, oid, sha

PAGE = "content/units/tax/a.md"
PERSON = {"person": "p-31", "appointment": "ap-1", "delegation": None}
ACCOUNT = {"forge": "github", "id": "1"}


def begun() -> Chain:
    return Chain().genesis().policy()


def key_change(action: str, name: str, role: str, start: int, **changes: object) -> dict:
    body = {"action": action, "role": role, "fingerprint": key(name)["fingerprint"]}
    return body | {"public": None, "from_seq": start, "reason": "轮换"} | changes


def test_the_first_entries_hold_the_rules_and_the_program():
    state = fold(begun().entries)
    assert (state.size, state.repository, state.threshold) == (2, "gongkai-city", 2)
    assert (state.roles_version, state.policy_version) == (17, 9)
    assert state.recorded == {"ap-101": 2}
    assert state.trunk == oid("0")
    assert {path: one.kind for path, one in state.paths.items()} == {
        "content/governance/roles.yml": "governance",
        "content/governance/policy.yml": "governance",
        "theme/main.html": "site",
    }
    assert state.gatekeepers(3) == {key("G")["fingerprint"]: key("G")["public"]}
    assert len(state.roots(3)) == 3


def test_a_genesis_in_two_parts():
    chain = Chain().genesis(parts=2)
    blob = {"git": oid("4"), "mode": "100755", "sha256": sha("4"), "size": 2}
    chain.genesis(part=2, parts=2, blobs={".ci/run": blob}).policy()
    assert fold(chain.entries).paths[".ci/run"].mode == "100755"


def test_a_change_from_offer_to_publication_and_deletion():
    chain = begun()
    chain.add("offer", {"change": "github:1", "token": "7f3a-9c01-22be-04d1", "subject": DIGEST})
    act = {"id": "r1", "state": "approve"}
    chain.add("observe", {"change": "github:1", "act": act, "answer": sha("f")})
    edited = act | {"edited": True}
    chain.add("observe", {"change": "github:1", "act": edited, "answer": sha("e")})
    gate = {
        "gate": "wording", "subject": DIGEST, "result": "pass", "tool": "wording 1.0",
        "ruleset": "w1", "at": AT, "escalate_to": None,
    }  # fmt: skip
    chain.add("gate", {"change": "github:1", "gate": gate})
    times = {"publishes_at": "2026-11-21 08:00", "expires_at": None}
    published = chain.published(chain.item(**times))
    state = fold(chain.entries)
    page = state.paths[PAGE]
    assert (page.status, page.git, page.seq, page.unit) == ("published", oid("a"), 8, "tax")
    assert page.publishes_at == "2026-11-21 08:00"
    seen = state.changes["github:1"]
    assert (seen.acts["r1"].first, seen.acts["r1"].last, seen.acts["r1"].act) == (4, 5, edited)
    assert seen.gates == [(6, gate)]
    assert state.consumed == {DIGEST: published.seq}
    assert state.evidence[published.seq] == (8, 7, 4)
    facts = ledger_facts(state, "github:1", [PAGE, "content/units/tax/none.md"], DIGEST)
    assert facts == {
        "size": 8, "roles_version": 17, "policy_version": 9, "subject_consumed": True,
        "offers": {"7f3a-9c01-22be-04d1": DIGEST}, "recorded": {"ap-101": 2},
        "keys": {key("P")["fingerprint"]: {"from_seq": 2, "to_seq": None}},
        "state": {PAGE: {"git": oid("a"), "status": "published", "seq": 8, "held_by": None}},
    }  # fmt: skip
    gone = {"op": "delete", "mode": None, "git": None, "sha256": None, "size": None}
    chain.published(
        chain.item(**gone, base=oid("a")), change="github:2", subject=sha("2"), commit=oid("f")
    )
    state = fold(chain.entries)
    assert state.paths[PAGE].status == "removed"
    assert PAGE not in state.live()
    chain.published(change="github:3", subject=sha("3"), commit=oid("d"))
    assert fold(chain.entries).paths[PAGE].status == "published"
    assert ledger_facts(state, "github:9", [], None)["offers"] == {}


def test_what_is_rejected_is_known_by_its_commit():
    chain = begun()
    body = {
        "commit": oid("5"), "parent": oid("0"), "change": None, "subject": None, "verdict": None,
        "codes": ["bypass"], "found": [], "found_total": 0,
    }  # fmt: skip
    chain.add("bypass", body)
    chain.add("reject", body | {"commit": oid("6"), "codes": ["tree_mismatch"]})
    state = fold(chain.entries)
    assert state.commits == {oid("5"): 3, oid("6"): 4}
    assert state.trunk == oid("0")


def down() -> Chain:
    chain = begun()
    chain.published(chain.item(), chain.item("content/units/tax/a/b.pdf"))
    chain.takedown(PAGE, "content/units/tax/a/b.pdf")
    return chain


def ratify(*paths: str, takedowns: tuple[int, ...] = (5,)) -> dict:
    return {"account": ACCOUNT, "by": PERSON, "takedowns": list(takedowns), "paths": list(paths)}


def test_a_takedown_is_ratified_path_by_path():
    chain = down()
    state = fold(chain.entries)
    assert (state.paths[PAGE].status, state.paths[PAGE].held_by) == ("held", "p-31")
    assert state.paths[PAGE].is_down
    chain.add("ratify", ratify(PAGE))
    state = fold(chain.entries)
    assert state.paths[PAGE].status == "taken_down"
    assert state.holds[5].ratified is None
    chain.add("ratify", ratify("content/units/tax/a/b.pdf"))
    assert fold(chain.entries).holds[5].ratified == 7


def test_only_a_restore_brings_a_page_back():
    chain = down()
    restored = chain.item(base=oid("a"), restore_of=5, git=oid("b"))
    published = chain.published(restored, change="github:2", subject=sha("2"), commit=oid("7"))
    body = {
        "change": "github:2", "subject": sha("2"), "publish": published.seq, "takedowns": [5],
        "paths": [PAGE],
    }  # fmt: skip
    chain.add("restore", body)
    state = fold(chain.entries)
    assert (state.paths[PAGE].status, state.paths[PAGE].held_by) == ("published", None)
    assert state.holds[5].ratified is None


def test_releases_are_kept_with_the_ledger_they_were_made_from():
    chain = begun()
    release = {
        "site": "group", "kind": "full", "commit": oid("0"),
        "ledger": {"size": 2, "head": chain.entries[-1].digest},
        "manifest": {"path": "manifest/000/000003.json", "sha256": sha("9"), "files": 1},
        "locks": {}, "built_at": AT,
    }  # fmt: skip
    chain.add("release", release)
    assert [seq for seq, _ in fold(chain.entries).releases] == [3]
    for told in ({"size": 9, "head": sha("1")}, {"size": 2, "head": sha("1")}):
        wrong = begun()
        wrong.add("release", release | {"ledger": told})
        with pytest.raises(LedgerError, match="不是这本台账"):
            fold(wrong.entries)


def test_keys_come_and_go_by_position():
    chain = begun()
    chain.add("key", key_change("add", "H", "gatekeeper", 3, public=key("H")["public"]), "R", "S")
    chain.add("key", key_change("retire", "G", "gatekeeper", 5), "R", "S")
    chain.add("key", key_change("retire", "P", "person", 6), "R", "S")
    state = fold(chain.entries)
    assert list(state.gatekeepers(4)) == [key("G")["fingerprint"], key("H")["fingerprint"]]
    assert list(state.gatekeepers(5)) == [key("H")["fingerprint"]]
    assert ledger_facts(state, "x", [], None)["keys"] == {
        key("P")["fingerprint"]: {"from_seq": 2, "to_seq": 6}
    }
    assert state.suspects() == []


def test_a_revoked_key_puts_every_page_after_it_in_doubt():
    chain = begun()
    early = chain.published(chain.item("content/units/tax/early.md"))
    chain.published(change="github:2", subject=sha("2"), commit=oid("7"))
    chain.add("key", key_change("revoke", "G", "gatekeeper", early.seq + 1), "R", "S")
    state = fold(chain.entries)
    assert state.suspects() == [PAGE]
    assert state.gatekeepers(chain.next) == {}
    assert not state.suspect(2)


def test_a_persons_revoked_key_ends_at_that_position():
    chain = begun()
    chain.add("key", key_change("revoke", "P", "person", 2), "R", "S")
    assert fold(chain.entries).keys[key("P")["fingerprint"]].to_seq == 2
    chain.add("key", key_change("revoke", "P", "person", 3), "R", "S")
    assert fold(chain.entries).keys[key("P")["fingerprint"]].to_seq == 2


def test_an_expunged_blob_is_gone_and_remembered():
    body = {
        "path": PAGE, "entries": [4], "blobs": [oid("a")], "reason": "隐私",
        "by": [PERSON, PERSON | {"person": "p-32"}],
    }  # fmt: skip
    chain = begun()
    chain.published()
    chain.add("expunge", body, "R", "S")
    state = fold(chain.entries)
    assert state.paths[PAGE].status == "removed"
    assert state.expunged == {oid("a"): 5}
    chain.add("expunge", body | {"path": "content/units/tax/never.md"}, "R", "S")
    chain.add("expunge", body | {"path": "theme/main.html"}, "R", "S")
    assert fold(chain.entries).paths["theme/main.html"].status == "published"


def test_later_rules_come_by_an_approved_change():
    chain = begun()
    roles = chain.item("content/governance/roles.yml", git=oid("8"), sha256=sha("8"), base=oid("1"))
    chain.published(roles, kind="governance", unit="portal")
    body = {
        "change": "github:1", "subject": DIGEST, "roles_version": 18, "policy_version": 9,
        "roles": {"git": oid("8"), "sha256": sha("8")},
        "policy": {"git": oid("2"), "sha256": sha("2")}, "rows": ["ap-101", "ap-105"],
        "keys": [], "keys_gone": [key("P")["fingerprint"]],
    }  # fmt: skip
    chain.add("policy", body)
    state = fold(chain.entries)
    assert (state.roles_version, state.recorded["ap-105"], state.recorded["ap-101"]) == (18, 5, 2)
    assert state.keys[key("P")["fingerprint"]].to_seq == 5
    assert [row[0] for row in state.rules] == [2, 5]
    again = body | {"policy_version": 10}
    chain.add("policy", again)
    assert fold(chain.entries).keys[key("P")["fingerprint"]].to_seq == 5


# What is refused: how the chain is made, and a word of the reason.


def _bad_policy(**changes):
    def make(chain):
        chain.policy(**changes)

    return make


def _bad_publish(*, before=None, item=None, **changes):
    def make(chain):
        if before is not None:
            before(chain)
        chain.published(chain.item(**(item or {})), **changes)

    return make


def _put_down(chain):
    chain.published(subject=sha("1"), change="github:7", commit=oid("9"))
    chain.takedown()


def _entry(kind, body, *signers):
    return lambda chain: chain.add(kind, body, *signers)


def _after_publication(kind, body):
    def make(chain):
        chain.published()
        chain.add(kind, body)

    return make


GONE = {"op": "delete", "mode": None, "git": None, "sha256": None, "size": None}
RESTORE = {
    "change": "github:1", "subject": DIGEST, "publish": 4, "takedowns": [5], "paths": [PAGE],
}  # fmt: skip


def _restore_of_nothing(chain):
    chain.published()
    chain.add("restore", RESTORE | {"takedowns": [3]})


def _twice(make):
    def both(chain):
        make(chain)
        make(chain)

    return both


def _deleted_twice(chain):
    chain.published()
    chain.published(
        chain.item(**GONE, base=oid("a")), subject=sha("2"), change="github:2", commit=oid("8")
    )
    chain.published(chain.item(**GONE), subject=sha("3"), change="github:3", commit=oid("9"))


REFUSED = {
    "a second genesis": (lambda chain: chain.genesis(part=3), "只能在最前面"),
    "rules no newer": (_bad_policy(subject=DIGEST), "没有变大"),
    "older roles": (_bad_policy(subject=DIGEST, roles_version=16, policy_version=10), "没有变大"),
    "older policy": (_bad_policy(subject=DIGEST, roles_version=18, policy_version=8), "没有变大"),
    "rules nobody approved": (_bad_policy(subject=DIGEST, roles_version=18), "没有经过批准"),
    "an offer twice": (
        _twice(
            _entry("offer", {"change": "x", "token": "7f3a-9c01-22be-04d1", "subject": DIGEST})
        ),
        "已经给出过",
    ),
    "facts of another change": (
        _entry(
            "verdict",
            {
                "change": "github:1",
                "facts": {"change": "github:2"},
                "verdict": {"decision": "approve", "subject": DIGEST},
            },
        ),
        "不是同一件事",
    ),
    "no verdict": (_bad_publish(verdict=2), "不是批准它的结论"),
    "a verdict that waits": (
        _bad_publish(before=lambda chain: chain.verdict(decision="wait"), verdict=3),
        "不是批准它的结论",
    ),
    "a verdict on other bytes": (
        _bad_publish(before=lambda chain: chain.verdict(subject=sha("9")), verdict=3),
        "不是批准它的结论",
    ),
    "a verdict on another change": (
        _bad_publish(before=lambda chain: chain.verdict(change="github:9"), verdict=3),
        "不是批准它的结论",
    ),
    "a subject twice": (_twice(_bad_publish()), "同样的内容"),
    "a commit twice": (
        _bad_publish(
            before=lambda chain: chain.published(commit=oid("9")), commit=oid("9"),
            subject=sha("2"),
        ),
        "已在第 4 条处理",
    ),
    "another base": (_bad_publish(item={"base": oid("b")}), "替换的不是台账上的版本"),
    "a page over one unseen": (
        _bad_publish(before=lambda chain: chain.published(), subject=sha("2"), commit=oid("9")),
        "替换的不是台账上的版本",
    ),
    "an ordinary change of a held page": (
        _bad_publish(before=_put_down, item={"base": oid("a")}),
        "已撤下",
    ),
    "a restore of another takedown": (
        _bad_publish(before=_put_down, item={"base": oid("a"), "restore_of": 3}),
        "已撤下",
    ),
    "a deletion of nothing": (_bad_publish(item=GONE), "不能删除"),
    "a deletion twice": (_deleted_twice, "不能删除"),
    "a takedown of nothing": (lambda chain: chain.takedown(), "没有在发布"),
    "a takedown of other bytes": (
        _after_publication(
            "takedown",
            {
                "account": ACCOUNT, "by": PERSON, "second": None, "reason": "错误",
                "tombstone": "default", "asked": [PAGE],
                "paths": [{"path": PAGE, "git": oid("f")}],
            },
        ),
        "没有在发布",
    ),
    "a takedown twice": (lambda chain: (_put_down(chain), chain.takedown()), "没有在发布"),
    "a ratification of nothing": (_entry("ratify", ratify(PAGE)), "没有待确认"),
    "a ratification of what is not held": (
        _after_publication("ratify", ratify(PAGE)), "没有待确认",
    ),
    "a ratification of another takedown": (
        lambda chain: (_put_down(chain), chain.add("ratify", ratify(PAGE, takedowns=(4,)))),
        "没有待确认",
    ),
    "a ratification of no takedown beside one": (
        lambda chain: (_put_down(chain), chain.add("ratify", ratify(PAGE, takedowns=(5, 4)))),
        "不是撤稿",
    ),
    "a restore without publication": (_entry("restore", RESTORE), "没有发布它"),
    "a restore of another page": (
        _after_publication("restore", RESTORE | {"paths": ["theme/main.html"]}), "恢复的",
    ),
    "a restore of a page unknown": (
        _after_publication("restore", RESTORE | {"paths": ["content/none.md"]}), "恢复的",
    ),
    "a restore of no takedown": (_restore_of_nothing, "没有这次撤稿"),
    "an added key known": (
        _entry("key", key_change("add", "G", "gatekeeper", 3, public=key("G")["public"])),
        "不能增加",
    ),
    "an added key without its public part": (
        _entry("key", key_change("add", "H", "gatekeeper", 3)), "不能增加",
    ),
    "a person's key added by hand": (
        _entry("key", key_change("add", "H", "person", 3, public=key("H")["public"])), "不能增加",
    ),
    "a key from the past": (
        _entry("key", key_change("add", "H", "gatekeeper", 2, public=key("H")["public"])),
        "从以前",
    ),
    "an unknown key retired": (_entry("key", key_change("retire", "H", "root", 3)), "没有密钥"),
    "a key of another role": (_entry("key", key_change("retire", "G", "root", 3)), "没有密钥"),
    "a key retired into the past": (
        _entry("key", key_change("retire", "G", "gatekeeper", 2)), "已停用",
    ),
    "a key retired twice": (
        _twice(_entry("key", key_change("retire", "G", "gatekeeper", 9))), "已停用",
    ),
    "too few roots left": (
        lambda chain: [
            chain.add("key", key_change(action, name, "root", 4))
            for action, name in (("retire", "R"), ("revoke", "S"))
        ],
        "根密钥不够",
    ),
    "a person's key known to the ledger": (
        lambda chain: (
            chain.published(
                chain.item(
                    "content/governance/roles.yml", git=oid("8"), sha256=sha("8"), base=oid("1")
                ),
                kind="governance",
            ),
            chain.policy(
                change="github:1", subject=DIGEST, roles_version=18,
                roles={"git": oid("8"), "sha256": sha("8")},
            ),
        ),
        "已经有了",
    ),
    "a person's key gone that never was": (
        lambda chain: (
            chain.published(),
            chain.policy(
                change="github:1", subject=DIGEST, policy_version=10, keys=[],
                keys_gone=[key("Q")["fingerprint"]],
            ),
        ),
        "没有密钥",
    ),
    "a gatekeeper's key gone as a person's": (
        lambda chain: (
            chain.published(),
            chain.policy(
                change="github:1", subject=DIGEST, policy_version=10, keys=[],
                keys_gone=[key("G")["fingerprint"]],
            ),
        ),
        "没有密钥",
    ),
    "rules of other bytes": (
        lambda chain: (
            chain.published(),
            chain.policy(
                change="github:1", subject=DIGEST, policy_version=10, keys=[],
                policy={"git": oid("2"), "sha256": sha("7")},
            ),
        ),
        "不是获准的文件",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    make, reason = REFUSED[name]
    chain = begun()
    make(chain)
    with pytest.raises(LedgerError, match=reason) as caught:
        fold(chain.entries)
    assert caught.value.seq == chain.entries[-1].seq


BEGINNINGS = {
    "no genesis": (lambda: Chain().policy(), "只能在最前面"),
    "a part missing": (lambda: Chain().genesis(parts=2).policy(), "只能在最前面"),
    "a part of another number": (lambda: Chain().genesis(part=2, parts=2), "编号不对"),
    "more parts than told": (lambda: Chain().genesis(part=1, parts=1).genesis(part=2), "最前面"),
    "two parts that differ": (
        lambda: Chain().genesis(parts=2).genesis(part=2, parts=2, commit=oid("9"), blobs={}),
        "不一致",
    ),
    "two parts with other keys": (
        lambda: Chain().genesis(parts=2).genesis(
            part=2, parts=2, blobs={}, gatekeeper=key("H")
        ),
        "不一致",
    ),
    "a path in both parts": (lambda: Chain().genesis(parts=2).genesis(part=2, parts=2), "两次"),
    "a threshold over the keys": (lambda: Chain().genesis(threshold=4), "根密钥不够"),
    "a gatekeeper who is a root": (lambda: Chain().genesis(gatekeeper=key("R")), "根密钥"),
    "content before rules": (
        lambda: Chain().genesis(), "必须先记录审核规则",
    ),
    "first rules with a subject": (
        lambda: Chain().genesis().policy(subject=DIGEST), "没有审核凭证",
    ),
    "rules without their file": (
        lambda: Chain().genesis(blobs={}).policy(), "不是获准的文件",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_bad_beginning_is_refused(name):
    make, reason = BEGINNINGS[name]
    chain = make()
    if name == "content before rules":
        chain.published()
    with pytest.raises(LedgerError, match=reason):
        fold(chain.entries)


def test_a_gap_or_a_torn_chain_is_refused():
    chain = begun()
    chain.published()
    with pytest.raises(LedgerError, match="接不上"):
        fold([chain.entries[0], chain.entries[2]])
    with pytest.raises(LedgerError, match="接不上"):
        fold(chain.entries[1:])
    late = begun()
    late.verdict()
    late.entries[-1] = replace(late.entries[-1], seq=7)
    with pytest.raises(LedgerError, match="应当是第 3 条"):
        fold(late.entries)


def test_time_does_not_run_backwards():
    chain = begun()
    chain.add(
        "offer", {"change": "x", "token": "7f3a-9c01-22be-04d1", "subject": DIGEST},
        at="2026-11-20T08:59:59+08:00",
    )  # fmt: skip
    with pytest.raises(LedgerError, match="早于前一条"):
        fold(chain.entries)


# Who may sign what.


@pytest.mark.parametrize(
    ("signers", "reason"),
    [
        pytest.param(("R", "S"), "", id="enough roots"),
        pytest.param(("R", "S", "T"), "", id="all roots"),
        pytest.param(("R",), "需要 2 把", id="too few"),
        pytest.param(("R", "R"), "签了两次", id="one twice"),
        pytest.param(("R", "G"), "不能签", id="the gatekeeper"),
        pytest.param(("R", "X"), "不能签", id="a stranger"),
    ],
)
@pytest.mark.parametrize("kind", ["genesis", "policy", "key"])
def test_roots_sign_the_first_entries_and_keys(kind, signers, reason):
    chain = Chain().genesis()
    if kind == "policy":
        chain.policy()
    if kind == "key":
        chain.policy()
        body = key_change("retire", "G", "gatekeeper", 9)
        chain.add("key", body, "R", "S")
    last = chain.entries.pop()
    entry = chain.add(kind, dict(last.body), *signers)
    state = fold(chain.entries[:-1])
    if not reason:
        assert len(signatures(state, entry)) == len(signers)
        return
    with pytest.raises(LedgerError, match=reason) as caught:
        signatures(state, entry)
    assert caught.value.code == KEY_FAULT


@pytest.mark.parametrize(
    ("signers", "is_right"), [(("G",), True), (("R",), False), (("R", "S"), False)]
)
def test_the_gatekeeper_signs_all_else(signers, is_right):
    chain = begun()
    body = {"change": "x", "token": "7f3a-9c01-22be-04d1", "subject": DIGEST}
    entry = chain.add("offer", body, *signers)
    state = fold(chain.entries[:-1])
    if is_right:
        assert [asked.public for asked in signatures(state, entry)] == [key("G")["public"]]
    else:
        with pytest.raises(LedgerError):
            signatures(state, entry)


def test_nobody_signs_for_an_empty_state():
    assert State().roots(1) == {}
