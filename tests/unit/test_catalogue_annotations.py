from __future__ import annotations

import shutil

import pytest

from schemas.catalogue import CatalogueError, load
from schemas.catalogue.loading import FOLDER

GOOD = """
[one]
kind = "event"
from_day = 2023-10-01
label = "Fourteen chars\\nand two lines"
text = "Said in full."
noted_by = "Children and Families"
indicator_ids = ["CP05"]
"""


@pytest.fixture
def loaded(tmp_path):
    """The catalogue with other annotations in it: its entries, or what it says is wrong with them."""
    folder = tmp_path / "catalogue"
    shutil.copytree(FOLDER, folder)

    def load_with(old: str = "", new: str = ""):
        assert old in GOOD
        (folder / "annotations.toml").write_text(GOOD.replace(old, new, 1) if old else GOOD, encoding="utf-8")
        try:
            return load(folder).annotations
        except CatalogueError as refused:
            return [str(fault) for fault in refused.faults]

    return load_with


def test_two_lines_of_fourteen_characters_are_a_label(loaded):
    assert loaded()["one"].label == "Fourteen chars\nand two lines"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('["CP05"]', '["CP95"]', "annotations.toml, one, indicator_ids: “CP95” is not in indicators/."),
        ('indicator_ids = ["CP05"]', 'domains = ["Child protectoin"]',
         "annotations.toml, one, domains: “Child protectoin” is not in indicators/. Did you mean “Child protection”?"),
        ('indicator_ids = ["CP05"]', "",
         "annotations.toml, one, indicator_ids: is empty, and so are domains. Name the indicators or the domains"),
        ("Fourteen chars", "Fifteen letters",
         "annotations.toml, one, label: “Fifteen letters” has 15 characters; a line has room for 14."),
        ("and two lines", "and\\nthree", "annotations.toml, one, label: has 3 lines; a chart has room for 2."),
        ("2023-10-01", "2021-06-30",
         "annotations.toml, one, from_day: is 30 June 2021, before the first figures (1 October 2021)."),
        ('"event"', '"rumour"', "annotations.toml, one, kind: is “rumour”; it must be"),
        ('noted_by = "Children and Families"\n', "", "annotations.toml, one, noted_by: is missing. Add it."),
        ("text =", "txt =", "annotations.toml, one, text: is missing. Add it."),
    ],
)  # fmt: skip
def test_what_no_chart_could_carry_is_named_with_its_place(loaded, old, new, fault):
    said = loaded(old, new)
    assert any(each.startswith(fault) for each in said), said


def test_the_first_day_of_the_first_figures_is_not_too_early(loaded):
    assert "one" in loaded("2023-10-01", "2021-10-01")
