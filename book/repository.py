"""The names of repositories on GitHub: `OWNER/NAME`, or empty where there is none."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from book.errors import ProjectError

REFUSED = (
    "git does not trust this folder, since another user owns it; run `git config --global --add safe.directory {}`"
)
_NAME = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_ADDRESS = re.compile(r"github\.com[:/]([^/\s]+/[^/\s]+?)(\.git)?/?\s*$")


def of_workflow() -> str:
    """The repository whose workflow runs, which GitHub names in GITHUB_REPOSITORY. Raises ProjectError."""
    name = os.environ.get("GITHUB_REPOSITORY", "")
    if name and not _NAME.fullmatch(name):
        raise ProjectError(f"GITHUB_REPOSITORY is `{name}`; set it to OWNER/NAME, or not at all")
    return name


def of_clone(folder: Path) -> str:
    """The repository from which the folder was cloned; empty where git does not know one, or is not installed."""
    return name_in(ask_git(folder, "remote", "get-url", "origin"))


def ask_git(folder: Path, *arguments: str) -> str:
    """What git prints there; nothing where it fails, or is not installed."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.decode("utf-8", "replace")


def is_refused(folder: Path) -> bool:
    """Does git say nothing about the folder, since another user owns it?"""
    git = ["git", "-C", str(folder), "rev-parse"]
    try:  # what git says is translated, the name of the setting is not
        return b"safe.directory" in subprocess.run(git, capture_output=True, check=False).stderr
    except OSError:
        return False


def name_in(address: str) -> str:
    """The repository at an address."""
    match = _ADDRESS.search(address)
    return match[1] if match and _NAME.fullmatch(match[1]) else ""
