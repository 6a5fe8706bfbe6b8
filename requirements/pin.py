"""`make lock`: pin everything anew, each to the newest version that fits and has been out for a week; say what changed.

A week is time enough for a package that was taken over to be noticed and withdrawn.

usage: python -m requirements.pin [SET …]     sets: site, test, addons, colab (default: all)
"""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from pathlib import Path

from requirements import sources

FOLDER = Path(__file__).parent
SETS = {
    "site": ["pyproject.toml"],
    "test": ["pyproject.toml", "--group", "test", "--constraints", "requirements/site.txt"],
    "addons": ["--group", "addons"],
    "colab": ["--group", "colab", "-"],
}
COMPILE = ["uv", "pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"]
PLAIN = ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
COOLDOWN = datetime.timedelta(days=7)


def pins(text: str) -> dict[str, str]:
    """The versions in a lock file by package; of one that is pinned for systems apart, all."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE):
        found.setdefault(name, []).append(version)
    return {name: ", ".join(versions) for name, versions in found.items()}


def changes(before: str, after: str) -> list[str]:
    """What is pinned otherwise in the second of two lock files, a line a package."""
    old, new = pins(before), pins(after)
    names = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    return [f"{name} {old.get(name, 'new')} → {new.get(name, 'gone')}" for name in names]


def compiled(name: str, colab: dict[str, str], day: datetime.date) -> str:
    """The lock file of a set, of what was out before `day` began in UTC; for uv, a day alone means its end, here."""
    asked = "\n".join(f"{package}=={version}" for package, version in colab.items())
    done = subprocess.run(
        [*COMPILE, *PLAIN, "--exclude-newer", f"{day}T00:00:00Z", *SETS[name]],
        cwd=FOLDER.parent,
        input=asked if "-" in SETS[name] else "",
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def main(names: list[str], today: datetime.date) -> int:
    """Write the lock files of these sets, and up to which day if one changed; 1 where uv finds no solution."""
    if unknown := [name for name in names if name not in SETS]:
        print(f"no set `{unknown[0]}`; there are: {', '.join(SETS)}", file=sys.stderr)
        return 2
    text = sources.PATH.read_text(encoding="utf-8")
    settings = sources.read(text)
    day = today - COOLDOWN
    said = list[str]()
    for name in names or SETS:
        path = FOLDER / f"{name}.txt"
        before = path.read_text(encoding="utf-8")
        try:
            after = compiled(name, settings["colab"]["packages"], day)
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"requirements/{name}.txt stays as it is: {error}", file=sys.stderr)
            return 1
        if pins(after) != pins(before):  # else only hashes of files for other systems have come
            path.write_text(after, encoding="utf-8")
        said += [f"{name}: {line}" for line in changes(before, after)]
    if said:
        kept = day if set(SETS) <= set(names or SETS) else max(day, settings["pinned"]["date"])  # holds for all sets
        sources.PATH.write_text(sources.changed(text, {("pinned", "date"): kept.isoformat()}), encoding="utf-8")
    print("\n".join(said or [f"nothing has changed up to {day}"]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], datetime.datetime.now(datetime.UTC).date()))
