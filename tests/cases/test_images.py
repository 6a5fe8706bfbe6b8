"""Pictures beside the notebook, attached to a cell, and within an address."""

from __future__ import annotations

from urllib.parse import unquote

from nbformat import NotebookNode

from tests.cases.books import Case, base64_of, code_cell, png, shows
from tests.small_book import markdown

PNG = base64_of(png(30, 30))


def sources(case: Case, language: str = "en") -> list[str]:
    return [str(image["src"]) for image in case.page(language).find_all("img")]


def shown(case: Case, language: str = "en") -> list[bytes]:
    """The pictures that the page shows, as a browser would load them."""
    folder = case.book.root / "_build" / "html" / language / "notebooks"
    return [(folder / unquote(source)).read_bytes() for source in sources(case, language)]


FILES = {
    "a.png": png(10, 10, 1),
    "images/a.png": png(40, 20, 2),
    "figures/deep/B-1.JPG": png(8, 8, 3),
    "my picture.png": png(9, 9, 4),
    "그림.png": png(7, 7, 5),
}


BESIDE = {
    "![A cube](images/a.png)": "images/a.png",
    "![A cube](./images/a.png 'A title')": "images/a.png",
    "![A cube](figures/deep/B-1.JPG)": "figures/deep/B-1.JPG",
    "![A cube](<my picture.png>)": "my picture.png",
    "![A cube](my%20picture.png)": "my picture.png",
    "![A cube](그림.png)": "그림.png",
    "![A cube][c]\n\n[c]: a.png": "a.png",
    "[![A cube](a.png)](https://example.org)": "a.png",
    "| a | b |\n|---|---|\n| ![A cube](a.png) | c |": "a.png",
    "```{image} images/a.png\n:alt: A cube\n:width: 20px\n```": "images/a.png",
    "```{figure} images/a.png\n:name: cube\n\nA *cube*.\n```": "images/a.png",
    ":::{figure} images/a.png\nA cube.\n:::": "images/a.png",
}


def test_pictures_beside_the_notebook_are_shown_and_published_once(case: Case) -> None:
    case.write(*((f"a-{number}", f"Words.\n\n{text}") for number, text in enumerate(BESIDE)), files=FILES)
    assert case.check() == []
    assert case.build("en", "ko") == []
    for language in ("en", "ko"):
        assert shown(case, language) == [FILES[name] for name in BESIDE.values()]
        for name in BESIDE.values():
            assert (case.book.root / "_build" / "notebooks" / language / name).read_bytes() == FILES[name]
        assert not list((case.book.root / "_build" / "html" / language / "_images").glob("*.[pjJ]*"))


def test_pictures_in_html_are_shown_and_only_the_html_is_found(case: Case) -> None:
    case.write(
        ("a", 'Words <img src="images/a.png" alt="A cube" width="20">.\n\n<img src="my%20picture.png">'), files=FILES
    )
    assert case.rules() == {"html"}
    case.build("en")
    assert shown(case) == [FILES["images/a.png"], FILES["my picture.png"]]


def test_a_picture_in_the_html_that_code_has_put_out_is_shown(case: Case) -> None:
    case.write(code_cell("c", "show()", shows({"text/html": '<img src="a.png">'})), files=FILES)
    assert case.check() == []
    case.build("en")
    assert shown(case) == [FILES["a.png"]]


def test_a_changed_picture_is_published_anew_and_one_that_is_shown_no_more_is_removed(case: Case) -> None:
    case.write(("a", "![A cube](a.png)"), files=FILES)
    case.build("en")
    assert shown(case) == [FILES["a.png"]]
    (case.book.root / "notebooks" / "a.png").write_bytes(png(50, 60))
    case.build("en")
    assert shown(case) == [png(50, 60)]
    image = case.page().find("img")
    assert image
    assert (image["width"], image["height"]) == ("50", "60")
    case.write(("a", "No cube."))
    case.build("en")
    for kind in ("html/en/notebooks", "notebooks/en", "source/en/notebooks"):
        assert not (case.book.root / "_build" / kind / "a.png").exists()


GONE = [
    "![A cube](gone.png)",
    "![A cube](images/A.PNG)",
    '<img src="gone.png" alt="A cube">',
    "```{figure} gone.png\nA cube.\n```",
    "![A cube](images)",
    "![A cube](.hidden/a.png)",
    "[![A cube](gone.png)](https://example.org)",
    "![A cube](attachment:gone.png)",
]


def test_pictures_that_are_not_there_are_found_by_cell(case: Case) -> None:
    case.write(*((f"a-{number}", text) for number, text in enumerate(GONE)), files=FILES)
    found = [line for line in case.check() if line.endswith("(missing-file)")]
    assert [line.partition(":")[0] for line in found] == [f"cell `a-{number}`" for number in range(len(GONE))]
    case.build("en")
    assert len(sources(case)) == len(GONE)  # each says what it would show


def test_pictures_outside_the_book_are_not_published(case: Case) -> None:
    (case.book.root.parent / "secret.png").write_bytes(b"secret")
    texts = [
        "![key](../../secret.png)",
        '<img src="../../secret.png">',
        "![key](/../secret.png)",
        "![key](a/../../../secret.png)",
    ]
    case.write(*((f"a-{number}", text) for number, text in enumerate(texts)))
    found = [line for line in case.check() if line.endswith(("(outside-file)", "(remote-content)"))]
    assert [line.partition(":")[0] for line in found] == [f"cell `a-{number}`" for number in range(len(texts))]
    case.build("en")
    assert not [
        path
        for path in (case.book.root / "_build" / "html").rglob("*")
        if path.is_file() and path.read_bytes() == b"secret"
    ]


def test_a_link_in_a_picture_s_place_is_not_followed(case: Case) -> None:
    (case.book.root / "secret.png").write_bytes(b"secret")
    case.write(("a", "![A cube](cube.png)"))
    (case.book.root / "notebooks" / "cube.png").symlink_to(case.book.root / "secret.png")
    assert any("symbolic link" in line for line in case.check())
    case.build("en")
    assert not (case.book.root / "_build" / "html" / "en" / "notebooks" / "cube.png").exists()


def test_a_drawing_that_could_run_is_found(case: Case) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>run()</script></svg>'
    case.write(("a", "![A cube](cube.svg)"), files={"cube.svg": svg.encode()})
    assert case.rules() == {"active-content"}
    case.write(("a", "![A cube](cube.svg)"), files={"cube.svg": svg.replace("<script>run()</script>", "").encode()})
    assert case.rules() == set()


def with_attachment(cell_id: str, text: str) -> NotebookNode:
    cell = markdown(cell_id, text)
    cell["attachments"] = {"dot.png": {"image/png": PNG}, "my dot.png": {"image/png": PNG}}
    return cell


PASTED = [
    "Look:\n\n![a dot](attachment:dot.png)",
    "Look: ![a dot](attachment:my%20dot.png)",
    "Look: ![a dot](<attachment:my dot.png>)",
    "Look: ![a dot][dot]\n\n[dot]: attachment:dot.png",
    "Look:\n\n```{figure} attachment:dot.png\na dot\n```",
    f"Look: ![a dot](data:image/png;base64,{PNG})",
    f"Look: ![a dot][data]\n\n[data]: data:image/png;base64,{PNG}",
]


def test_pasted_pictures_are_shown_in_every_language(case: Case) -> None:
    case.write(*(with_attachment(f"a-{number}", text) for number, text in enumerate(PASTED)))
    for number in range(len(PASTED)):
        case.translate(f"a-{number}", ("Look", "보세요"), ("a dot", "점"))
    assert case.check() == []
    assert case.build() == []
    for language, words in (("en", "Look"), ("ko", "보세요"), ("ar", "Look")):
        assert case.page(language).get_text().count(words) == len(PASTED)
        assert shown(case, language) == [png(30, 30)] * len(PASTED)
    assert case.notebook("ko")["a-0"]["attachments"]["dot.png"]


def test_a_pasted_picture_in_html_is_shown(case: Case) -> None:
    case.write(with_attachment("a", 'Look: <img src="attachment:dot.png" alt="a dot">'))
    assert case.rules() == {"html"}
    case.build("en")
    assert sources(case) == [f"data:image/png;base64,{PNG}"]


DISHONEST = [
    ("![a](attachment:dot.png)", "![a](attachment:my%20dot.png)"),
    ("![a](attachment:dot.png)", "![a](a.png)"),
    ("![a](a.png)", "![a](attachment:dot.png)"),
    ("![a](a.png)", f"![a](data:image/png;base64,{PNG})"),
    (f"![a](data:image/png;base64,{PNG})", "![a](data:image/svg+xml;base64,PHN2Zz4=)"),
    ("![a](a.png)", "![a](a.png) ![a](a.png)"),
    ("![a](a.png)", "![a](images/a.png)"),
    ("![a](a.png)", "```{image} a.png\n```"),
    ("Words.", "[말](attachment:dot.png)"),
    ("Words ![a](a.png).", "말."),
]


def test_a_translation_shows_the_pictures_of_the_english_and_no_others(case: Case) -> None:
    case.write(*(with_attachment(f"a-{n}", english) for n, (english, _) in enumerate(DISHONEST)), files=FILES)
    for number, (_, translation) in enumerate(DISHONEST):
        case.book.translate("ko", f"case/a-{number}", translation)
    found = {line.partition(":")[0] for line in case.check()}
    assert found == {f"`case/a-{number}`" for number in range(len(DISHONEST))}
    case.build("en", "ko")
    assert sources(case, "ko") == sources(case)


def test_a_picture_of_another_kind_in_an_address_is_found(case: Case) -> None:
    case.write(("a", "![a](data:image/svg+xml;base64,PHN2Zz4=) ![b](data:text/html,x)"))
    assert case.rules() >= {"link-scheme"}
    assert case.rules() <= {"link-scheme", "active-content"}


def test_a_large_pasted_picture_is_no_part_of_the_text_to_translate(case: Case) -> None:
    large = base64_of(png(30, 30) + bytes(range(256)) * 250)
    case.write(("a", f"A picture.\n\n![image.png](data:image/png;base64,{large})\n\nIt shows a cube."))
    entry = case.book.entry("ko", "case/a")
    assert len(entry.msgid) < 120
    case.book.translate(
        "ko", "case/a", entry.msgid.replace("A picture", "그림").replace("It shows a cube", "입방체입니다")
    )
    assert case.check() == []
    assert case.build() == []
    for language in ("en", "ko", "ar"):
        assert [base64_of(each) for each in shown(case, language)] == [large]
        assert f"![image.png](data:image/png;base64,{large})" in case.notebook(language)["a"].source  # as it was pasted
    assert "입방체입니다" in case.page("ko").get_text()
    case.book.reword("case", "a", "a cube", "a large cube")
    assert case.book.entry("ko", "case/a").msgstr
    case.write(("a", case.english("a")))
    assert case.book.entry("ko", "case/a").fuzzy


def test_a_pasted_picture_that_code_shows_stays_as_it_is_written(case: Case) -> None:
    large = base64_of(bytes(range(256)))
    case.write(("a", f"Write:\n\n```md\n![x](data:image/png;base64,{large})\n```"))
    case.build("en")
    assert large in case.page().get_text()
    assert not case.page().find_all("img")


def test_messages_about_a_picture_are_cut(case: Case) -> None:
    case.write(("a", f"![x](data:image/bmp;base64,{'A' * 5000})"))
    found = case.check()
    assert found
    assert all(len(line) < 400 for line in found)


def test_a_text_that_is_too_long_to_be_looked_through_is_found_by_its_cell(case: Case) -> None:
    case.write(("a", "word " * 2500 + "[x](index.ipynb)"), ("b", "Words."))
    assert {line.partition(":")[0] for line in case.check()} == {"cell `a`"}
    case.build("en")
    assert case.page().get_text().count("word ") == 2500
