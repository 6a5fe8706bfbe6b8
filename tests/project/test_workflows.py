"""The workflows: what runs a contribution holds no token that writes; what holds one runs nothing of the repository."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import ROOT
from tests.project.workflows import FILES, JOBS, OURS, PUBLISH, WORKFLOWS

PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}  # v\d+(\.\d+)*")
FETCHES_ONLY = "actions/download-artifact@"
TRIGGERS = {"push", "pull_request", "schedule", "workflow_dispatch", "workflow_call"}
WRITERS = [
    {"contents": "write"},
    {"contents": "write", "pull-requests": "write"},
    {"issues": "write"},
    {"pages": "write", "id-token": "write"},
]
# What a job that can write may call: what moves text and files, git, and GitHub's own tools.
SHELL = {"cat", "cd", "cp", "curl", "cut", "echo", "exit", "find", "gh", "git", "grep", "jq", "printf", "seq", "sleep"}
SHELL |= {"tail", "for", "do", "done", "if", "then", "else", "fi", "in"}


def writes(job: dict[str, Any]) -> bool:
    permissions = job["permissions"]
    return permissions != {} and any(value != "read" for value in permissions.values())


WRITING = [job for job in JOBS.values() if "steps" in job and writes(job)]
READING = [job for job in JOBS.values() if "steps" in job and not writes(job)]


def test_every_action_is_named_by_its_commit_with_the_version_beside_it() -> None:
    used = [line.partition("uses: ")[2] for path in FILES for line in path.read_text().splitlines() if "uses:" in line]
    assert used
    assert [each for each in used if not PINNED.fullmatch(each) and not OURS.match(each)] == []


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=WORKFLOWS)
def test_a_workflow_gives_no_permission_to_all_jobs_and_replaces_its_former_run(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["cancel-in-progress"]
    triggers = workflow[True]  # YAML 1.1 takes `on` for a truth value
    assert set(triggers) <= TRIGGERS, "no other runs a contribution without the rights of the project"


def test_what_runs_on_a_pull_request_can_write_nothing() -> None:
    contributed = [workflow for workflow in WORKFLOWS.values() if "pull_request" in workflow[True]]
    assert contributed
    assert not [job["name"] for workflow in contributed for job in workflow["jobs"].values() if writes(job)]


def test_workflows_that_replace_runs_do_not_replace_each_others() -> None:
    groups = [workflow["concurrency"]["group"] for workflow in WORKFLOWS.values()]
    assert len(set(groups)) == len(groups), "one that calls another would cancel itself"


@pytest.mark.parametrize("job", [job for job in JOBS.values() if "uses" in job], ids=lambda job: job["name"])
def test_a_workflow_calls_our_own_with_the_rights_it_needs(job: dict[str, Any]) -> None:
    called = OURS.fullmatch(job["uses"])
    assert called
    assert "workflow_call" in WORKFLOWS[called[1]][True]
    needed = [each["permissions"] for each in WORKFLOWS[called[1]]["jobs"].values() if each["permissions"]]
    assert needed
    assert all(each == job["permissions"] for each in needed)
    assert "secrets" not in job


@pytest.mark.parametrize("job", [*WRITING, *READING], ids=lambda job: job["name"])
def test_a_job_says_what_it_may_and_ends(job: dict[str, Any]) -> None:
    assert isinstance(job["permissions"], dict)
    assert job["timeout-minutes"] <= 90


@pytest.mark.parametrize("job", WRITING, ids=lambda job: job["name"])
def test_a_job_that_can_write_runs_nothing_of_the_repository(job: dict[str, Any]) -> None:
    assert job["permissions"] in WRITERS
    for step in job["steps"]:
        assert step.get("uses", FETCHES_ONLY).startswith(FETCHES_ONLY), "no checkout, no action that builds"
        called = {line.split()[0].strip("{}") for line in step.get("run", "").splitlines()}
        assert {word for word in called if not re.match(r"\w+=", word)} <= SHELL
        assert not re.search(r"\b(make|python3?|bash|sh|eval|source|uv|npm)\b(?! --)", step.get("run", ""))
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("job", READING, ids=lambda job: job["name"])
def test_a_job_that_runs_the_repository_is_given_no_token_and_keeps_no_cache(job: dict[str, Any]) -> None:
    steps = job["steps"]
    assert job["permissions"] in ({"contents": "read"}, {})
    assert not re.search(r"token|secrets", str(steps).replace("persist-credentials", ""))
    for step in steps:
        action, given = step.get("uses", ""), step.get("with", {})
        assert not action.startswith("actions/cache")
        assert "cache" not in given
        assert "${{" not in step.get("run", "")
        if action.startswith("actions/checkout"):
            assert given["persist-credentials"] is False
        if action.startswith("astral-sh/setup-uv"):
            assert given["enable-cache"] is False


def test_publishing_waits_for_every_test() -> None:
    assert OURS.fullmatch(PUBLISH["test"]["uses"])
    chain = ("languages", "language", "build")
    assert [PUBLISH[name]["needs"] for name in chain] == ["test", "languages", "language"]
    assert {name: PUBLISH[name]["needs"] for name in ("pages", "notebooks")} == {"pages": "build", "notebooks": "build"}
    assert not any("if" in job for job in PUBLISH.values()), "a condition such as always() would not wait"


def test_the_one_check_of_a_branch_waits_for_all_jobs() -> None:
    jobs = WORKFLOWS["test"]["jobs"]
    assert set(jobs["green"]["needs"]) == jobs.keys() - {"green"}


def test_the_site_is_built_by_one_job_and_published_by_others() -> None:
    site, made = (step["with"] for step in PUBLISH["build"]["steps"][-2:])
    assert (site["name"], site["path"]) == ("github-pages", "artifact.tar"), "GitHub takes no other"
    assert (made["name"], made["path"]) == ("notebooks", PUBLISH["notebooks"]["steps"][0]["with"]["path"])
    assert PUBLISH["pages"]["steps"][0]["env"]["SITE"] == "${{ needs.build.outputs.site }}"
    writers = {
        "publish-pages",
        "publish-notebooks",
        "propose-propose",
        "weekly-propose",
        "monthly-propose",
        "weekly-report",
    }
    assert {name for name, job in JOBS.items() if writes(job)} == writers


def test_zizmor_finds_nothing() -> None:
    tool = Path(sys.executable).with_name("zizmor")
    if not tool.exists():
        pytest.skip("zizmor is not installed")
    done = subprocess.run(
        [tool, "--offline", "--no-progress", "--persona", "pedantic", ROOT / ".github"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
