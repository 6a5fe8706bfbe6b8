"""Which calls draw, and where they take what a figure says: matplotlib, pandas, seaborn, Plotly, Bokeh, Altair.

Only calls known to draw count, and functions of the page itself that hand a text on to one: elsewhere, `label` and
`title` name columns and options of programs.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from book.notebook.code.drawing_options import pairs_of, takes_options, texts_in

# The positions of texts among a method's arguments.
_POSITIONS: dict[str, tuple[int, ...]] = {
    "annotate": (0,), "bar": (0,), "barh": (0,), "figtext": (2,), "legend": (0, 1), "set_axis_labels": (0, 1),
    "set_label": (0,), "set_title": (0,), "set_xlabel": (0,), "set_xticklabels": (0,), "set_xticks": (1,),
    "set_ylabel": (0,), "set_yticklabels": (0,), "set_yticks": (1,), "set_zlabel": (0,), "suptitle": (0,),
    "supxlabel": (0,), "supylabel": (0,), "text": (2,), "title": (0,), "xlabel": (0,), "xticks": (1,), "ylabel": (0,),
    "yticks": (1,),
}  # fmt: skip

_LABELLED = """annotate axhline axhspan axline axvline axvspan bar barh barplot colorbar contour ecdfplot errorbar fill
fill_between fill_betweenx hexbin hist histplot hlines kdeplot lineplot loglog plot plot_date plot_surface
plot_wireframe pointplot quiver regplot rugplot scatter scatterplot semilogx semilogy stackplot stairs stem step text
vlines Circle Line2D Patch Polygon Rectangle"""
_TITLED = """area bar box density_heatmap histogram imshow line pie plot scatter scatter_3d violin"""
_NAMED = """add_trace Bar Box Heatmap Histogram Scatter Scatter3d Surface Violin"""

# The keywords under which calls take texts.
_KEYWORDS: dict[str, set[str]] = {}
for _names, _keywords in [
    (_LABELLED, "label"),
    (_TITLED, "title"),
    (_NAMED, "name"),
    ("bar barh plot hist scatter", "xlabel ylabel title"),
    ("boxplot bxp pie stackplot violinplot", "labels tick_labels"),
    ("bar barh", "tick_label"),
    ("legend", "title labels"),
    ("set_xticks set_yticks xticks yticks", "labels"),
    ("set", "title xlabel ylabel zlabel label"),
    ("update_layout", "title title_text xaxis_title yaxis_title legend_title legend_title_text"),
    ("update_xaxes update_yaxes", "title title_text"),
    ("set_title set_xlabel set_ylabel suptitle title xlabel ylabel set_label", "label t s xlabel ylabel"),
    ("text figtext annotate", "s text"),
    ("Layout", "title title_text"),
    ("add_annotation", "text"),
    ("add_hline add_hrect add_vline add_vrect", "annotation_text"),
    ("heatmap clustermap", "xticklabels yticklabels"),
    ("table", "colLabels rowLabels"),
    ("figure", "title x_axis_label y_axis_label"),  # of Bokeh
    ("circle line scatter square triangle vbar hbar", "legend_label"),
    ("Axis Color Legend X Y properties", "title"),  # of Altair
    ("make_subplots", "column_titles row_titles subplot_titles x_title y_title"),
]:
    for _call in _names.split():
        _KEYWORDS.setdefault(_call, set()).update(_keywords.split())

_BARE = {name for name in _KEYWORDS if name[0].isupper() and len(name) > 1} | {
    "Figure",
    "figure",
    "make_subplots",
}  # also called without a module


@dataclass(frozen=True)
class Helper:
    """A function of the page that draws a text it is given: the positions and the keywords of such parameters."""

    positions: tuple[int, ...] = ()
    keywords: frozenset[str] = frozenset()


Helpers = Mapping[str, Helper]
NO_HELPERS: Helpers = {}


def text_arguments(call: ast.Call, helpers: Helpers = NO_HELPERS) -> Iterator[ast.expr]:
    """The arguments of a call that a figure shows."""
    name, is_method = _called(call.func)
    helper = helpers.get(name)
    known = is_method or name in _BARE
    positions = helper.positions if helper else _POSITIONS.get(name, ()) if known else ()
    keywords = helper.keywords if helper else _KEYWORDS.get(name, set()) if known else set()
    if name == "text" and all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in call.args[:2]):
        positions = ()  # a figure has a text at a place, which no words name
    yield from (call.args[at] for at in positions if at < len(call.args))
    for keyword, value in _named(call):
        if keyword in keywords:
            yield value
        if known and takes_options(name, keyword):
            yield from texts_in(keyword, value)


def _named(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """The arguments that are given by name, those in `**{"name": …}` too."""
    for each in call.keywords:
        yield from [(each.arg, each.value)] if each.arg else pairs_of(each.value)


def helpers_of(trees: Iterable[ast.AST]) -> dict[str, Helper]:
    """The functions of a page that draw a text which is handed to them, by name.

    A parameter that such a function also uses otherwise, say as a key, is none: its text would change the program.
    """
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    found: dict[str, Helper] = {}
    while True:  # a function may hand the text to another one of the page
        made = {each.name: helper for each in functions if (helper := _helper(each, found))}
        if made == found:
            return found
        found = made


def _helper(function: ast.FunctionDef, helpers: Helpers) -> Helper | None:
    arguments = function.args
    names = [each.arg for each in [*arguments.posonlyargs, *arguments.args]]
    is_method = names[:1] in (["self"], ["cls"])
    drawn, passed_on = _drawn_in(function, helpers)
    if not drawn and not passed_on:
        return None
    uses = [node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    texts = {name for name in drawn if drawn[name] == uses.count(name)}
    positions = tuple(at - is_method for at, name in enumerate(names) if name in texts)
    keywords = frozenset(name for name in [*names, *(each.arg for each in arguments.kwonlyargs)] if name in texts)
    if arguments.kwarg:
        keywords |= passed_on.get(arguments.kwarg.arg, set()) - set(names)
    return Helper(positions, keywords) if positions or keywords else None


def _drawn_in(function: ast.FunctionDef, helpers: Helpers) -> tuple[dict[str, int], dict[str, set[str]]]:
    """How often each name that is drawn is drawn, printed or asked for; and for `**names` the texts they may hold."""
    drawn: dict[str, int] = {}
    asked = Counter[str]()
    passed_on: dict[str, set[str]] = {}
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        name, _ = _called(call.func)
        for argument in text_arguments(call, helpers):
            for used in _names_in(argument):
                drawn[used] = drawn.get(used, 0) + 1
        if name == "print":
            for used in (used for argument in call.args for used in _names_in(argument)):
                asked[used] += 1
        for keyword in call.keywords:
            if keyword.arg is None and isinstance(keyword.value, ast.Name):
                known = helpers[name].keywords if name in helpers else _KEYWORDS.get(name, set())
                passed_on.setdefault(keyword.value.id, set()).update(known)
    if drawn:
        asked += _asked_in(function)
    return {name: count + asked[name] for name, count in drawn.items()}, passed_on


def _asked_in(function: ast.FunctionDef) -> Counter[str]:
    """How often each name is only asked whether it is there."""
    found: Counter[str] = Counter()
    for node in ast.walk(function):
        match node:
            case ast.If(test=ast.Name(id=name)) | ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name)):
                found[name] += 1
            case ast.Compare(left=ast.Name(id=name), ops=[ast.Is() | ast.IsNot()]):
                found[name] += 1
    return found


def _names_in(node: ast.expr) -> Iterator[str]:
    """The names whose values are a text as they are, or stand in it."""
    match node:
        case ast.Name(id=name):
            yield name
        case ast.JoinedStr(values=values):
            yield from (n for v in values if isinstance(v, ast.FormattedValue) for n in _names_in(v.value))
        case ast.List(elts=items) | ast.Tuple(elts=items):
            yield from (name for item in items for name in _names_in(item))
        case ast.IfExp(test=test, body=first, orelse=second):
            yield from (name for each in (test, first, second) for name in _names_in(each))
        case _:
            return


def _called(function: ast.expr) -> tuple[str, bool]:
    """The name that is called, and whether it is that of a method or of a module's function."""
    match function:
        case ast.Attribute(attr=name):
            return name, True
        case ast.Name(id=name):
            return name, False
        case _:
            return "", False
