"""The marked copy of each file that breaks other readers, where they lie beside the project."""

from __future__ import annotations

from xml.etree.ElementTree import ParseError

import pytest

from pipelines.checking import annotate
from pipelines.reading import read
from schemas.problems import UserError
from tests.pipelines.package_faults import faults
from tests.pipelines.rich_book import parts_of, problem, report_of
from tests.pipelines.test_bad_files import FILES

WORKBOOKS = [path for path in FILES if path.suffix != ".csv"]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not FILES, reason="the bad files lie beside the project, not in it")]


def found(path):
    """What is wrong with a package; of one too far from the usual, nothing can be said."""
    try:
        return set(faults(path))
    except (ParseError, KeyError, ValueError):
        return None


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_comes_back_marked_with_its_values_and_as_sound_as_it_was(path, tmp_path):
    try:
        before = read(path)
    except UserError:
        pytest.skip("what cannot be read has no copy")
    names = [sheet.name for sheet in before.sheets if sheet.visible]
    out = tmp_path / "out.xlsx"
    annotate(path, report_of(path, problem("A1", sheet=names[0]), problem("ZZ999", "query", sheet=names[-1])), out)
    after = read(out)
    kept = [sheet for sheet in before.sheets if sheet.visible or "stand here in a new workbook" not in lost(out)]
    for was, now in zip(kept, after.sheets[1:], strict=True):
        assert [row for row in map(bare, was.rows) if row] == [row for row in map(bare, now.rows) if row]
    faulty = found(path) if path.suffix == ".xlsx" else set()
    assert faulty is None or (found(out) is not None and found(out) <= faulty)
    assert any(b"Throughline check:" in part for name, part in parts_of(out).items() if "comments" in name)


def bare(row):
    return [cell for cell in row if cell is not None]


def lost(path):
    return str(read(path).sheets[0].rows[2][0] or "")
