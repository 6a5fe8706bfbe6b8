"""`make colab-list`: ask what Google Colab installs today, write it into `sources.toml` and say what changed.

Google publishes the list in a repository, and there the names of the runtime's past versions.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.request

from requirements import sources

REPOSITORY = "googlecolab/backend-info"
LIST = "pip-freeze.txt"
NAMES = {"tensorflow-cpu": "tensorflow"}  # what a package of ours is in the list
_VERSION = re.compile(r"[0-9][\w.+!]*", re.ASCII)


class UnexpectedListError(ValueError):
    """The list does not say what it should."""


def versions(text: str, packages: list[str]) -> dict[str, str]:
    """The versions of these packages in the list. Raises UnexpectedListError."""
    listed = dict(line.split("==", 1) for line in text.splitlines() if "==" in line)
    found = {name: listed.get(NAMES.get(name, name), "").strip() for name in packages}
    for name, version in found.items():
        if not _VERSION.fullmatch(version):
            raise UnexpectedListError(f"the list has no version of {NAMES.get(name, name)}")
    return found


def python(os_info: str) -> str:
    """The Python, as `3.13`. Raises UnexpectedListError."""
    found = re.search(r"^Python (3\.\d+)\.", os_info, re.MULTILINE)
    if not found:
        raise UnexpectedListError("the list of the system names no Python")
    return found[1]


def runtime(readme: str) -> str:
    """The newest version of the runtime that has a name. Raises UnexpectedListError."""
    named = re.findall(r"^### (20\d\d\.\d\d)$", readme, re.MULTILINE)
    if not named:
        raise UnexpectedListError("no version of the runtime is named")
    return str(max(named))


def renewed(text: str, commit: str, day: str, files: dict[str, str]) -> str:
    """`sources.toml` with what the files of the commit say. Raises UnexpectedListError."""
    if not re.fullmatch(r"[0-9a-f]{40}", commit) or not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        raise UnexpectedListError(f"`{commit}` of `{day}` is no commit with a day")
    packages = versions(files[LIST], list(sources.read(text)["colab"]["packages"]))
    values = {
        "date": day,
        "source": json.dumps(f"https://github.com/{REPOSITORY}/blob/{commit}/{LIST}"),
        "python": json.dumps(python(files["os-info.txt"])),
        "runtime": json.dumps(runtime(files["README.md"])),
    }
    return sources.changed(
        text,
        {("colab", key): value for key, value in values.items()}
        | {("colab.packages", name): json.dumps(version) for name, version in packages.items()},
    )


def changes(before: str, after: str) -> list[str]:
    """What Colab has otherwise in the second of two texts, a line each."""
    old, new = (sources.read(text)["colab"] for text in (before, after))
    said = [f"{name} {old[name]} → {new[name]}" for name in ("python", "runtime") if old[name] != new[name]]
    pairs = ((name, old["packages"][name], version) for name, version in new["packages"].items())
    return said + [f"{name} {was} → {version}" for name, was, version in pairs if was != version]


def _fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return str(answer.read(2_000_000).decode("utf-8"))


def main() -> int:
    """Renew the file; 1 where the list cannot be had, or says something else than a list."""
    before = sources.PATH.read_text(encoding="utf-8")
    try:
        newest = json.loads(_fetch(f"https://api.github.com/repos/{REPOSITORY}/commits?path={LIST}&per_page=1"))[0]
        commit, day = str(newest["sha"]), str(newest["commit"]["committer"]["date"])[:10]
        raw = f"https://raw.githubusercontent.com/{REPOSITORY}/{commit}"
        files = {name: _fetch(f"{raw}/{name}") for name in (LIST, "os-info.txt")}
        files["README.md"] = _fetch(f"https://raw.githubusercontent.com/{REPOSITORY}/HEAD/README.md")
        after = renewed(before, commit, day, files)
    except (OSError, ValueError, LookupError, TypeError) as error:
        print(f"Colab's list stays as it is: {error}", file=sys.stderr)
        return 1
    sources.PATH.write_text(after, encoding="utf-8")
    print("\n".join(changes(before, after) or ["Colab has what it had"]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
