"""The shell steps of the workflows, run in folders that look like theirs, with stand-ins for `gh` and `curl`."""

from __future__ import annotations

import json
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

from book.project import Project
from tests import ROOT
from tests.project.workflows import PUBLISH, WORKFLOWS, git, step_run


@pytest.mark.parametrize(
    ("results", "status"),
    [("success skipped success", 0), ("success failure skipped", 1), ("success cancelled", 1), ("skipped skipped", 0)],
)
def test_a_branch_is_green_where_nothing_failed(tmp_path: Path, results: str, status: int) -> None:
    assert (
        step_run(WORKFLOWS["test"]["jobs"]["green"]["steps"][-1], tmp_path, {"RESULTS": results}).returncode == status
    )


@pytest.mark.parametrize(
    ("event", "files", "everything"),
    [
        ("pull_request", ["translations/ko/loss.po"], "false"),
        ("pull_request", ["translations/ko/loss.po", "translations/ko/glossary.csv"], "false"),
        ("pull_request", ["translations/ko/로스.po"], "true"),
        ("pull_request", ["translations/ko/loss.po", "notebooks/loss.ipynb"], "true"),
        ("pull_request", ["book/translations/ko/loss.po"], "true"),
        ("pull_request", ["x\ntranslations/a"], "true"),
        ("pull_request", [], "true"),
        ("push", ["translations/ko/loss.po"], "true"),
    ],
    ids=["po", "glossary", "odd-name", "notebook", "other-folder", "line-break", "nothing", "push"],
)
def test_a_change_of_translations_alone_needs_no_notebooks(
    tmp_path: Path, event: str, files: list[str], everything: str
) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "base")
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "change")
    step = WORKFLOWS["test"]["jobs"]["scope"]["steps"][1]
    assert step_run(step, tmp_path, {"EVENT": event}).returncode == 0
    assert (tmp_path / "github_output").read_text() == f"all={everything}\n"


def listed(step: dict[str, Any], folder: Path, name: str) -> Any:
    """The list that a step hands to a matrix."""
    (folder / "github_output").unlink(missing_ok=True)
    done = step_run(step, folder, {})
    assert done.returncode == 0, done.stderr
    key, _, value = (folder / "github_output").read_text().partition("=")
    assert key == name
    return json.loads(value)


def test_every_language_has_a_job_of_its_own_and_a_book_without_any_has_one(tmp_path: Path) -> None:
    step = PUBLISH["languages"]["steps"][-1]
    (tmp_path / "translations" / ".hidden").mkdir(parents=True)
    assert listed(step, tmp_path, "languages") == ["en"]
    for code in ("ko", "pt_BR", "ar"):
        (tmp_path / "translations" / code).mkdir()
    (tmp_path / "translations" / "README.md").write_text("x")
    assert listed(step, tmp_path, "languages") == ["ar", "ko", "pt_BR"]


def test_every_page_is_in_one_of_the_jobs_that_run_notebooks(tmp_path: Path) -> None:
    step = next(step for step in WORKFLOWS["test"]["jobs"]["scope"]["steps"] if step.get("id") == "pages")
    (tmp_path / "_toc.yml").write_text((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    groups = listed(step, tmp_path, "pages")
    assert [page for group in groups for page in group.split()] == Project(ROOT).pages
    assert {len(group.split()) for group in groups[:-1]} == {4}


def test_what_jobs_have_made_is_joined_as_it_was_packed(tmp_path: Path) -> None:
    """With its times to the nanosecond: by these a build knows that nobody has touched the files."""
    made = tmp_path / "_build" / "html" / "ko" / "a b.html"
    made.parent.mkdir(parents=True)
    made.write_text("x")
    tools = {"make": "exit 0"}
    assert step_run(PUBLISH["language"]["steps"][2], tmp_path, {"LANGUAGE": "ko"}, tools).returncode == 0
    (tmp_path / "machines" / "built-ko").mkdir(parents=True)
    (tmp_path / "built.tar").rename(tmp_path / "machines" / "built-ko" / "built.tar")
    book = tmp_path / ".venv" / "bin" / "book"
    book.parent.mkdir(parents=True)
    book.write_text('#!/bin/bash\necho "$@" > called')
    book.chmod(0o755)
    assert step_run(PUBLISH["build"]["steps"][3], tmp_path, {}, tools).returncode == 0
    assert (tmp_path / "called").read_text() == "join machines/built-ko\n"
    arrived = tmp_path / "machines" / "built-ko" / "html" / "ko" / "a b.html"
    assert arrived.stat().st_mtime_ns == made.stat().st_mtime_ns


def test_a_change_that_cannot_be_looked_at_is_not_taken_for_translations(tmp_path: Path) -> None:
    step = WORKFLOWS["test"]["jobs"]["scope"]["steps"][1]
    assert step_run(step, tmp_path, {"EVENT": "pull_request"}).returncode != 0


def test_pages_get_the_whole_site_and_colab_its_notebooks(tmp_path: Path) -> None:
    site = tmp_path / "_build" / "html"
    there = [".nojekyll", "index.html", "ko/index.html", "ko/notebooks/a b.html", "ko/notebooks/a b.ipynb"]
    there += ["ko/notebooks/results/depth.json", "ko/_images/a.svg", "en/notebooks/-x.ipynb"]
    for name in there:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    done = step_run(PUBLISH["build"]["steps"][4], tmp_path, {})
    assert done.returncode == 0, done.stderr
    with tarfile.open(tmp_path / "artifact.tar") as packed:
        assert {each.name.removeprefix("./") for each in packed.getmembers() if each.isfile()} == set(there)
    made = {str(path.relative_to(tmp_path / "made")) for path in (tmp_path / "made").rglob("*") if path.is_file()}
    assert made == {"ko/notebooks/a b.ipynb", "ko/notebooks/results/depth.json", "en/notebooks/-x.ipynb"}


GH_PAGES = """
echo "$*" >> calls
if [ "$2" = --method ]; then echo https://owner.github.io/book/; else
  number="$(wc -l < calls)"; sed -n "$((number - 1))p" statuses
fi
"""


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["deployment_queued", "deployment_in_progress", "succeed"], 0),
        (["deployment_in_progress", "deployment_failed"], 1),
        (["deployment_content_failed"], 1),
        (["deployment_cancelled"], 1),
        (["unknown"] * 60, 1),
    ],
    ids=["succeeds", "fails", "content", "cancelled", "never-ends"],
)
def test_a_deployment_is_waited_for(tmp_path: Path, statuses: list[str], status: int) -> None:
    (tmp_path / "statuses").write_text("\n".join(statuses))
    given = {"SITE": "123", "PAUSE": "0", "GH_TOKEN": "secret"}
    given |= {"ACTIONS_ID_TOKEN_REQUEST_TOKEN": "asked", "ACTIONS_ID_TOKEN_REQUEST_URL": "https://identity.example"}
    tools = {"gh": GH_PAGES, "curl": 'echo "{\\"value\\": \\"who\\"}"', "jq": "cat > /dev/null; echo who"}
    done = step_run(PUBLISH["pages"]["steps"][0], tmp_path, given, tools)
    assert done.returncode == status, done.stdout + done.stderr
    asked = (tmp_path / "calls").read_text().split("\n")[0]
    assert "repos/owner/book/pages/deployments --field artifact_id=123" in asked
    assert f"pages_build_version={'0' * 40} --raw-field oidc_token=who" in asked
    assert (tmp_path / "github_output").read_text() == "url=https://owner.github.io/book/\n"
    assert done.stdout.count("who") == 1, "the identity token is said once, for GitHub to mask it"


def push(folder: Path) -> tuple[int, Path]:
    """The status of the step that pushes `folder / made`, and a repository in the place of GitHub's."""
    target = folder / "github.git"
    subprocess.run(["git", "init", "--quiet", "--bare", target], check=True)
    step = PUBLISH["notebooks"]["steps"][-1]
    given = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{target}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://x-access-token:secret@github.com/owner/book.git",
        "TOKEN": "secret",
    }
    return step_run(step, folder, given).returncode, target


def pushed(target: Path) -> set[str]:
    listed = subprocess.run(
        ["git", "-C", target, "ls-tree", "-r", "--name-only", "gh-pages"], capture_output=True, text=True, check=False
    )
    return set(listed.stdout.split())


def make_site(folder: Path) -> Path:
    site = folder / "made"
    (site / "ko" / "_images").mkdir(parents=True)
    for name in (".nojekyll", "index.html", "ko/_images/a.svg"):
        (site / name).write_text(name)
    return site


def test_the_notebooks_arrive_on_the_branch_as_they_were_made(tmp_path: Path) -> None:
    make_site(tmp_path)
    status, target = push(tmp_path)
    assert status == 0
    assert pushed(target) == {".nojekyll", "index.html", "ko/_images/a.svg"}


@pytest.mark.parametrize("place", [".git", "ko/.git", "ko/.GIT", "ko/.gitmodules", "ko/.gitattributes"])
def test_nothing_beside_the_notebooks_makes_git_run_something(tmp_path: Path, place: str) -> None:
    site, trace = make_site(tmp_path), tmp_path / "trace"
    if place.lower().endswith(".git"):
        subprocess.run(["git", "init", "--quiet", site / place], check=True)
        config = next((site / place).rglob("config"))
        config.write_text(f"[core]\n\tfsmonitor = touch {trace}\n\thooksPath = {site}\n")
    else:
        (site / place).write_text("* filter=evil\n")
    status, target = push(tmp_path)
    assert (status, pushed(target), trace.exists()) == (1, set(), False)


GH_ISSUES = (
    'printf "%s\\n" "$*" >> calls; if [ "$2" = list ]; then cat number; fi; if [ -f body.md ]; then cp body.md seen; fi'
)
GREEN, BROKEN = "notebooks: success, links: success", "notebooks: failure, links: success"


@pytest.mark.parametrize(
    ("results", "number", "called"),
    [
        (GREEN, "", []),
        (GREEN, "7", ["issue close 7 --comment Green again: https://run"]),
        (BROKEN, "", ["issue create --title The weekly run found something broken --body-file body.md"]),
        (BROKEN, "7", ["issue edit 7 --body-file body.md"]),
        ("notebooks: skipped, links: failure", "", ["issue create"]),
    ],
    ids=["green", "green-again", "broken", "still-broken", "not-run"],
)
def test_what_broke_is_one_issue(tmp_path: Path, results: str, number: str, called: list[str]) -> None:
    (tmp_path / "number").write_text(number)
    (tmp_path / "said").mkdir()
    (tmp_path / "said" / "notebooks.txt").write_text("first\n" * 100 + "~~~~\n$(touch evil) `x` @somebody\nlast")
    step = WORKFLOWS["weekly"]["jobs"]["report"]["steps"][-1]
    done = step_run(step, tmp_path, {"RESULTS": results, "RUN": "https://run"}, {"gh": GH_ISSUES})
    assert done.returncode == 0, done.stderr
    asked = (tmp_path / "calls").read_text().splitlines()
    assert asked[0].startswith("issue list --state open")
    assert [now.startswith(then) for now, then in zip(asked[1:], called, strict=True)] == [True] * len(called)
    assert not (tmp_path / "evil").exists()
    if called and "body.md" in called[0]:
        body = (tmp_path / "seen").read_text()
        assert body.startswith(f"{BROKEN}. The whole run: https://run\n\n### notebooks\n\n~~~~~~text\nfirst\n")
        assert body.endswith("last\n~~~~~~\n")
        assert len(body.splitlines()) < 70


RENEWED = ("site.txt", "test.txt", "addons.txt", "colab.txt", "sources.toml")


def proposed(folder: Path, pull_request: str, renewed: str) -> tuple[subprocess.CompletedProcess[str], Path]:
    """A run of the step that proposes requirements, and the repository in the place of GitHub's."""
    github, work = folder / "github.git", folder / "work"
    (work / "requirements").mkdir(parents=True)
    for name in RENEWED:
        (work / "requirements" / name).write_text("old\n")
    (folder / "renewed").mkdir()
    for name in (*RENEWED, "pin.py", "../evil.txt"):
        (folder / "renewed" / name).write_text(renewed)
    git(work, "init", "--quiet")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "--message", "base")
    subprocess.run(["git", "clone", "--quiet", "--bare", work, github], check=True)
    (folder / "number").write_text(pull_request)
    given = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.file://{github}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://x-access-token:secret@github.com/owner/book.git",
        **{
            "GH_TOKEN": "secret",
            "BRANCH": "monthly-lock",
            "TITLE": 'Newer "versions" $(touch evil)',
            "RUN": "https://run",
        },
    }
    gh = 'printf "%s\\n" "$*" >> ../calls; if [ "$2" = list ]; then cat ../number; fi'
    return step_run(WORKFLOWS["propose"]["jobs"]["propose"]["steps"][-1], folder, given, {"gh": gh}), github


@pytest.mark.parametrize(("pull_request", "verb"), [("", "pr create"), ("12", "pr edit")], ids=["first", "again"])
def test_new_pins_are_one_pull_request(tmp_path: Path, pull_request: str, verb: str) -> None:
    done, github = proposed(tmp_path, pull_request, "new\n")
    assert done.returncode == 0, done.stderr
    changed = git(github, "diff", "--name-only", "main", "monthly-lock").split()
    assert changed == sorted(f"requirements/{name}" for name in RENEWED), "nothing else of what was handed over"
    listed, asked = (tmp_path / "calls").read_text().splitlines()
    assert listed.startswith("pr list --head monthly-lock")
    assert asked.startswith(verb)
    assert ("--base main" in asked) is (verb == "pr create")
    assert not list(tmp_path.rglob("evil"))


def test_where_nothing_is_newer_nothing_is_proposed(tmp_path: Path) -> None:
    done, github = proposed(tmp_path, "", "old\n")
    assert (done.returncode, done.stdout) == (0, "nothing to propose\n")
    assert git(github, "branch", "--list").split() == ["*", "main"]
    assert not (tmp_path / "calls").exists()
