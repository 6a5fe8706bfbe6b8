"""The book that is attacked: its English side, its translations as harmless people write them, and its surroundings.

It needs nothing of the project but its command line and the form of its files, so that it serves every commit.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import nbformat
import polib
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.safety.fuzz.pieces import Surroundings

LANGUAGES = {"ko": ("손실", "감소", "층"), "ar": ("خسارة", "تنخفض", "طبقة")}
SECRET = "k7secret7k"  # what the file has that nobody may read
STYLE_MARK = "Styleword"  # stands in every STYLE.md, so that its place on the page is found
PAPER = "https://example.org/paper"
NUMBERS = "application/vnd.book.numbers+json"

# The English prose and, word for word the same parts, its translation; {n} makes each text another one.
PROSE = (
    ("The loss falls {n}.", "{a} {b} {n}."),
    ("## What falls {n}\n\nSee [here](index.ipynb) for $L$ and `x`.", "## {b} {n}\n\n[{a}](index.ipynb) $L$ {b} `x`."),
    ("- One {n}\n- Two", "- {a} {n}\n- {b}"),
    (f"1. First {{n}}\n2. See [paper]({PAPER})", f"1. {{a}} {{n}}\n2. {{b}} [{{c}}]({PAPER})"),
    ("> Quoted words {n}.", "> {a} {b} {n}."),
    ("| Norm | Axis |\n|---|---|\n| batch {n} | `0` |", "| {a} | {b} |\n|---|---|\n| {c} {n} | `0` |"),
    ("The formula {n}:\n\n$$\ny = x^2\n$$\n\nIt holds.", "{a} {n}:\n\n$$\ny = x^2\n$$\n\n{b}."),
    ("```python\nx = 1\n```\n\nIt runs {n}.", "```python\nx = 1\n```\n\n{a} {n}."),
    ("### More {n}\n\nThe *mean* is **here**.\n\nSo it falls.", "### {a} {n}\n\n*{b}* **{c}**.\n\n{a} {b}."),
    (f"See [the paper][paper] {{n}}.\n\n[paper]: {PAPER}", f"[{{a}}][paper] {{b}} {{n}}.\n\n[paper]: {PAPER}"),
    ("See <https://example.org/here> {n}.", "<https://example.org/here> {a} {n}."),
    (r"It is $y \text{{ if }} x$ {n}.", r"{a} $y \text{{ {b} }} x$ {n}."),
    ("```python\nx = 1  # set it\n```\n\nIt is set {n}.", "```python\nx = 1  # {a} {b}\n```\n\n{c} {n}."),
)
ROUNDS = 6  # how often each of them stands on the page `loss`
PAGES = ("index", "loss", "drawn", "reviewed", "draft")  # the last two are never attacked

PLOT = (
    '# Draw the loss.\n#Draw it again\nax.set_title("Loss by epoch")  # say so\n'
    'ax.plot(y, label=f"batch {size}")\nax.plot(z, label="layer norm")\nax.set_xlabel("Epochs of training")\n'
    'ax.set_ylabel(f"{x} and {y:.1f} of it")\nprint("done")  # print it'
)
MAGIC = (
    '%matplotlib inline\n# Load the data\nx = 3  #@param {type:"integer"}\n\n\ndef f():\n    # Inside it\n    return x'
)
COMMENTED = (
    "".join(f"#{' ' * (n % 3)}Comment number {n}\ny = {n}  # and behind code, number {n}\n" for n in range(12)) + "y"
)
DRAWN = (
    "".join(f'ax.text(0, {n}, "words {n} to draw")\nax.plot(y, label=f"series {n} of {{y}}")\n' for n in range(8)) + "y"
)
SHOWN = (
    "Loss by epoch",
    "batch 32",
    "layer norm",
    "Epochs of training",
    "2.0",
    "1.0",
    "0.5",
    "axis",
    "7 and 2.5 of it",
    "words 3 to draw",
)


def _svg() -> str:
    texts = "".join(
        f'<g id="text_{n}"><text style="font-size: 10px; font-family: sans; text-anchor: middle" x="{n}0.5" y="1.5" '
        f'transform="rotate(-0 {n}0.5 1.5)">{text}</text></g>'
        for n, text in enumerate(SHOWN)
    )
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n<svg xmlns="http://www.w3.org/2000/svg" '
        f'width="200pt" height="100pt" viewBox="0 0 200 100"><path d="M 0 0 L 9 9"/>{texts}</svg>'
    )


@dataclass(frozen=True)
class Entry:
    """Where a text to translate is kept; `kind` is `prose`, `comment`, `figure`, `printed`, `alt` or `interface`."""

    language: str
    page: str
    context: str
    english: str
    kind: str
    harmless: str

    @property
    def name(self) -> str:
        return f"translations/{self.language}/{self.page}.po {self.context}"


@dataclass
class Target:
    """A book below `root`/book with its languages, whose harmless catalogs are `catalogs`."""

    root: Path
    around: Surroundings
    catalogs: dict[tuple[str, str], polib.POFile] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    @property
    def book(self) -> Path:
        return self.root / "book"

    def english(self, page: str) -> NotebookNode:
        return nbformat.read(self.book / "notebooks" / f"{page}.ipynb", as_version=4)

    def folder(self, language: str) -> Path:
        return self.book / "translations" / language

    def copies(self) -> dict[tuple[str, str], polib.POFile]:
        """The harmless catalogs, to be changed."""
        return copy.deepcopy(self.catalogs)

    def save(self, catalogs: Mapping[tuple[str, str], polib.POFile], files: Mapping[Path, str | Path]) -> None:
        """Have exactly these files in the languages' folders; a `Path` is a symbolic link there."""
        wanted: dict[Path, str | Path] = {
            self.folder(language) / f"{page}.po": str(made).rstrip("\n") + "\n"
            for (language, page), made in catalogs.items()
        }
        wanted |= files
        for path in (path for code in LANGUAGES for path in self.folder(code).rglob("*")):
            if path not in wanted and not path.is_dir():
                path.unlink()
        for path, content in wanted.items():
            if path.is_symlink():
                path.unlink()
            if isinstance(content, Path):
                path.unlink(missing_ok=True)
                path.symlink_to(content)
            elif not path.exists() or path.read_bytes() != content.encode("utf-8", "surrogatepass"):
                path.write_bytes(content.encode("utf-8", "surrogatepass"))

    def harmless_files(self) -> dict[Path, str | Path]:
        """Glossary, conventions and style note of each language."""
        made: dict[Path, str | Path] = {}
        for code, (a, b, c) in LANGUAGES.items():
            folder = self.folder(code)
            made[folder / "glossary.csv"] = glossary([("batch norm", a, b), ("axis", b, c)])
            made[folder / "conventions.toml"] = conventions("“”", "", "i", f"{a} - {b}", c)
            made[folder / "STYLE.md"] = f"# {a}\n\n{STYLE_MARK} {b}.\n\n- {c}\n"
        return made


def glossary(rows: list[tuple[str, str, str]]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerows([("english", "translation", "note", "forms"), *((*row, "") for row in rows)])
    return made.getvalue()


def conventions(quotes: str, before: str, keep: str, avoid: str, say: str) -> str:
    """A conventions.toml; what is avoided is taken letter by letter."""
    lines = [("quotes", quotes), ("no-space-before", before), ("keep-with-next", keep)]
    head = "".join(f"{key} = {_toml(value)}\n" for key, value in lines)
    instead = f'[instead]\n"," = {_toml(quotes)}\n'
    return f"{head}{instead}[[avoid]]\npattern = {_toml(re.escape(avoid))}\nsay = {_toml(say)}\n"


def _toml(text: str) -> str:
    """A TOML string: JSON's, but letters as they are, since TOML knows no pairs of halves, and DEL written out."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def make_target(root: Path, address: str) -> Target:
    """Write the English side and the harmless translations below `root`; `address` is where nobody may ask."""
    tmp_book = root / "book"
    canary = root / "outside" / "canary.svg"
    canary.parent.mkdir(parents=True)
    canary.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>\n')
    around = Surroundings(str(canary), "../../../../../outside/canary.svg", address)
    chapters = "".join(f"- file: notebooks/{page}\n" for page in PAGES[1:])
    for language in LANGUAGES:
        (tmp_book / "translations" / language).mkdir(parents=True)
    (tmp_book / "notebooks").mkdir()
    (tmp_book / "_toc.yml").write_text(f"format: jb-book\nroot: notebooks/{PAGES[0]}\nchapters:\n{chapters}")
    (tmp_book / "_config.yml").write_text(
        "title: A small book\nauthor: Nobody\nrepository:\n  url: https://github.com/owner/small\n"
    )
    target, translations = Target(root, around), dict[tuple[str, str], str]()
    for page in PAGES:
        made = new_notebook(cells=list(_cells(page, translations)))
        made.metadata = nbformat.from_dict(
            {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        )
        (tmp_book / "notebooks" / f"{page}.ipynb").write_text(nbformat.writes(made) + "\n", encoding="utf-8")
    target.save({}, target.harmless_files())
    return target


def _cells(page: str, translations: dict[tuple[str, str], str]) -> Iterator[NotebookNode]:
    yield _prose("title", f"# The {page}\n\nWords about [loss](loss.ipynb).")
    if page == "loss":
        shapes = [english for _ in range(ROUNDS) for english, _ in PROSE]
        yield from (_prose(f"cell-{n}", english.replace("{n}", str(n))) for n, english in enumerate(shapes))
    if page == "drawn":
        yield from _drawn()
    # Never attacked, and more than what is: the page counts as translated, whatever becomes of the rest.
    for n in range(1, {"loss": len(PROSE) * ROUNDS}.get(page, 1) + 4):
        yield _prose(f"calm-{n}", f"Calm words {n}.")


def _drawn() -> Iterator[NotebookNode]:
    plot = new_code_cell(PLOT, metadata={"mystnb": {"image": {"alt": "A falling line."}}}, execution_count=1, id="plot")
    plot.metadata["printed"] = ['[[0],"\\nLoss by epoch\\n"]', ""]  # 0 is `done`, the last string of the code
    series = [{"label": label, "every": 1, "x": [1, 2], "y": [2.0, 1.0]} for label in ("batch 32", "layer norm")]
    axes = {"title": "Loss by epoch", "x": "Epochs of training", "y": "axis", "series": series}
    plot.outputs = [
        new_output("stream", text="done\nLoss by epoch\n"),
        new_output(
            "display_data",
            {"image/svg+xml": _svg(), "text/plain": "<Figure>", NUMBERS: {"title": "", "legend": "", "axes": [axes]}},
        ),
    ]
    yield plot
    hidden = new_code_cell(MAGIC, metadata={"tags": ["hide-input"]}, execution_count=2, id="magic")
    hidden.outputs = [new_output("execute_result", {"text/plain": "3"}, execution_count=2)]
    yield hidden
    yield new_code_cell(COMMENTED, execution_count=3, id="commented")
    yield new_code_cell(DRAWN, execution_count=4, id="texts")
    yield new_code_cell("# The answer\nx + 1", metadata={"tags": ["hide-cell"]}, execution_count=5, id="answer")


def _prose(cell_id: str, text: str) -> NotebookNode:
    return new_markdown_cell(text, id=cell_id)


def translate(target: Target) -> None:
    """Fill the catalogs that `book sync` has made with harmless translations, and keep them."""
    for language, words in LANGUAGES.items():
        for page in (*PAGES, "site"):
            path = target.folder(language) / f"{page}.po"
            made = polib.pofile(str(path), encoding="utf-8", wrapwidth=78)
            for entry in made:
                kind = _kind(entry)
                entry.msgstr = _harmless(entry, kind, words)
                target.entries.append(Entry(language, page, entry.msgctxt, entry.msgid, kind, entry.msgstr))
            _calm(made, page)
            target.catalogs[language, page] = made
    target.save(target.catalogs, target.harmless_files())


def _calm(made: polib.POFile, page: str) -> None:
    """What a page shows of a translation's state, on a page that is never attacked: each state once."""
    made.metadata["X-Reviewed-By"] = "" if page == "draft" else "Kim"
    if page == "draft":
        entry = next(each for each in made if each.msgctxt.endswith("/calm-1"))
        entry.msgstr = ""
    if page == "reviewed":
        entry = next(each for each in made if each.msgctxt.endswith("/calm-1"))
        entry.flags, entry.previous_msgid = ["fuzzy"], "Calm words of before."
        other = next(each for each in made if each.msgctxt.endswith("/calm-2"))
        other.flags = ["fuzzy"]


def _kind(entry: polib.POEntry) -> str:
    """What kind of text it is, as the hint above the entry says."""
    hint = re.split(r"[;\n]", entry.comment)[0]
    known = {"prose": "prose", "comment": "comment", "figure text": "figure", "interface": "interface"}
    known["printed text"] = "printed"
    return known.get(hint, "alt" if hint.startswith("alternative") else "interface")


def _harmless(entry: polib.POEntry, kind: str, words: tuple[str, ...]) -> str:
    a, b, c = words
    if kind == "prose":
        return _translated(entry.msgctxt, entry.msgid, words)
    kept = re.findall(r"\{[^}]*\}|`[^`]*`", entry.msgid)
    return " ".join([a, *kept, b] if kind != "interface" else [f"{a} {b}", *kept, c])


def _translated(context: str, english: str, words: tuple[str, ...]) -> str:
    a, b, c = words
    if context.endswith("/title"):
        return f"# {a}\n\n{b} [{c}](loss.ipynb)."
    number = re.search(r"\d+$", context)
    assert number
    if "/calm-" in context:
        return f"{a} {b} {number[0]}."
    _, said = PROSE[int(number[0]) % len(PROSE)]
    for name, value in {"a": a, "b": b, "c": c, "n": number[0]}.items():
        said = said.replace(f"{{{name}}}", value)
    return said


def attacked(entry: Entry) -> bool:
    """May this text be hostile? The calm ones never are."""
    return "/calm-" not in entry.context and entry.page not in ("reviewed", "draft")


class Listener:
    """A web server on this machine that nobody may ask."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(SECRET.encode())

            do_HEAD = do_POST = do_GET  # noqa: N815

            def log_message(self, *arguments: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
