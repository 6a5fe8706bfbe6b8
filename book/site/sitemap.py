"""`sitemap.xml` and `robots.txt`: which pages there are, and in which languages each can be read.

There are no dates: a shallow clone, such as the published workflow's, does not know when a page last changed.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from book import notebook
from book.links import base_url
from book.project import SOURCE_LANGUAGE, Language, Project

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def write_sitemap(project: Project, translated: dict[str, list[str]]) -> None:
    """Write both files; `translated` gives for each page the languages in which it can really be read."""
    notebook.write_whole(project.html / "sitemap.xml", sitemap(project, translated))
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {base_url(project)}sitemap.xml\n"
    notebook.write_whole(project.html / "robots.txt", robots)


def sitemap(project: Project, translated: dict[str, list[str]]) -> str:
    """The sitemap: the entrance, then every page in every language in which it can be read, with its alternates."""
    ET.register_namespace("", SITEMAP)
    ET.register_namespace("xhtml", XHTML)
    root = ET.Element(f"{{{SITEMAP}}}urlset")
    _add(root, base_url(project))
    for page in project.pages:
        addresses = {code: f"{base_url(project)}{code}/notebooks/{page}.html" for code in translated[page]}
        for address in addresses.values():
            _alternates(_add(root, address), addresses)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add(root: ET.Element, address: str) -> ET.Element:
    entry = ET.SubElement(root, f"{{{SITEMAP}}}url")
    ET.SubElement(entry, f"{{{SITEMAP}}}loc").text = address
    return entry


def _alternates(entry: ET.Element, addresses: dict[str, str]) -> None:
    """The page in each of its languages, itself included, and in English for everybody else."""
    tagged = {Language(code).tag: address for code, address in addresses.items()}
    for tag, address in {**tagged, "x-default": addresses[SOURCE_LANGUAGE]}.items():
        ET.SubElement(entry, f"{{{XHTML}}}link", rel="alternate", hreflang=tag, href=address)
