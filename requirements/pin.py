"""`make lock`: pin everything anew, each to the newest version that fits and has been out for a week; say what changed.

A week is time enough for a package that was taken over to be noticed and withdrawn. What cannot wait that long, such as
the mend of a hole, is named by `--only`: it gets its newest version of all, and the rest stays as it is.

usage: python -m requirements.pin [--only=PACKAGE] [SET …]     sets: site, test, addons, colab (default: all)
"""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from requirements import sources

FOLDER = Path(__file__).parent
ONLY = "--only="
SETS = {
    "site": ["pyproject.toml"],
    "test": ["pyproject.toml", "--group", "test", "--constraints", "requirements/site.txt"],
    "addons": ["--group", "addons"],
    "colab": ["--group", "colab", "-"],
}
COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
PLAIN = ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
COOLDOWN, ONE_DAY = datetime.timedelta(days=7), datetime.timedelta(days=1)


def pins(text: str) -> dict[str, str]:
    """The versions in a lock file by package; of one that is pinned for systems apart, all."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE):
        found.setdefault(name, []).append(version)
    return {name: ", ".join(versions) for name, versions in found.items()}


def canonical(name: str) -> str:
    """A package's name as lock files have it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def changes(before: str, after: str) -> list[str]:
    """What is pinned otherwise in the second of two lock files, a line a package."""
    old, new = pins(before), pins(after)
    names = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    return [f"{name} {old.get(name, 'new')} → {new.get(name, 'gone')}" for name in names]


def everything(day: datetime.date) -> list[str]:
    """Ask uv to upgrade all to what was out before `day` began in UTC; for uv, a day alone means its end, here."""
    return ["--upgrade", "--exclude-newer", f"{day}T00:00:00Z"]


def one(package: str, today: datetime.date, file: Path) -> list[str]:
    """Ask uv to upgrade one package to the newest, and to keep what else is pinned in `file`, which it rewrites."""
    return ["--upgrade-package", package, "--exclude-newer", f"{today + ONE_DAY}T00:00:00Z", "--output-file", str(file)]


def compiled(name: str, colab: dict[str, str], wanted: list[str]) -> str:
    """What uv prints for a set: its lock file."""
    asked = "\n".join(f"{package}=={version}" for package, version in colab.items())
    done = subprocess.run(
        [*COMPILE, *PLAIN, *wanted, *SETS[name]],
        cwd=FOLDER.parent,
        input=asked if "-" in SETS[name] else "",
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def upgraded(name: str, before: str, colab: dict[str, str], package: str, today: datetime.date) -> str:
    """The lock file of a set with the newest version of a package, if it has the package."""
    if package not in pins(before):
        return before
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{name}.txt")
        file.write_text(before, encoding="utf-8")
        compiled(name, colab, one(package, today, file))
        return file.read_text(encoding="utf-8")


def main(arguments: list[str], today: datetime.date) -> int:
    """Write the lock files of these sets, and up to which day if one changed; 1 where uv finds no solution."""
    only = next((canonical(each.removeprefix(ONLY)) for each in arguments if each.startswith(ONLY)), "")
    names = [each for each in arguments if not each.startswith(ONLY)]
    if unknown := [name for name in names if name not in SETS]:
        print(f"no set `{unknown[0]}`; there are: {', '.join(SETS)}", file=sys.stderr)
        return 2
    if only and not any(only in pins((FOLDER / f"{name}.txt").read_text(encoding="utf-8")) for name in names or SETS):
        print(f"`{only}` is in no lock file", file=sys.stderr)
        return 2
    text = sources.PATH.read_text(encoding="utf-8")
    settings = sources.read(text)
    day = today if only else today - COOLDOWN
    said = list[str]()
    for name in names or SETS:
        path = FOLDER / f"{name}.txt"
        before = path.read_text(encoding="utf-8")
        try:
            colab = settings["colab"]["packages"]
            after = upgraded(name, before, colab, only, today) if only else compiled(name, colab, everything(day))
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"requirements/{name}.txt stays as it is: {error}", file=sys.stderr)
            return 1
        if pins(after) != pins(before):  # else only hashes of files for other systems have come
            path.write_text(after, encoding="utf-8")
        said += [f"{name}: {line}" for line in changes(before, after)]
    if said:
        kept = (
            day if not only and set(SETS) <= set(names or SETS) else max(day, settings["pinned"]["date"])
        )  # holds for all sets
        sources.PATH.write_text(sources.changed(text, {("pinned", "date"): kept.isoformat()}), encoding="utf-8")
    print("\n".join(said or [f"nothing has changed up to {day}"]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], datetime.datetime.now(datetime.UTC).date()))
