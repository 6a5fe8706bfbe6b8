"""The workflows: what runs a contribution holds no token that writes; what holds one runs nothing of the repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import ROOT

FILES = sorted((ROOT / ".github" / "workflows").iterdir())
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}
JOBS = {f"{name}-{job}": content for name, each in WORKFLOWS.items() for job, content in each["jobs"].items()}
PUBLISH = WORKFLOWS["publish"]["jobs"]
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}  # v\d+(\.\d+)*")
FETCHES_ONLY = "actions/download-artifact@"
PLACE = re.compile(r"\$\{\{ (runner.temp|github.workspace) \}\}")
SHELL = {"cd", "if", "echo", "exit", "fi", "git"}  # what a job that can write may call


def writes(job: dict[str, Any]) -> bool:
    permissions = job["permissions"]
    return permissions != {} and any(value != "read" for value in permissions.values())


def test_every_action_is_named_by_its_commit_with_the_version_beside_it() -> None:
    used = [line.partition("uses: ")[2] for path in FILES for line in path.read_text().splitlines() if "uses:" in line]
    assert used
    assert [each for each in used if not PINNED.fullmatch(each)] == []


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=WORKFLOWS)
def test_a_workflow_gives_no_permission_to_all_jobs_and_replaces_its_former_run(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["cancel-in-progress"]
    triggers = workflow[True]  # YAML 1.1 takes `on` for a truth value
    assert set(triggers) <= {"push", "pull_request"}, "no other runs a contribution without the rights of the project"


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_a_job_that_can_write_runs_nothing_of_the_repository(job: dict[str, Any]) -> None:
    assert isinstance(job["permissions"], dict)
    assert job["timeout-minutes"] <= 90
    if not writes(job):
        return
    assert job["permissions"] == {"contents": "write"}
    for step in job["steps"]:
        assert step.get("uses", FETCHES_ONLY).startswith(FETCHES_ONLY), "no checkout, no action that builds"
        commands = {line.split()[0] for line in step.get("run", "").splitlines()}
        assert commands <= SHELL
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_a_job_that_runs_the_repository_is_given_no_token_and_keeps_no_cache(job: dict[str, Any]) -> None:
    steps = job["steps"]
    if writes(job):
        return
    assert job["permissions"] == {"contents": "read"}
    assert not re.search(r"token|secrets", str(steps).replace("persist-credentials", ""))
    for step in steps:
        action, given = step.get("uses", ""), step.get("with", {})
        assert not action.startswith("actions/cache")
        assert "cache" not in given
        if action.startswith("actions/checkout"):
            assert given["persist-credentials"] is False
        if action.startswith("astral-sh/setup-uv"):
            assert given["enable-cache"] is False


def test_the_site_is_built_by_one_job_and_pushed_by_another() -> None:
    built, fetched = PUBLISH["build"]["steps"][-1]["with"], PUBLISH["deploy"]["steps"][0]["with"]
    assert PUBLISH["deploy"]["needs"] == "build"
    assert (built["name"], built["path"]) == (fetched["name"], "_build/html")
    assert built["include-hidden-files"], "or `.nojekyll` would be left out, and GitHub leave out folders with `_`"
    assert [name for name, job in JOBS.items() if writes(job)] == ["publish-deploy"]


def push(folder: Path) -> tuple[int, Path]:
    """The status of the step that pushes `folder / site`, and a repository in the place of GitHub's."""
    target = folder / "github.git"
    subprocess.run(["git", "init", "--quiet", "--bare", target], check=True)
    step = PUBLISH["deploy"]["steps"][-1]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{target}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://x-access-token:secret@github.com/owner/book.git",
        "GITHUB_REPOSITORY": "owner/book",
        "GITHUB_SHA": "0" * 40,
        **{key: PLACE.sub(str(folder), str(value)) for key, value in step["env"].items()},
        "TOKEN": "secret",
    }
    done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=folder, env=environment, check=False)
    return done.returncode, target


def pushed(target: Path) -> set[str]:
    listed = subprocess.run(
        ["git", "-C", target, "ls-tree", "-r", "--name-only", "gh-pages"], capture_output=True, text=True, check=False
    )
    return set(listed.stdout.split())


def make_site(folder: Path) -> Path:
    site = folder / "site"
    (site / "ko" / "_images").mkdir(parents=True)
    for name in (".nojekyll", "index.html", "ko/_images/a.svg"):
        (site / name).write_text(name)
    return site


def test_the_site_arrives_on_the_branch_as_it_was_built(tmp_path: Path) -> None:
    make_site(tmp_path)
    status, target = push(tmp_path)
    assert status == 0
    assert pushed(target) == {".nojekyll", "index.html", "ko/_images/a.svg"}


@pytest.mark.parametrize("place", [".git", "ko/.git", "ko/.GIT", "ko/.gitmodules", "ko/.gitattributes"])
def test_nothing_in_the_site_makes_git_run_something(tmp_path: Path, place: str) -> None:
    site, trace = make_site(tmp_path), tmp_path / "trace"
    if place.lower().endswith(".git"):
        subprocess.run(["git", "init", "--quiet", site / place], check=True)
        config = next((site / place).rglob("config"))
        config.write_text(f"[core]\n\tfsmonitor = touch {trace}\n\thooksPath = {site}\n")
    else:
        (site / place).write_text("* filter=evil\n")
    status, target = push(tmp_path)
    assert (status, pushed(target), trace.exists()) == (1, set(), False)


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
