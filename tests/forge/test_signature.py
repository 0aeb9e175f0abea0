"""Acts signed with a person's own key, from the command line to the verdict."""

import re

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import gongkai
from generator.keeper.signature import signature_of
from generator.review.roles import read_roles
from tests.forge.conftest import CHEN, LI, ZHAO, opened_desk
from tests.forge.gatekeeper import TICKS, rules_files

ROLES = "content/governance/roles.yml"
LI_ACCOUNT = {"forge": "github", "id": str(LI.id), "login": LI.login, "type": "user"}


@pytest.fixture
def signing(tmp_path, keys):
    """A desk where the supervisor's key is one that we hold."""
    files = rules_files()
    text = files[ROLES].decode()
    key = f'{{fingerprint: "{keys.fingerprint("li")}", public: "{keys.public("li")}"}}'
    text = re.sub(r"keys: \[\{fingerprint.*?\}\]", f"keys: [{key}]", text)
    with opened_desk(tmp_path, keys, {**files, ROLES: text.encode()}) as desk:
        yield desk


def body_of(desk, token, word="签发"):
    return "\n".join([f"{word} {token}", *TICKS["L3"]])


def signed(desk, tmp_path, body, key="li", person="p-0031", change="github:123"):
    file = tmp_path / "body.md"
    file.write_text(body, "utf-8")
    words = ["review", "sign", change, "--body", str(file), "--person", person]
    where = ["--key", str(desk.keys.file(key)), "--root", str(desk.folder)]
    return CliRunner().invoke(gongkai, [*words, *where])


def judged(desk, text):
    desk.world.tick(90)
    desk.world.review(desk.change, LI, body=text)
    return desk.capture(desk.change, merge=False)


def ready(desk):
    token = desk.capture(desk.change).token
    desk.sign(desk.change, ZHAO, "L1", token)
    desk.sign(desk.change, CHEN, "L2", token)
    return token


def test_a_signed_act_is_the_strongest_evidence(signing, tmp_path):
    token = ready(signing)
    done = signed(signing, tmp_path, body_of(signing, token))
    assert done.exit_code == 0, done.output
    found = judged(signing, done.stdout)
    assert found.verdict["decision"] == "approve", found.verdict["reasons"]
    assert found.verdict["levels"]["L3"]["evidence"] == "signed"


def _another_key(desk, tmp_path, token):
    return signed(desk, tmp_path, body_of(desk, token), key="other").stdout


def _another_person(desk, tmp_path, token):
    return signed(desk, tmp_path, body_of(desk, token), person="p-0020").stdout


def _more_lines(desk, tmp_path, token):
    text = signed(desk, tmp_path, f"签发 {token}").stdout
    return text.replace(f"签发 {token}", body_of(desk, token))


def _cut_short(desk, tmp_path, token):
    return signed(desk, tmp_path, body_of(desk, token)).stdout.partition("-----END")[0]


def _no_base64(desk, tmp_path, token):
    text = signed(desk, tmp_path, body_of(desk, token)).stdout
    return text.replace("U1NIU0lH", "!!!!!!!!")


@pytest.mark.parametrize(
    "story",
    [_another_key, _another_person, _more_lines, _cut_short, _no_base64],
    ids=lambda story: story.__name__.strip("_"),
)
def test_a_wrong_signature_is_never_taken_for_none(signing, tmp_path, story):
    token = ready(signing)
    found = judged(signing, story(signing, tmp_path, token))
    assert found.verdict["decision"] == "wait"
    assert "bad_signature" in {reason["code"] for reason in found.verdict["reasons"]}


@pytest.mark.parametrize("body", ["签发 0000-0000-0000-0000", "看过了", "签发"])
def test_without_the_changes_token_nothing_is_signed(signing, tmp_path, body):
    ready(signing)
    assert signed(signing, tmp_path, body).exit_code == 3


def test_a_token_of_another_change_is_not_signed(signing, tmp_path):
    token = ready(signing)
    done = signed(signing, tmp_path, body_of(signing, token), change="github:124")
    assert done.exit_code == 3


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_body_breaks_the_reader(before, inside):
    roles, _ = read_roles(rules_files()[ROLES])
    body = f"{before}\n-----BEGIN SSH SIGNATURE-----\n{inside}\n-----END SSH SIGNATURE-----"
    found = signature_of(body, LI_ACCOUNT, "github:1", {}, roles, "gongkai-city")
    assert found["ok"] is False
