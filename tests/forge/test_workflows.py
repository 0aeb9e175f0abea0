"""The workflows as files: pinned, with least permissions, nothing of anybody's in a shell."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted(
    [
        *(ROOT / ".github/workflows").glob("*.yml"),
        *(ROOT / ".github/actions").rglob("action.yml"),
        *(ROOT / "generator/publish/mirror/.github/workflows").glob("*.yml"),
    ]
)
PINNED = re.compile(r"(?:\./\S+|[\w.-]+/[\w./-]+@[0-9a-f]{40})")
SECRET = {"review.yml", "publish.yml", "takedown.yml"}


def loaded(name):
    return yaml.load((ROOT / ".github/workflows" / name).read_text("utf-8"), yaml.BaseLoader)


def steps(workflow):
    if "runs" in workflow:
        yield from workflow["runs"]["steps"]
    for job in workflow.get("jobs", {}).values():
        yield from job.get("steps", [])


def all_files():
    return [
        pytest.param(
            path, yaml.load(path.read_text("utf-8"), yaml.BaseLoader), id=path.as_posix()[-40:]
        )
        for path in FILES
    ]


def workflows():
    return [each for each in all_files() if "jobs" in each.values[1]]


@pytest.mark.parametrize(("path", "workflow"), all_files())
def test_actions_are_pinned_by_commit_with_their_version(path, workflow):
    lines = path.read_text("utf-8").splitlines()
    uses = [line.split("uses:", 1)[1].strip() for line in lines if "uses:" in line]
    uses = [one for one in uses if not one.startswith("./") or "#" in one]
    assert all(PINNED.match(one) and re.search(r"  # v\d", one) for one in uses), uses


@pytest.mark.parametrize(("path", "workflow"), all_files())
def test_nothing_untrusted_is_put_into_a_shell(path, workflow):
    for step in steps(workflow):
        script = step.get("run", "")
        assert "${{" not in script, f"{path.name}: {script}"


@pytest.mark.parametrize(("path", "workflow"), workflows())
def test_permissions_are_named_and_least(path, workflow):
    top = workflow["permissions"]
    assert top in ({}, {"contents": "read"}), path.name
    for name, job in workflow["jobs"].items():
        given = job.get("permissions", top)
        writes = {key for key, value in given.items() if value == "write"}
        allowed = {
            ("review.yml", "review"): {"contents", "pull-requests", "checks"},
            ("review.yml", "publish"): {"pull-requests", "checks"},
            ("publish.yml", "release"): {"pull-requests", "checks"},
            ("takedown.yml", "publish"): {"pull-requests", "checks"},
            ("pages.yml", "deploy"): {"pages", "id-token"},
        }
        assert writes == allowed.get((path.name, name), set()), (path.name, name)


@pytest.mark.parametrize(("path", "workflow"), workflows())
def test_every_job_ends_and_every_workflow_has_its_turn(path, workflow):
    assert "group" in workflow["concurrency"]
    assert "cancel-in-progress" in workflow["concurrency"]
    for job in workflow["jobs"].values():
        assert "timeout-minutes" in job or "uses" in job


@pytest.mark.parametrize(("path", "workflow"), all_files())
def test_no_checkout_leaves_a_token_behind(path, workflow):
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false", path.name


@pytest.mark.parametrize("name", sorted(SECRET))
def test_who_has_a_secret_runs_trunk_alone(name):
    workflow = loaded(name)
    for job in workflow["jobs"].values():
        for step in job.get("steps", []):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["ref"] == "refs/heads/main"


@pytest.mark.parametrize(("path", "workflow"), workflows())
def test_secrets_stand_in_an_environment_open_to_trunk_only(path, workflow):
    for name, job in workflow["jobs"].items():
        text = yaml.dump(job)
        if "secrets." in text:
            assert path.name in SECRET
            assert job["environment"] in ("gatekeeper", "deploy"), name


@pytest.mark.parametrize(("path", "workflow"), workflows())
def test_a_workflow_with_secrets_brings_no_cache(path, workflow):
    if path.name in SECRET:
        assert "cache:" not in path.read_text("utf-8")


def test_the_event_workflow_does_nothing_and_may_do_nothing():
    workflow = loaded("review-event.yml")
    assert workflow["permissions"] == {}
    assert workflow["on"] == {
        "pull_request_review": {"types": ["submitted", "edited", "dismissed"]}
    }
    assert [step["run"] for step in steps(workflow)] == ["true"]
    assert "run_id" in workflow["concurrency"]["group"]


def test_the_gatekeeper_wakes_for_everything_that_moves_a_change():
    on = loaded("review.yml")["on"]
    assert on["workflow_run"]["workflows"] == ["review-event"]
    assert {"opened", "synchronize", "edited", "closed"} <= set(on["pull_request_target"]["types"])
    assert on["schedule"] == [{"cron": "*/10 * * * *"}]
    assert "pull_request" not in on
    assert loaded("review.yml")["concurrency"]["cancel-in-progress"] == "false"


@pytest.mark.parametrize("name", ["check.yml", "preview.yml", "review-event.yml"])
def test_what_runs_the_changes_own_files_has_no_secret(name):
    text = (ROOT / ".github/workflows" / name).read_text("utf-8")
    assert "secrets." not in text
    assert "environment:" not in text
    assert "pull_request_target" not in text


def test_a_preview_is_never_deployed():
    text = (ROOT / ".github/workflows/preview.yml").read_text("utf-8")
    assert "deploy" not in text.replace("never deployed", "")
    assert "--preview" in text
    assert "--release" not in text


def test_a_takedown_is_of_trunk_and_of_the_one_who_started_it():
    workflow = loaded("takedown.yml")
    assert set(workflow["on"]) == {"workflow_dispatch"}
    condition = workflow["jobs"]["takedown"]["if"]
    assert "github.ref == 'refs/heads/main'" in condition
    assert "github.actor == github.triggering_actor" in condition


def test_who_agrees_to_a_mass_takedown_is_typed_in_by_nobody():
    workflow = loaded("takedown.yml")
    jobs = workflow["jobs"]
    assert set(workflow["on"]["workflow_dispatch"]["inputs"]) == {"paths", "reason", "action"}
    assert jobs["second"]["environment"] == "second-person"
    assert [step["run"] for step in jobs["second"]["steps"]] == ["true"]
    assert jobs["mass"]["needs"] == "second"
    assert "github.actor == github.triggering_actor" in jobs["mass"]["if"]
    run = jobs["mass"]["steps"][-1]["run"]
    assert "second=$(.venv/bin/gongkai forge approver " in run


def test_a_merge_is_published_in_the_same_run():
    jobs = loaded("review.yml")["jobs"]
    assert jobs["publish"]["uses"] == "./.github/workflows/publish.yml"
    assert jobs["publish"]["needs"] == "review"


def test_verbs_of_the_workflows_exist():
    from generator.cli import gongkai
    from generator.cli.forge import forge
    from generator.cli.ledger import ledger
    from generator.cli.review import review

    groups = {"review": review, "ledger": ledger, "forge": forge}
    found = set()
    for path in FILES:
        found |= set(re.findall(r"bin/gongkai ([a-z]+)(?: ([a-z]+))?", path.read_text("utf-8")))
    assert ("review", "capture") in found
    for verb, inner in found:
        command = gongkai.get_command(None, verb)
        assert command is not None, verb
        if verb in groups:
            assert inner in groups[verb].commands, f"{verb} {inner}"


def test_options_of_the_workflows_exist():
    """Every `--option` after a verb is one that the verb has."""
    from generator.cli import gongkai

    for path in FILES:
        text = path.read_text("utf-8").replace("\\\n", " ")
        for line in re.findall(r"bin/gongkai ([^\n]+)", text):
            words = line.split()
            command = gongkai.get_command(None, words[0])
            if hasattr(command, "commands"):
                command = command.commands[words[1]]
            known = {opt for param in command.params for opt in param.opts}
            asked = set(re.findall(r"(?<![\w-])(--[a-z][a-z-]*)", line))
            assert asked <= known, f"{path.name}: {sorted(asked - known)} of {words[:2]}"


def test_the_hosts_key_is_githubs_own():
    """As GitHub publishes it: SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU."""
    import base64
    import hashlib

    _, kind, key = (ROOT / ".github/known_hosts").read_text("utf-8").split()
    shown = base64.b64encode(hashlib.sha256(base64.b64decode(key)).digest()).decode().rstrip("=")
    assert (kind, shown) == ("ssh-ed25519", "+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU")


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")), ids=lambda path: path.stem
)
def test_forms_are_complete(path):
    form = yaml.safe_load(path.read_text("utf-8"))
    if path.stem == "config":
        assert form == {"blank_issues_enabled": False}
        return
    assert {"name", "description", "body"} <= set(form)
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids)) > 0
    for part in form["body"]:
        assert part["type"] in ("markdown", "input", "textarea", "dropdown", "checkboxes")
        assert part["type"] == "markdown" or part["attributes"]["label"]
