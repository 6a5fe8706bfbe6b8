"""The norm explorer's numbers are Keras's: a thousand random settings in Colab's runtime, and in the browser."""

from __future__ import annotations

import json
import math
import subprocess
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser

from bench.browsing.chromium import CHROMIUM
from book.site.theme.stylesheet import EXPLORER
from tests import ROOT
from tests.browser import explorer_cases
from tests.browser.explorer_cases import KINDS, Case, cases

COUNT = 1050
PYTHON = ROOT / ".venv-colab" / "bin" / "python"
# Keras works in 32 bits, the browser in 64.
RELATIVE = ABSOLUTE = 1e-4
# The arrays are (samples, height, width, channels) in Keras, (samples, channels, pixels) in the explorer.
EXPLORE = """(cases) => cases.map(({ kind, shape, batches, gamma, beta, epsilon, momentum }) => {
  const norm = kind === "inference" ? "batch" : kind;
  const x = batches.pop();
  let moving = { mean: Array(shape.channels).fill(0), variance: Array(shape.channels).fill(1) };
  for (const batch of batches) moving = step(batch, shape, moving, momentum);
  const made = normalize(norm, x, shape, { gamma, beta, epsilon, moving: kind === "inference" ? moving : undefined });
  return made.map((each) => each.y);
})"""

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
    pytest.mark.skipif(not PYTHON.exists(), reason="the runtimes are not installed: run `make runtimes`"),
]


@pytest.fixture(scope="module")
def settings() -> list[Case]:
    return cases(COUNT, seed=14)


@pytest.fixture(scope="module")
def of_keras(settings: list[Case]) -> list[Any]:
    done = subprocess.run(
        [PYTHON, explorer_cases.__file__], input=json.dumps(settings), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [flat(result) for result in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def of_explorer(settings: list[Case], browser: Browser) -> list[Any]:
    page = browser.new_page()
    page.add_script_tag(path=EXPLORER / "norms.js")
    found = page.evaluate(EXPLORE, [as_the_explorer_has_it(case) for case in settings])
    page.close()
    return [np.array(each) for each in found]


def flat(values: Any) -> Any:
    """(samples, height, width, channels) as the explorer's flat (samples, channels, pixels)."""
    array = np.asarray(values)
    return np.moveaxis(array, -1, 1).reshape(-1) if array.ndim == 4 else np.moveaxis(array, -1, 0).reshape(-1)


def as_the_explorer_has_it(case: Case) -> Case:
    _, height, width, channels = np.shape(case["batches"][0])
    shape = {"channels": channels, "pixels": height * width, "groups": case["groups"]}
    trained = {key: flat(case[key]).tolist() for key in ("gamma", "beta")}
    return {**case, **trained, "shape": shape, "batches": [flat(batch).tolist() for batch in case["batches"]]}


@pytest.mark.parametrize("kind", KINDS)
def test_the_explorer_shows_what_keras_computes(
    settings: list[Case], of_keras: list[Any], of_explorer: list[Any], kind: str
) -> None:
    found = [number for number, case in enumerate(settings) if case["kind"] == kind]
    assert len(found) == COUNT // len(KINDS)
    for number in found:
        np.testing.assert_allclose(
            of_explorer[number], of_keras[number], RELATIVE, ABSOLUTE, err_msg=str(settings[number])
        )


def test_another_norm_would_not_pass_for_it(settings: list[Case], of_keras: list[Any], browser: Browser) -> None:
    """Layer norm over each pixel is not what the paper's computes: the comparison tells them apart."""
    page = browser.new_page()
    page.add_script_tag(path=EXPLORER / "norms.js")
    case = next(
        each for each in settings if each["kind"] == "group" and 1 < each["groups"] < np.shape(each["gamma"])[0]
    )
    (made,) = page.evaluate(EXPLORE, [as_the_explorer_has_it({**case, "kind": "instance"})])
    page.close()
    assert not np.allclose(made, of_keras[settings.index(case)], RELATIVE, ABSOLUTE)


def test_all_equal_values_without_epsilon_are_no_number(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(path=EXPLORER / "norms.js")
    case = {"gamma": [1], "beta": [0], "epsilon": 0, "momentum": 0, "batches": [[2.0, 2.0]]}
    shape = {"channels": 1, "pixels": 2, "groups": 1}
    (made,) = page.evaluate(EXPLORE, [{**case, "kind": "batch", "shape": shape}])
    page.close()
    assert all(math.isnan(each) for each in made)
