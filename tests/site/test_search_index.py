"""What is given to Pagefind, and what it makes of it, in the small book."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pagefind_bin
import pytest

from book.errors import SiteError
from book.language.language import Language
from book.localize.edition import Edition, editions
from book.po import catalog
from book.site.pages.search_document import document, words_in
from book.site.pages.search_index import write_index
from tests.small_book import Book


def edition(tmp_book: Book, code: str) -> Edition:
    return editions(tmp_book.project, [Language(code)])[0]


def index(tmp_book: Book, code: str) -> Path:
    return tmp_book.project.html / code / "pagefind"


def test_headings_have_the_ids_of_their_cells_and_untranslated_cells_are_there_in_english(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    text = document(edition(tmp_book, "ko"), "loss")
    assert '<html lang="ko">' in text
    assert '<h2 id="what-falls">감소</h2>' in text
    assert "손실이 줄어듭니다." in text
    assert '<h1 id="title">Loss</h1>' in text
    assert "The loss is L=0.5 with" in text


def test_a_list_is_read_alike_whether_blank_lines_part_its_items(tmp_book: Book) -> None:
    texts = []
    for items in ("- One\n- Two", "- One\n\n- Two"):
        tmp_book.edit("loss", lambda page, items=items: page.cells[1].update(source=items))  # type: ignore[misc]
        texts.append(document(edition(tmp_book, "en"), "loss").replace("\n", ""))
    assert texts[0] == texts[1]
    assert "<li><p>One</p></li>" in texts[0]


def test_code_is_there_with_its_comments_and_counts_half(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/plot", "손실을 그립니다.", "Draw the loss.")
    text = document(edition(tmp_book, "ko"), "loss")
    assert '<pre data-pagefind-weight="0.5"># 손실을 그립니다.' in text


def test_a_folded_cell_is_left_out(tmp_book: Book) -> None:
    def fold(page: object) -> None:
        page.cells[-1].metadata["tags"] = ["hide-input"]  # type: ignore[attr-defined]

    assert "ax.plot" in document(edition(tmp_book, "en"), "loss")
    tmp_book.edit("loss", fold)
    assert "ax.plot" not in document(edition(tmp_book, "en"), "loss")


def test_words_keep_vowel_signs_and_compounds_have_parts() -> None:
    words = set(words_in("<p>नॉर्मलाइज़ेशन, Işık! tf.keras.layers.GroupNormalization &lt;set_seed&gt; kartları</p>"))
    assert {"नॉर्मलाइज़ेशन", "keras", "groupnormalization", "group", "normalization", "set_seed", "kartları"} <= words
    assert not {"kart", "lar", "p", "lt", "नॉर्मलाइज"} & words


@pytest.mark.parametrize(("code", "stemmed"), [("ar", True), ("ko", False)])
def test_an_index_says_whether_pagefind_knows_stems(tmp_book: Book, code: str, stemmed: bool) -> None:
    write_index(edition(tmp_book, code))
    made = json.loads((index(tmp_book, code) / "words.json").read_text(encoding="utf-8"))
    assert made["stemmed"] is stemmed
    assert "loss" in made["words"].split()
    assert len(list(index(tmp_book, code).glob("wasm.*"))) == 1
    assert not list(index(tmp_book, code).glob("*-ui.*"))


def test_an_index_tells_what_the_pages_are_called_and_what_their_headings_say(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/title", "# 손실 & 하강\n\n손실은 $L = 0.5$이고 `axis=3`입니다. [처음](index.ipynb)")
    write_index(edition(tmp_book, "ko"))
    made = json.loads((index(tmp_book, "ko") / "words.json").read_text(encoding="utf-8"))
    assert len(made["pages"]) == len(tmp_book.project.pages)
    (loss,) = (page for page in made["pages"] if "Loss" in page["names"])
    assert loss["names"] == ["손실 & 하강", "Loss"]
    assert loss["headings"] == ["What falls"]
    assert (index(tmp_book, "ko") / "fragment" / f"{loss['id']}.pf_fragment").exists()


def test_a_list_of_sources_counts_less_than_prose(tmp_book: Book) -> None:
    tmp_book.reword(
        "loss", "what-falls", "falls.", "falls.\n\n- [Ioffe](https://arxiv.org/abs/1502.03167)\n- It drops."
    )
    text = document(edition(tmp_book, "en"), "loss")
    assert text.count('<li data-pagefind-weight="0.2">') == 1
    assert re.search(r"<li>\s*<p>It drops\.</p>\s*</li>", text)


def test_a_paragraph_that_ends_with_a_link_to_another_site_is_a_source_and_what_follows_is_about_it(
    tmp_book: Book,
) -> None:
    link = "[arXiv](https://arxiv.org/abs/1502.03167)"
    told = f"falls, as {link} says.\n\n| a |\n|---|\n| see {link} |\n\nIoffe, *Batch*, {link}\n\nOf 2015."
    tmp_book.reword("loss", "what-falls", "falls.", told)
    text = document(edition(tmp_book, "en"), "loss")
    assert (text.count('"0.2"'), text.count('<p data-pagefind-weight="0.5"')) == (1, 1)
    assert '<p data-pagefind-weight="0.2">Ioffe, <em>Batch</em>,' in text
    assert '<p data-pagefind-weight="0.5">Of 2015.</p>' in text


def test_a_list_of_pages_counts_less_than_what_stands_on_them(tmp_book: Book) -> None:
    rows = "| Page | It shows |\n|---|---|\n| [Start](index.ipynb) | the way |\n| drops | as [there](index.ipynb) |"
    tmp_book.reword(
        "loss", "what-falls", "falls.", f"falls.\n\n{rows}\n\n1. [Start](index.ipynb)\n2. Or [start](index.ipynb)"
    )
    text = document(edition(tmp_book, "en"), "loss")
    assert (text.count('<tr data-pagefind-weight="0.2">'), text.count('<li data-pagefind-weight="0.2">')) == (1, 1)
    assert text.count("0.2") == 2


def test_an_index_tells_what_readers_may_say_for_a_term(tmp_book: Book) -> None:
    rows = [
        "loss / running loss,손실 / 누적 손실,,",
        "norm (the layer),정규화,,",
        "gpu,gpu,,",
        "to train,학습시키다 (기계),,",
        "GPU memory,비디오 메모리,,*,그래픽 메모리|VRAM",
    ]
    (tmp_book.root / "translations" / "ko" / "glossary.csv").write_text(
        "\n".join(["english,translation,note,forms,also", *rows, ""]), encoding="utf-8"
    )
    tmp_book.reword("loss", "what-falls", "falls.", "falls by $\\lambda$.")
    write_index(edition(tmp_book, "ko"))
    made = json.loads((index(tmp_book, "ko") / "words.json").read_text(encoding="utf-8"))
    also = {"그래픽 메모리": "비디오 메모리", "VRAM": "비디오 메모리"}
    assert made["synonyms"] == {
        "loss": "손실",
        "running loss": "누적 손실",
        "train": "학습시키다",
        **also,
        "lambda": "λ",
    }


def test_an_index_that_told_less_is_made_anew(tmp_book: Book) -> None:
    """As one that an older version of the program has left."""
    write_index(edition(tmp_book, "ko"))
    (tmp_book.project.build / "search" / "ko" / "words.json").unlink()
    (index(tmp_book, "ko") / "words.json").write_text("{}")
    write_index(edition(tmp_book, "ko"))
    assert "names" in (index(tmp_book, "ko") / "words.json").read_text(encoding="utf-8")


def test_a_language_that_pagefind_does_not_know_has_an_index_too(tmp_book: Book) -> None:
    folder = tmp_book.root / "translations" / "sw"
    folder.mkdir()
    (folder / "site.po").write_text(catalog.dumps(catalog.load(tmp_book.project.catalog(Language("ko"), "site"))))
    write_index(edition(tmp_book, "sw"))
    assert json.loads((index(tmp_book, "sw") / "words.json").read_text(encoding="utf-8"))["stemmed"] is False


def test_an_index_is_made_anew_only_for_a_change(tmp_book: Book) -> None:
    write_index(edition(tmp_book, "ko"))
    before = (index(tmp_book, "ko") / "words.json").stat().st_mtime_ns
    write_index(edition(tmp_book, "ko"))
    assert (index(tmp_book, "ko") / "words.json").stat().st_mtime_ns == before
    tmp_book.reword("loss", "what-falls", "falls.", "plummets.")
    write_index(edition(tmp_book, "ko"))
    assert "plummets" in (index(tmp_book, "ko") / "words.json").read_text(encoding="utf-8")


def test_where_pagefind_fails_the_old_index_stays(tmp_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    write_index(edition(tmp_book, "ko"))
    tmp_book.reword("loss", "what-falls", "falls.", "plummets.")
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: "false")
    with pytest.raises(SiteError, match="Pagefind failed"):
        write_index(edition(tmp_book, "ko"))
    assert (index(tmp_book, "ko") / "words.json").exists()
    monkeypatch.undo()
    write_index(edition(tmp_book, "ko"))
    assert "plummets" in (index(tmp_book, "ko") / "words.json").read_text(encoding="utf-8")
