"""The workflows as they are written, and their shell steps run as a runner would."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import yaml

from tests import ROOT

FILES = sorted((ROOT / ".github" / "workflows").iterdir())
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}
JOBS = {f"{name}-{job}": content for name, each in WORKFLOWS.items() for job, content in each["jobs"].items()}
PUBLISH = WORKFLOWS["publish"]["jobs"]
OURS = re.compile(r"\./\.github/workflows/(\w+)\.yml")
PLACE = re.compile(r"\$\{\{ (runner.temp|github.workspace) \}\}")


def step_run(
    step: dict[str, Any], folder: Path, given: dict[str, str], tools: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a shell step in `folder` as a runner would, with programs `tools` before those of the machine."""
    programs = folder / ".programs"
    programs.mkdir(exist_ok=True)
    for name, script in (tools or {}).items():
        (programs / name).write_text(f"#!/bin/bash\n{script}")
        (programs / name).chmod(0o755)
    files = {name: str(folder / name.lower()) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    environment = {
        **{"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        **{key: PLACE.sub(str(folder), str(value)) for key, value in step.get("env", {}).items()},
        **{"GITHUB_REPOSITORY": "owner/book", "GITHUB_SHA": "0" * 40, **files, **given},
    }
    shell = ["bash", "-eo", "pipefail", "-c"] if step.get("shell") == "bash" else ["bash", "-e", "-c"]
    return subprocess.run(
        [*shell, step["run"]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout
