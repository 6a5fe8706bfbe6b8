"""`sitemap.xml` and `robots.txt`: which pages there are, and in which languages each can be read.

There are no dates: a shallow clone, such as the published workflow's, does not know when a page last changed.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from book.files import write_atomic
from book.project import Project
from book.urls import alternates, base_url

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def write_sitemap(project: Project, translated: dict[str, list[str]]) -> None:
    """Write both files; `translated` gives for each page the languages in which it can really be read."""
    write_atomic(project.html / "sitemap.xml", sitemap(project, translated))
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {base_url(project)}sitemap.xml\n"
    write_atomic(project.html / "robots.txt", robots)


def sitemap(project: Project, translated: dict[str, list[str]]) -> str:
    """The sitemap: every page in every language in which it can be read, and the entrance, with their alternates."""
    ET.register_namespace("", SITEMAP)
    ET.register_namespace("xhtml", XHTML)
    root = ET.Element(f"{{{SITEMAP}}}urlset")
    for page in project.pages:
        addresses = alternates(project, page, translated[page])
        for address in dict.fromkeys(addresses.values()):  # the entrance is the default of the first page
            _add(root, address, addresses)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add(root: ET.Element, address: str, addresses: dict[str, str]) -> None:
    """An address and its alternates: the page in each of its languages, itself included, and for everybody else."""
    entry = ET.SubElement(root, f"{{{SITEMAP}}}url")
    ET.SubElement(entry, f"{{{SITEMAP}}}loc").text = address
    for tag, other in addresses.items():
        ET.SubElement(entry, f"{{{XHTML}}}link", rel="alternate", hreflang=tag, href=other)
