"""A return saved by LibreOffice, in its own format and in those of others, says what it said."""

from __future__ import annotations

import shutil
import subprocess

import openpyxl
import pandas as pd
import pytest

from pipelines.checking import check
from tests.pipelines.good_return import TODAY, good_book

SOFFICE = shutil.which("soffice")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here")]


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    path = good_book().write(tmp_path_factory.mktemp("original") / "return.xlsx")
    book = openpyxl.load_workbook(path)
    book["Figures"].row_dimensions[6].hidden = True
    book["Figures"].column_dimensions["I"].hidden = True
    book.save(path)
    return path


@pytest.mark.parametrize("ending", ["ods", "xls", "xlsx:Calc Office Open XML"])
def test_a_return_saved_in_another_format_is_read_alike(original, tmp_path, ending):
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", ending, "--outdir", str(tmp_path), str(original)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = check(tmp_path / f"return.{ending.partition(':')[0]}", today=TODAY)
    was = check(original, today=TODAY)
    assert (saved.verdict, saved.rows_accepted) == ("accepted", was.rows_accepted)
    pd.testing.assert_frame_equal(saved.figures, was.figures)
    hidden, as_it_was = ([p.message for p in each.problems if p.rule == "figures_are_hidden"] for each in (saved, was))
    assert hidden == as_it_was
    assert "row 6 and column I" in hidden[0]
