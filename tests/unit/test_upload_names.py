"""A file that is dropped is kept for its check under whatever name it has."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from app import uploads
from pipelines.reading.guard import contents
from schemas.problems import UserError

LONG = "é" * 250


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Q2.csv", "Q2.csv"),
        ("Q2\0 final.csv", "Q2 final.csv"),
        ("sent/../Q2\n.csv", "Q2 .csv"),
        ("C:\\returns\\Q2.xlsx", "Q2.xlsx"),
        ("Q2\udcff.csv", "Q2?.csv"),
        ("..", "return.xlsx"),
        ("\0", "return.xlsx"),
        (f"{LONG}.csv", f"{'é' * 124}….csv"),
        ("x." + "y" * 300, "x." + "y" * 250 + "…"),
    ],
)
def test_a_file_is_kept_under_its_own_name_as_far_as_a_disk_can_hold_it(sent, kept):
    file = SimpleNamespace(name=sent, getvalue=lambda: b"Agency,Period")
    with uploads._kept(file) as path:  # noqa: SLF001 - the folder is gone again once it is left
        assert (path.name, path.read_bytes()) == (kept, b"Agency,Period")
        assert [each.name for each in path.parent.iterdir()] == [kept]
        folder = path.parent
    assert not folder.exists()


def test_a_longer_name_than_a_file_can_have_is_said_to_be_that():
    with pytest.raises(UserError, match="has a longer name than a file can have"):
        contents(Path(f"{LONG}{LONG}.csv"))
