"""Pictures in figures: lighter, and the same to the eye."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests import ROOT

PYTHON = ROOT / ".venv-addons" / "bin" / "python"
PICTURES = """
import base64, io, json, re, sys
import matplotlib
matplotlib.use("svg")
import matplotlib.pyplot as plt
import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from matplotlib_inline.backend_inline import set_matplotlib_formats
from PIL import Image
from book.runtime.pictures import load_ipython_extension

shell = InteractiveShell.instance()
load_ipython_extension(shell)
set_matplotlib_formats("svg")

def read(svg):
    (picture,) = re.findall('data:image/png;base64,([^"]*)', svg)
    return len(picture), np.asarray(Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGBA"), int)

def compared(pixels):
    made, ax = plt.subplots()
    ax.imshow(pixels, interpolation="none")
    bare = io.StringIO()
    made.savefig(bare, format="svg")
    before, old = read(bare.getvalue())
    after, new = read(shell.display_formatter.format(made)[0]["image/svg+xml"])
    off = np.abs(old - new)
    return {"before": before, "after": after, "off": float(off.mean()), "most": int(off.max())}

y, x = np.mgrid[0:40, 0:60] / 60
noise = np.random.default_rng(1).normal(0, 0.02, (40, 60, 3))
photograph = np.stack([x, y, (x + y) / 2], axis=-1) + noise
json.dump({
    "map of colours": compared(noise[..., 0]),
    "photograph": compared(photograph.clip(0, 1)),
    "transparent": compared(np.stack([x, y, x, y], axis=-1)),
}, sys.stdout)
"""

pytestmark = pytest.mark.skipif(not PYTHON.exists(), reason="the runtimes are not installed: run `make runtimes`")


@pytest.fixture(scope="module")
def compared() -> Any:
    """Pictures as matplotlib stores them beside ours: letters before and after, how far (0 to 255) their pixels are."""
    done = subprocess.run([PYTHON, "-c", PICTURES], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_picture_of_few_colours_stays_as_it_is_and_is_lighter(compared: Any) -> None:
    assert compared["map of colours"]["most"] == 0
    assert compared["map of colours"]["after"] < compared["map of colours"]["before"]


def test_a_photograph_is_a_fraction_and_looks_the_same(compared: Any) -> None:
    assert compared["photograph"]["after"] < compared["photograph"]["before"] / 2
    assert compared["photograph"]["off"] < 5


def test_what_shines_through_is_left_alone(compared: Any) -> None:
    assert compared["transparent"]["most"] == 0
    assert compared["transparent"]["after"] == compared["transparent"]["before"]
