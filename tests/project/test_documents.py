"""What documents, forms and settings of the repository say is so: links, versions, names of workflows and commands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import book
from tests import ROOT

DOCUMENTS = sorted(ROOT.glob("*.md"))
WORKFLOWS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").iterdir()}
MAINTAINING = (ROOT / "MAINTAINING.md").read_text(encoding="utf-8")
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))


def anchors(path: Path) -> set[str]:
    """The places in a document that a link can name, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    found = re.findall(r"\]\((?!https?:|\.\./\.\./)([^)#]*)(?:#([^)]+))?\)", path.read_text(encoding="utf-8"))
    for name, place in found:
        target = ROOT / name if name else path
        assert target.exists(), f"{path.name} links to {name}"
        assert not place or place in anchors(target), f"{path.name} links to {name}#{place}"


def test_the_version_is_the_same_everywhere() -> None:
    entries = re.findall(
        r"^## (\d+\.\d+\.\d+)(?: \((\d{4}-\d\d-\d\d)\))?$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE
    )
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert entries[0] == (book.__version__, str(cited["date-released"]))
    assert str(cited["version"]) == book.__version__
    assert [tuple(map(int, version.split("."))) for version, _ in entries] == sorted(
        (tuple(map(int, version.split("."))) for version, _ in entries), reverse=True
    )


def test_the_command_says_its_version() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "book", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout == f"book {book.__version__}\n"


def test_who_is_cited_is_no_invented_person() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    author = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["author"]
    assert cited["authors"] == [{"name": author}]


def test_the_maintainers_are_told_of_every_workflow_that_starts_by_itself() -> None:
    started = {name for name, text in WORKFLOWS.items() if set(yaml.safe_load(text)[True]) != {"workflow_call"}}
    assert set(re.findall(r"^\| (\w+) \|", MAINTAINING, re.MULTILINE)) - {"workflow"} == started


def test_what_the_documents_quote_of_workflows_is_there() -> None:
    assert "**All that had to run is green**" in MAINTAINING
    assert "name: All that had to run is green" in WORKFLOWS["test"]
    assert '"The weekly run found something broken"' in MAINTAINING
    assert 'title="The weekly run found something broken"' in WORKFLOWS["weekly"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_of_make_that_documents_name_are_there(path: Path) -> None:
    targets = set(re.findall(r"^([\w./%-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^    |`)make ([a-z.][\w./-]*)", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_what_github_can_show(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form.keys() == {"name", "description", "body"}
    ids = [part["id"] for part in form["body"]]
    assert len(set(ids)) == len(ids) > 1
    for part in form["body"]:
        assert part["type"] in ("input", "textarea", "dropdown")
        assert part["attributes"].keys() <= {"label", "description", "options", "render"}
        assert all(part["attributes"].values())


def test_there_is_a_form_for_each_kind_of_trouble() -> None:
    assert [path.stem for path in FORMS] == ["1-page", "2-translation", "3-program"]


def test_the_dev_container_sets_up_what_the_tests_need() -> None:
    settings = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    assert "make .venv/.test" in settings["postCreateCommand"]


def test_what_runs_before_a_commit_is_installed_and_passes() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert {hook["id"] for hook in hooks} == {"book-check", "ruff", "ruff-format"}
    for hook in hooks:
        assert hook["language"] == "system"
        program, *arguments = hook["entry"].split()
        tool = Path(sys.executable).with_name(Path(program).name)
        if tool.name == "ruff":
            done = subprocess.run(
                [tool, *arguments, "book/cli.py"], cwd=ROOT, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout
        for name in ("notebooks/loss.ipynb", "translations/ko/loss.po", "_toc.yml") if "files" in hook else ():
            assert re.search(hook["files"], name)
