"""The sitemap by the rules of sitemaps.org and of search engines for pages in several languages."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from book.project import Project
from book.site.pages.site_root import SITEMAP, XHTML, sitemap, write_sitemap
from book.urls import base_url
from tests import ROOT
from tests.small_book import Book

NAMES = {"s": SITEMAP, "x": XHTML}
TRANSLATED = {"index": ["en", "ar", "ko"], "loss": ["en", "ko"]}


def alternates(text: str) -> dict[str, dict[str, str]]:
    """For each address in a sitemap its alternates, by language."""
    entries = ET.fromstring(text).findall("s:url", NAMES)
    return {
        entry.findtext("s:loc", "", NAMES): {
            link.attrib["hreflang"]: link.attrib["href"] for link in entry.findall("x:link", NAMES)
        }
        for entry in entries
    }


def faults(found: dict[str, dict[str, str]], project: Project) -> list[str]:
    """Where a sitemap breaks the rules: an address without a file, an alternate that does not answer, no x-default."""
    base, said = base_url(project), []
    for address, links in found.items():
        path = project.html / (address.removeprefix(base) or "index.html")
        if not address.startswith(base) or not path.is_file():
            said.append(f"no file for {address}")
        said += [f"{other} does not answer {address}" for other in links.values() if found.get(other) != links]
        if links and ("x-default" not in links or address not in links.values()):
            said.append(f"{address} names neither itself nor a default")
    return said


@pytest.fixture
def site(tmp_book: Book) -> Project:
    """Empty files where the small book's pages would stand."""
    pages = [f"{code}/notebooks/{page}.html" for code in ("en", "ar", "ko") for page in tmp_book.project.pages]
    for path in (tmp_book.project.html / name for name in ["index.html", *pages]):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_book.project


def test_every_page_is_listed_in_the_languages_in_which_it_can_be_read(site: Project) -> None:
    found = alternates(sitemap(site, TRANSLATED))
    base = "https://owner.github.io/small/"
    assert list(found) == [
        *(f"{base}{code}/notebooks/index.html" for code in ("en", "ar", "ko")),
        base,
        *(f"{base}{code}/notebooks/loss.html" for code in ("en", "ko")),
    ]
    assert found[f"{base}ko/notebooks/loss.html"] == {
        "en": f"{base}en/notebooks/loss.html",
        "ko": f"{base}ko/notebooks/loss.html",
        "x-default": f"{base}en/notebooks/loss.html",
    }


def test_every_address_is_a_file_and_alternates_answer_each_other(site: Project) -> None:
    assert faults(alternates(sitemap(site, TRANSLATED)), site) == []


def test_a_missing_file_or_a_one_sided_alternate_is_a_fault(site: Project) -> None:
    found = alternates(sitemap(site, TRANSLATED))
    (site.html / "ko/notebooks/loss.html").unlink()
    del found["https://owner.github.io/small/en/notebooks/loss.html"]["ko"]
    said = faults(found, site)
    assert any(each.startswith("no file for") for each in said)
    assert any("does not answer" in each for each in said)


def test_robots_txt_points_to_the_sitemap(site: Project) -> None:
    write_sitemap(site, TRANSLATED)
    assert "Sitemap: https://owner.github.io/small/sitemap.xml\n" in (site.html / "robots.txt").read_text()
    assert ET.parse(site.html / "sitemap.xml").getroot().tag == f"{{{SITEMAP}}}urlset"


def test_the_real_site_keeps_the_rules() -> None:
    project = Project(ROOT)
    if not all((project.html / each.code / "notebooks").exists() for each in project.editions):
        pytest.skip("the site is not built in all languages: run `book build`")
    found = alternates((project.html / "sitemap.xml").read_text(encoding="utf-8"))
    assert len(found) > len(project.pages)
    assert faults(found, project) == []
