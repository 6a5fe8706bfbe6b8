"""`book serve` as its users meet it: the command in a process of its own, and a browser where there is one."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bench.browsing.chromium import CHROMIUM, QUIET
from book.cli import main
from book.localize.reading import Reading
from book.preview import serve
from book.preview.server import Preview, served
from tests.small_book import Book

PATIENCE = 120_000  # milliseconds: for a machine on which much else runs. How long it takes is for bench/ to say
MARK = "data-events"
PAGE = "<html><body><p>Loss</p></body></html>"


@pytest.fixture
def serving(tmp_book: Book) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The small book in Korean, served: the address, and the process."""
    command = [sys.executable, "-m", "book", "serve", "ko", "--port", "0"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore Ctrl-C
    )
    assert process.stdout
    address = next((line.split()[0] for line in process.stdout if line.startswith("http")), "")
    yield address, process
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 800, "height": 200})
        page.set_default_timeout(PATIENCE)
        yield page
        browser.close()


def read(address: str) -> str:
    with urlopen(address) as answer:
        return str(answer.read().decode())


@pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")
def test_the_browser_follows_what_is_saved(
    tmp_book: Book, serving: tuple[str, subprocess.Popen[str]], page: Page
) -> None:
    address, process = serving
    assert address.startswith("http://127.0.0.1:")
    catalog = tmp_book.root / "translations" / "ko" / "loss.po"
    page.goto(f"{address}ko/notebooks/loss.html")

    # A translation is saved: it shows, and what is read stands where it stood, though there is a new notice above it.
    page.evaluate("scrollTo(0, 150)")
    read = "[...document.querySelectorAll('article p')].find((each) => each.textContent.startsWith('The loss is'))"
    place = f"{read}.getBoundingClientRect().top"
    stood = page.evaluate(place)
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    expect(page.get_by_text("손실이 줄어듭니다.")).to_be_attached(timeout=PATIENCE)
    page.wait_for_function(f"scrollY > 0 && Math.abs({place} - {stood}) < 5")

    # An unsafe one: the English shows, and the terminal says why.
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n<b>손실</b>이 줄어듭니다.")
    expect(page.get_by_text("The loss falls.")).to_be_attached(timeout=PATIENCE)
    assert process.stdout
    assert "`loss/what-falls`: HTML " in next(line for line in process.stdout if "(html)" in line)
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    expect(page.get_by_text("손실이 줄어듭니다.")).to_be_attached(timeout=PATIENCE)

    # Half an edit: the error is said, as text whatever is in it, and the last good page stays.
    whole = catalog.read_text(encoding="utf-8")
    catalog.write_text(whole + '\nmsgid "<img src=x>\n', encoding="utf-8")
    banner = page.locator("#preview-problem")
    expect(banner).to_contain_text("translations/ko/loss.po:", timeout=PATIENCE)
    expect(banner).to_contain_text("is no valid PO")
    expect(page.get_by_text("손실이 줄어듭니다.")).to_be_attached()
    assert banner.locator("*").count() == 0
    page.reload()
    expect(banner).to_contain_text("translations/ko/loss.po:", timeout=PATIENCE)

    # Mended.
    catalog.write_text(whole.replace("줄어듭니다", "작아집니다"), encoding="utf-8")
    expect(page.get_by_text("손실이 작아집니다.")).to_be_attached(timeout=PATIENCE)
    expect(banner).to_have_count(0)

    # An edit of the notebook shows too.
    tmp_book.reword("loss", "title", "The loss is", "The loss was")
    expect(page.get_by_text("The loss was")).to_be_attached(timeout=PATIENCE)

    # Ctrl-C ends it, in silence.
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=PATIENCE / 1000)[0]
    assert process.returncode == 0
    assert "Traceback" not in said
    assert said.endswith("stopped\n")
    assert "ko/loss.po" in said

    # The script that does all this is in no built file.
    kept = [path for path in tmp_book.project.build.rglob("*") if path.suffix in (".html", ".js", ".css")]
    assert kept
    assert not any(MARK in path.read_text(encoding="utf-8") for path in kept)


def test_a_page_is_shown_anew_once_for_what_is_saved(tmp_book: Book) -> None:
    preview, reading, versions = Preview(), Reading(), list[str]()
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    serve._rebuild(tmp_book.project, ["ko"], preview, reading)
    show = preview.show

    def noted(version: str, problem: str = "") -> None:
        versions.append(version)
        show(version, problem)

    preview.show, before = noted, preview.version  # type: ignore[method-assign]
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 작아집니다.")  # the search index is made anew, too
    serve._rebuild(tmp_book.project, ["ko"], preview, reading)
    assert len(versions) == 2
    assert set(versions).isdisjoint({before})
    assert len(set(versions)) == 1


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A site of one page and one style sheet."""
    (tmp_path / "ko").mkdir()
    (tmp_path / "ko" / "loss.html").write_text(PAGE)
    (tmp_path / "book.css").write_text("</body>")
    preview = Preview()
    preview.show("first")
    with served(tmp_path, preview, "127.0.0.1", 0) as found:
        yield found


def test_the_script_is_in_served_pages_alone(address: str, tmp_path: Path) -> None:
    page = read(f"{address}ko/loss.html?x=/a/b")
    assert f'{MARK}="../_preview/events" data-version="first"' in page
    assert page.index("</p>") < page.index(MARK) < page.index("</body>")
    assert read(f"{address}book.css") == "</body>"
    assert (tmp_path / "ko" / "loss.html").read_text() == PAGE


def test_a_page_that_is_not_there_yet_waits_for_it(address: str) -> None:
    with pytest.raises(HTTPError) as error:
        read(f"{address}ko/new.html")
    assert error.value.code == 404
    assert f'{MARK}="../_preview/events"' in error.value.read().decode()


def test_the_state_is_told_at_once_and_at_every_change(tmp_path: Path) -> None:
    preview = Preview()
    preview.show("first")
    with served(tmp_path, preview, "127.0.0.1", 0) as address, urlopen(f"{address}below/_preview/events") as events:
        assert json.loads(events.readline()[6:]) == {"version": "first", "problem": ""}
        preview.show("first", "<b>")
        events.readline()
        assert json.loads(events.readline()[6:]) == {"version": "first", "problem": "<b>"}


def test_what_is_outside_the_site_is_not_served(address: str, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.html").write_text("secret")
    with pytest.raises(HTTPError):
        read(f"{address}%2e%2e/secret.html")


def test_a_port_in_use_is_one_line(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "--port" in said


@pytest.mark.parametrize("arguments", [["serve", "xx"], ["serve", "--port", "99999"], ["serve", "--port", "-1"]])
def test_what_cannot_be_served_is_one_line(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1
