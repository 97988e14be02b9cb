"""Every part of a package is searched or the file is refused; binary workbooks are searched as well."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.checking import check
from pipelines.checking.person_level import findings
from pipelines.reading import read
from pipelines.reading.swept import LIMIT
from schemas.problems import UserError
from tests.pipelines.good_return import TODAY

pytestmark = pytest.mark.slow
NUMBER = "943 476 5919"
BINARY = Path(__file__).parents[3] / "shared" / "badfiles"


def with_part(source: Path, path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as new:
        for each in old.namelist():
            new.writestr(each, old.read(each))
        new.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["customXml/item1.xml", "xl/embeddings/oleObject1.bin"])
def test_a_part_too_large_to_be_searched_refuses_the_file(tmp_path, name):
    plain = tmp_path / "plain.xlsx"
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet().write(0, 0, "a")
    hidden = NUMBER.encode() + b"</a>"
    large = with_part(plain, tmp_path / "r.xlsx", name, b"<a>" + b" " * (LIMIT + 1) + hidden)
    report = check(large, today=TODAY)
    assert report.exit_code == 2
    assert "too large to be searched for people's details" in report.problems[0].message
    assert NUMBER not in report.problems[0].message


def binary() -> Path:
    found = next(iter(sorted(BINARY.glob("*/*.xlsb"), key=_readable_last)), None)
    if found is None or _readable_last(found):
        pytest.skip("the collection of broken files is not beside the repository")
    return found


def _readable_last(path: Path) -> bool:
    try:
        return bool(findings(read(path)))
    except UserError:
        return True


@pytest.mark.parametrize("name", ["xl/comments1.bin", "docProps/custom.xml", "xl/printed.bin", "customXml/item1.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_words_planted_in_a_binary_workbook_are_found(tmp_path, name, encoding):
    if name.endswith(".xml") and encoding != "utf-8":
        name = name.replace(".xml", ".bin")
    content = f"<a><lpwstr>NHS {NUMBER}</lpwstr></a>".encode(encoding)
    planted = with_part(binary(), tmp_path / "r.xlsb", name, content)
    assert {found.what for found in findings(read(planted))} == {"NHS numbers"}
