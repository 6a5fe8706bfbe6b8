"""What programs that open a notebook are told in its metadata: which cells are folded, and what a figure shows."""

from __future__ import annotations

from nbformat import NotebookNode

from book.notebook.tags import INPUT_CLOSED, OUTPUT_CLOSED, has_tag
from book.notebook.texts import alt_text

# What tests read: what a cell's results rest on, where its figures lie, how long a copy trains.
FOR_TESTS = ("claims", "bands", "quick")


def tell_viewers(node: NotebookNode) -> None:
    """Change the metadata of a code cell that is published: it is folded where the site folds it."""
    jupyter = dict(node.metadata["jupyter"]) if isinstance(node.metadata.get("jupyter"), dict) else {}
    if has_tag(node, INPUT_CLOSED):  # JupyterLab and VS Code, Colab, Kaggle
        jupyter["source_hidden"] = True
        node.metadata |= {"cellView": "form", "_kg_hide-input": True}
    if has_tag(node, OUTPUT_CLOSED):
        jupyter["outputs_hidden"] = True
        node.metadata |= {"collapsed": True, "_kg_hide-output": True}
    if jupyter:
        node.metadata["jupyter"] = jupyter
    if alternative := alt_text(node):
        for output in node.outputs:
            if "image/svg+xml" in output.get("data", {}):  # nbconvert looks for it beside the PNG
                output.metadata["image/png"] = {**output.metadata.get("image/png", {}), "alt": alternative}
