"""Where a page stands: on the site, in the repository, in Colab."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from book.language.language import Language
from book.notebook.markdown.page_links import PageLink, with_addresses
from book.project import Project

MADE_BRANCH = "gh-pages"  # holds the localized notebooks


@dataclass(frozen=True)
class Links:
    """Addresses of one page in one language; `document` is its path without suffix, `file` the notebook's."""

    repository: str
    branch: str  # holds what people edit
    base: str
    language: str
    page: str
    document: str
    file: str
    is_source: bool  # is it the language in which the page is written?

    @property
    def site(self) -> str:
        return f"{self.base}{self.language}/{quote(self.document)}.html"

    @property
    def colab(self) -> str:
        return f"https://colab.research.google.com/github/{self.repository}/blob/{MADE_BRANCH}/{self._made}"

    @property
    def source(self) -> str:
        return f"https://github.com/{self.repository}/blob/{self._source}"

    @property
    def edit(self) -> str:
        """Where a contributor edits: the page in English, the PO file in a translation.

        GitHub's own editor shows the JSON of a notebook. github.dev is VS Code in a browser: it shows cells, keeps
        their ids, which Colab does not, and proposes the change.
        """
        if self._is_notebook:
            return self._in_cells
        return f"https://github.com/{self.repository}/edit/{self.branch}/{self._kept}"

    @property
    def raw(self) -> str:
        """The bare file, to download."""
        return f"https://github.com/{self.repository}/raw/{self.branch}/{self._kept}"

    @property
    def upload(self) -> str:
        """Where GitHub takes a file for the folder in which it stands."""
        return f"https://github.com/{self.repository}/upload/{self.branch}/{self._kept.rpartition('/')[0]}"

    @property
    def unclear(self) -> str:
        """Where GitHub takes an issue, with the page filled in. In English, as those read it who answer."""
        asked = f"{self.site}\n\nWhat is unclear? Write in any language.\n\n"
        about = urlencode({"title": f"Unclear: {self.page} ({self.language})", "body": asked}, quote_via=quote)
        return f"https://github.com/{self.repository}/issues/new?{about}"

    def edit_at(self, line: int) -> str:
        """That file at a line. GitHub's editor opens no line, so this is the plain text, which has an edit button."""
        if self._is_notebook:
            return f"{self._in_cells}#L{line}"
        return f"https://github.com/{self.repository}/blob/{self.branch}/{self._kept}?plain=1#L{line}"

    @property
    def _is_notebook(self) -> bool:
        return self.is_source and self.file.endswith(".ipynb")

    @property
    def _in_cells(self) -> str:
        return f"https://github.dev/{self.repository}/blob/{self.branch}/{self._kept}"

    @property
    def _kept(self) -> str:
        if self.is_source:
            return quote(self.file)
        return f"translations/{self.language}/{quote(self.page)}.po"

    @property
    def _made(self) -> str:
        return f"{self.language}/{quote(self.document)}.ipynb"

    @property
    def _source(self) -> str:
        if self.is_source:
            return f"{self.branch}/{quote(self.file)}"
        return f"{MADE_BRANCH}/{self._made}"


def with_site_links(text: str, project: Project, language: Language, folder: str) -> str:
    """`text` of a page in `folder` with links to other pages leading to the site.

    Beside a notebook in Colab there are no other notebooks.
    """

    def on_site(link: PageLink) -> str:
        page = project.page_of(link.document)
        if not link.is_sure and page not in project.pages:
            return link.written
        return f"{links(project, language, page).site}{link.part}"

    return with_addresses(text, on_site, folder)


def base_url(project: Project) -> str:
    """Where the site is published, with a slash at the end: GitHub Pages of the repository at hand.

    `html: baseurl` of `_config.yml` counts only in the repository that `_config.yml` names, so that a fork's site does
    not lead back to the original.
    """
    configured = str(project.settings("html").get("baseurl", ""))
    own = str(project.settings("repository").get("url", "")).rstrip("/").endswith(f"/{project.repository}")
    if configured and own:
        return configured.rstrip("/") + "/"
    owner, name = project.repository.split("/")
    return f"https://{owner.lower()}.github.io/{name}/"


def alternates(project: Project, page: str, codes: list[str]) -> dict[str, str]:
    """The page's address by language, and for all other languages (`x-default`): English, or the entrance at home."""
    found = {(language := Language(code)).tag: links(project, language, page).site for code in codes}
    default = base_url(project) if page == project.pages[0] else links(project, project.source, page).site
    return {**found, "x-default": default}


def links(project: Project, language: Language, page: str) -> Links:
    place = project.document(page), project.file(page), language == project.source
    return Links(project.repository, project.branch, base_url(project), language.code, page, *place)
