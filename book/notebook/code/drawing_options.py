"""The texts of a figure that stand in dictionaries: `cbar_kws={"label": …}`, `title=dict(text=…)`, `layout={…}`.

seaborn, Plotly and matplotlib take options of parts of a figure so. Only what is known to be shown counts: other keys
name columns, colours and settings.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

# The keywords under which calls take dictionaries.
_OPTIONS: dict[str, set[str]] = {}
for _names, _keywords in [
    (
        """area bar box choropleth density_contour density_heatmap ecdf funnel histogram imshow line line_3d pie scatter
        scatter_3d scatter_matrix strip sunburst treemap violin""",
        "labels title",
    ),
    ("Figure FigureWidget Layout update_layout", "layout title xaxis yaxis legend annotations coloraxis scene"),
    ("update_xaxes update_yaxes update_coloraxes update_traces", "title colorbar marker"),
    ("Bar Contour Heatmap Histogram2d Scatter Scatter3d Surface", "colorbar marker"),
    ("subplot subplots add_subplot", "subplot_kw"),
]:
    for _call in _names.split():
        _OPTIONS.setdefault(_call, set()).update(_keywords.split())
_SEABORN = """catplot clustermap displot heatmap histplot jointplot kdeplot lmplot pairplot regplot relplot"""
_KWS = re.compile(r"\w+_kws")

_TEXTS = re.compile(r"title|text|label|[xyz]label|ticktext|title_text|(?:[xyz]axis|legend|colorbar)_title(?:_text)?")
_PARTS = re.compile(
    r"title|subtitle|layout|[xyz]axis\d*|legend\d*|annotations|coloraxis\d*|colorbar|marker|scene\d*|subplot_kw|\w+_kws"
)
_AS_DICTIONARIES = {"dict", "Annotation", "ColorBar", "Layout", "Legend", "Scene", "Title", "XAxis", "YAxis", "ZAxis"}


def takes_options(call: str, keyword: str) -> bool:
    """Does the function or method take a dictionary with texts under this keyword?"""
    found = _OPTIONS.get(call, set())
    return keyword in found or (call in _SEABORN.split() and bool(_KWS.fullmatch(keyword)))


def texts_in(name: str, value: ast.expr) -> Iterator[ast.expr]:
    """The texts in the dictionary that is given as `name`; none where it is no dictionary."""
    pairs = pairs_of(value)
    for key, inner in pairs:
        if name == "labels" or (_TEXTS.fullmatch(key) and not pairs_of(inner)):
            yield inner
        elif _PARTS.fullmatch(key):
            yield from texts_in(key, inner)
    if isinstance(value, ast.List | ast.Tuple) and not pairs:
        for item in value.elts:
            yield from texts_in(name, item)


def pairs_of(value: ast.expr) -> list[tuple[str, ast.expr]]:
    """Names and values of a dictionary that is written as `{…}`, `dict(…)` or a part of a Plotly figure."""
    match value:
        case ast.Dict(keys=keys, values=values):
            return [
                (str(key.value), inner)
                for key, inner in zip(keys, values, strict=True)
                if isinstance(key, ast.Constant)
            ]
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), keywords=keywords) if name in _AS_DICTIONARIES:
            return [(each.arg, each.value) for each in keywords if each.arg]
        case _:
            return []
