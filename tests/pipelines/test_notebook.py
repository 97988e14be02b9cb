from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from pipelines.publishing.releasing import release
from schemas.periods import parse, quarters
from tests.pipelines.releases import figure, inputs, order

if TYPE_CHECKING:
    import nbformat

pytestmark = pytest.mark.slow
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "one_indicator.ipynb"
SHARES = [52, 47, 3, 50, 44, 49, 53, 46, 51, 48, 54, 45, 49, 52, 47, 55, 50, 46, 57, 82]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("home")
    every = quarters(parse("2021-22-Q3"), parse("2026-27-Q2"))
    rows = [figure("CP07", n, 215, period_id=q.id) for n, q in zip(SHARES, every, strict=True)]
    release(place, inputs(*rows), order(), {}, lambda _: None)
    return place


@pytest.fixture(scope="module")
def ran(home: Path) -> nbformat.NotebookNode:
    # Two seconds of imports, which every process of a run would pay for while it collects.
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THROUGHLINE_HOME", str(home))
        patch.setenv("JUPYTER_PLATFORM_DIRS", "1")
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return notebook


def printed(notebook: nbformat.NotebookNode) -> str:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output["text"] for output in outputs if output["output_type"] == "stream")


def drawn(notebook: nbformat.NotebookNode) -> dict[str, Any]:
    kept = (output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", []))
    return next(data["application/vnd.plotly.v1+json"] for data in kept if "application/vnd.plotly.v1+json" in data)


def test_the_notebook_says_the_finding_of_the_publication(ran):
    assert "Are children coming back onto plans?" in printed(ran)
    assert "38.1%" in printed(ran)
    assert "SYNTHETIC" in printed(ran)


def test_the_notebook_draws_a_gap_where_a_figure_is_hidden(ran):
    line = drawn(ran)["data"][0]
    values = np.frombuffer(base64.b64decode(line["y"]["bdata"]), dtype=line["y"]["dtype"])
    assert len(values) == len(SHARES)
    assert np.isnan(values[2])
    assert line["connectgaps"] is False


def test_the_notebook_marks_the_special_cause_by_its_own_shape(ran):
    concern = next(trace for trace in drawn(ran)["data"] if trace["name"] == "concern")
    assert list(concern["x"]) == ["2026-27 Q2"]
    assert concern["marker"]["symbol"] == "diamond"


def test_the_notebook_writes_no_warning(ran):
    errors = [output for cell in ran.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"]
    assert errors == []


def test_the_notebook_is_kept_without_what_it_printed():
    import nbformat

    kept = nbformat.read(NOTEBOOK, as_version=4)
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in kept.cells)
