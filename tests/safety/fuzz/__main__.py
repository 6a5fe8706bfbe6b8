"""Search for translations that do more than speak: `python -m tests.safety.fuzz --minutes 60 [--seed N]`.

Prints each violation as it is found, with the smallest text that causes it; exit status 1 if there is any.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.safety.fuzz.attack import GROUPS, Shot, draw, smallest, write
from tests.safety.fuzz.judge import Judge
from tests.safety.fuzz.target import LANGUAGES
from tests.safety.fuzz.violations import Violation

EACH_ROUND = 12  # violations that are traced before the next round
TRIES = 24  # to make a cause smaller; each is a build
# The worst first, in case the time does not last for all; what is not named here comes last.
WORST = (
    *("stopped", "traceback", "not ended", "read", "asked", "written", "script", "HTML", "directive", "code", "output"),
    *("address", "formula", "id twice", "id", "comment"),
)
ENDINGS = WORST[:3]
MILD = ("structure", "attribute")  # lists, tables, headings: few tries for these


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.safety.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="how long to search (default: 60)")
    parser.add_argument("--rounds", type=int, help="how many rounds at most")
    parser.add_argument("--seed", type=int, help="repeat a search; the default is drawn by chance and printed")
    parser.add_argument("--group", choices=GROUPS, action="append", help="attack only these fields; may be repeated")
    parser.add_argument("--ignore", choices=MILD, action="append", default=[], help="a kind not to trace")
    parser.add_argument("--survey", action="store_true", help="do not trace: name the texts that stand nearest")
    parser.add_argument("--keep", type=Path, help="use this folder, and leave the book there")
    options = parser.parse_args()
    seed = Random().randrange(10**6) if options.seed is None else options.seed
    _say(f"seed {seed}")
    with tempfile.TemporaryDirectory() as folder:
        search = Search(Judge.make(options.keep or Path(folder).resolve()), time.monotonic() + 60 * options.minutes)
        search.ignored, search.only_survey = set(options.ignore), options.survey
        # Notebooks alone are made in a fraction of the time.
        kinds = [(group, build) for group in options.group or GROUPS for build in (True, False, False)]
        for number, (group, build) in zip(_rounds(options.rounds), itertools.cycle(kinds), strict=False):
            if search.is_over:
                break
            search.round(Random(f"{seed} {number}"), f"round {number}", group, build=build)
        search.summary()
    return 1 if search.found else 0


def _rounds(most: int | None) -> Iterator[int]:
    return iter(range(1, most + 1)) if most else itertools.count(1)


class Search:
    """Rounds of attacks, and what they have found."""

    def __init__(self, judge: Judge, end: float) -> None:
        self.judge, self._end = judge, end
        self.found: list[tuple[Violation, list[Shot]]] = []
        self._known: set[tuple[str, tuple[str, ...]]] = set()
        self._counts = Counter[str]()
        self.ignored: set[str] = set()
        self.only_survey = False

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self._end

    def round(self, random: Random, name: str, group: str, *, build: bool) -> None:
        """One attack, on the site if it is to `build`, else on the notebooks alone.

        Each kind of violation in it that is new for this group is traced to its cause.
        """
        name = f"{name} ({group}, {'site' if build else 'notebooks'})"
        shots = draw(self.judge.target, random, group)
        self._counts["rounds"] += 1
        self._counts["texts"] += len(shots)
        for _ in range(EACH_ROUND):
            new = self._new(group, self._try(shots, build=build))
            if not new or self.is_over:
                break
            if self.only_survey and new[0].kind not in ENDINGS:  # after which there is nothing to survey
                self._known |= {(group, each.key) for each in new}
                for each in new:
                    self._report(name, each, [shot for shot in shots if _is_suspect(shot, each)])
                break
            guilty = self._trace(shots, new[0], build=build)
            self._known.add((group, new[0].key))
            self._report(name, new[0], guilty)
            numbers = {each.number for each in guilty}
            shots = [each for each in shots if each.number not in numbers]
        _say(f"{name}: {len(shots)} texts, {len(self.found)} violations so far")

    def _new(self, group: str, violations: list[Violation]) -> list[Violation]:
        """Of each kind that is new for the group one violation, the worst first."""
        new = {each.key: each for each in reversed(violations) if (group, each.key) not in self._known}
        return sorted((each for each in new.values() if not self._is_ignored(each)), key=_rank)

    def _is_ignored(self, violation: Violation) -> bool:
        return violation.kind.rpartition(": ")[2] in self.ignored

    def _try(self, shots: list[Shot], languages: list[str] | None = None, *, build: bool = True) -> list[Violation]:
        write(self.judge.target, shots)
        self._counts["builds" if build else "sets of notebooks"] += 1
        return self.judge.verdict(languages or [], build=build)

    def _trace(self, shots: list[Shot], violation: Violation, *, build: bool) -> list[Shot]:
        """The smallest part of the attack that still causes the violation."""
        build = build and violation.place not in ("notebook", "localize")
        tries = TRIES // 3 if violation.kind in MILD and build else TRIES
        where = (violation.key, violation.file)
        codes = [code for code in LANGUAGES if f"/{code}/" in violation.file]

        def is_harmful(some: list[Shot]) -> bool:
            found = self._try(some, codes, build=build)
            return not self.is_over and where in {(each.key, each.file) for each in found}

        suspects = [each for each in shots if _is_suspect(each, violation)]
        for some in ([each] for each in suspects[:3]):
            if is_harmful(some):
                return smallest(some, is_harmful, tries)
        if 1 < len(suspects) < len(shots) / 2 and is_harmful(suspects):
            shots = suspects
        return smallest(shots, is_harmful, tries)

    def _report(self, name: str, violation: Violation, guilty: list[Shot]) -> None:
        self.found.append((violation, guilty))
        detail = violation.detail[:600].replace("\n", "\n    ")
        _say(f"\nVIOLATION {len(self.found)}, {name}: {violation.kind} ({violation.place}; {violation.file})")
        for shot in guilty[:4]:
            _say(f"  {shot}"[:1500])
        if len(guilty) > 4:
            _say(f"  and {len(guilty) - 4} more")
        _say(f"    {detail}\n")

    def summary(self) -> None:
        """How much was tried, and what was found by field, place and kind."""
        counts = ", ".join(f"{number} {name}" for name, number in self._counts.items())
        _say(f"\n{counts}; {len(self.found)} violations")
        for violation, guilty in self.found:
            fields = ", ".join(sorted({each.field for each in guilty})) if len(guilty) < 4 else "several"
            _say(f"{fields} → {violation.place}: {violation.kind}")


def _rank(violation: Violation) -> int:
    """How bad it is; 0 is worst. A kind of a reader's is called `MyST: address`."""
    kind = violation.kind.rpartition(": ")[2]
    return WORST.index(kind) if kind in WORST else len(WORST)


def _is_suspect(shot: Shot, violation: Violation) -> bool:
    """Does what is wrong name the text's file or bear its number, or does it stand in the text's cell?"""
    said = f"{violation.detail} {violation.file}"
    if shot.where.partition(" ")[0] in said:
        return True
    if re.search(rf"(?<!\d){shot.number}(?!\d)", said) and str(shot.number) in shot.text:
        return True
    page, _, cell = shot.entry.context.partition("/") if shot.entry else ("", "", "")
    return cell in violation.cells and f"/{shot.language}/" in violation.file and Path(violation.file).stem == page


def _say(text: str) -> None:
    """Print a line, whatever characters it quotes."""
    print(text.encode("utf-8", "backslashreplace").decode(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
