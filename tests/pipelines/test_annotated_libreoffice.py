"""The marked copy as another spreadsheet program takes it: it opens, and what it saves still holds marks, comments and links."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from pipelines.checking import annotate
from tests.pipelines.rich_book import problem, report_of, rich, with_a_conversation
from tests.pipelines.test_annotated_in_place import CELLS, ERROR, PROBLEMS, fill, opened

SOFFICE = shutil.which("soffice")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here")]


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("libreoffice")
    path = with_a_conversation(rich(folder / "rich.xlsx"))
    annotate(path, report_of(path, *PROBLEMS), folder / "marked.xlsx")
    for kind in ("pdf", "xlsx"):
        done = subprocess.run(
            [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
             "--outdir", folder / "out", folder / "marked.xlsx"],
            capture_output=True, text=True, timeout=120, check=False, env=os.environ | {"HOME": str(folder)},
        )  # fmt: skip
        assert done.returncode == 0
        assert "error" not in (done.stdout + done.stderr).lower()
    return folder


def test_it_prints(converted):
    assert (converted / "out/marked.pdf").read_bytes().startswith(b"%PDF")


def test_its_marks_notes_links_and_results_outlast_another_programs_saving(converted):
    book = opened(converted / "out/marked.xlsx")
    sheet, listed = book["Figures"], book["Problems"]
    assert book.sheetnames[:4] == ["Problems", "Figures", "Year's end", "Lists"]
    assert {cell: fill(sheet[cell]) for cell in CELLS} == dict.fromkeys(CELLS, ERROR)
    assert "B2: this is wrong." in sheet["B2"].comment.text and "Ask Finance" in sheet["B2"].comment.text
    assert all("this is wrong." in sheet[cell].comment.text for cell in CELLS)
    links = [row[1].hyperlink.location for row in listed.iter_rows(min_row=5) if row[1].hyperlink]
    assert len(links) == 8 and any("D3" in link for link in links)
    assert listed.auto_filter.ref == "A4:F13"  # where panes are frozen it forgets of every sheet, the analyst's too
    assert opened(converted / "marked.xlsx")["Figures"]["D3"].value == sheet["D3"].value == "=B3/C3"


def test_what_it_saved_is_checked_and_marked_again_without_doubling(converted):
    path = converted / "out/marked.xlsx"
    annotate(path, report_of(path, problem("D3")), converted / "again.xlsx")
    book = opened(converted / "again.xlsx")
    sheet = book["Figures"]
    assert book.sheetnames.count("Problems") == 1
    assert sheet["D3"].comment.text.count("this is wrong.") == 1
    assert sheet["B2"].comment.text.strip() == "Ask Finance"
    assert [fill(sheet[cell]) for cell in ("D3", "B2")] == [ERROR, "00000000"]
    assert all(sheet[cell].comment is None for cell in ("A8", "G4", "C40"))
