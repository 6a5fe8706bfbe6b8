"""Figures with their size."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.site.sphinx_ext.images import placed


@pytest.fixture
def figure(tmp_path: Path) -> Path:
    path = tmp_path / "one.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="460.8pt" height="259.2pt"></svg>')
    return path


def test_a_figure_has_its_size_in_pixels(figure: Path) -> None:
    made = placed('<p><img alt="A" src="../_images/one.svg" /></p>', lambda name: figure)
    size = 'width="614" height="346" style="aspect-ratio: 614/346"'
    assert made == f'<p><img alt="A" src="../_images/one.svg" {size} /></p>'


def test_all_figures_but_the_first_are_loaded_late(figure: Path) -> None:
    made = placed('<img src="../_images/one.svg" />' * 3, lambda name: figure)
    assert [part.count('loading="lazy"') for part in made.split("<img")[1:]] == [0, 1, 1]


def test_an_image_that_is_not_the_books_keeps_its_tag() -> None:
    assert placed('<img src="elsewhere.png" />', lambda name: None) == '<img src="elsewhere.png" />'
