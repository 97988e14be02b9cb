"""Words that must go are found wherever they stand, in whatever spelling, and are never said again."""

from __future__ import annotations

import io

import openpyxl
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.flows import finding
from pipelines.reading.looked_for import LookedFor
from pipelines.store import files, keys, layouts
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.layouts.layout import Layout, LeftOut, Place, SheetMap
from schemas.problems import UserError
from tests.pipelines.removed_home import CAME, LOG, NAME, SLIPPED, STEWARD, filled, published

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The home in which the name is everywhere it can get."""
    place = tmp_path_factory.mktemp("named")
    filled(place)
    published(place)
    with transaction(place, write=True) as vault:
        for title, words in (("Our scorecard", f"Left out: {NAME}"), (f"Sheet of {NAME}", "Left out")):
            left_out = (LeftOut(words=words, reason="It is no figure"),)
            table = SheetMap(names={"indicator": "Measure"}, places=(Place(heading="Q2"),))
            made = Layout(id=f"sheet-{len(words)}", agency_id="ltht", title=title, sheets=(table,), left_out=left_out)
            layouts.keep(vault, made, by="an.analyst", at=CAME)
    (place / "settings.toml").write_text(f"# asked for by {NAME}\n", encoding="utf-8")
    return place


def test_every_place_is_named_and_the_words_are_not(home):
    said = list(finding.find(home, STEWARD, " zebulon   QUILLFEATHER\n"))
    together = "\n".join(said)
    for place in (
        f"{SLIPPED}: ", "Figures!", "the name of its file", "its cover", "what was mended in Figures!H8", f"{LOG}: Heard!2 (said)",
        "in the table of draft", "ltht.sheet-30 “Our scorecard”, version 1.", "ltht.sheet-8, version 1.", f"The file of {SLIPPED} (SHA-256", f"The file of {LOG}", "commentary.what_happened",
        "In the file settings.toml.", "Not looked into: backup.20261101T020000Z",
    ):  # fmt: skip
        assert place in together, place
    assert "quillfeather" not in together.casefold()


def test_files_of_an_earlier_home_with_another_key_are_counted_and_not_listed(tmp_path):
    with transaction(tmp_path, write=True):
        pass
    for folder, names in (("replaced-20261117T093000Z/files", "abc"), ("replaced-20261118T093000Z/files", "d")):
        (tmp_path / folder).mkdir(parents=True)
        for name in names:
            sealed = files.stored(NAME.encode(), name * 64, keys.of(keys.new(), "a test"))
            (tmp_path / folder / (name * 64)).write_bytes(sealed)
    said = list(finding.find(tmp_path, STEWARD, NAME))
    assert said[:2] == [
        "3 files in replaced-20261117T093000Z/files are encrypted and could not be opened, so they were not looked through.",
        f"The file replaced-20261118T093000Z/files/{'d' * 64} is encrypted and could not be opened, so it was not looked through.",
    ]


def test_words_that_stand_nowhere_are_said_to_and_short_ones_refused(home):
    assert (
        next(iter(finding.find(home, STEWARD, "Nobody Atall")))
        == "Nowhere in what this home holds do these words stand."
    )
    with pytest.raises(UserError, match="at least 3 letters"):
        list(finding.find(home, STEWARD, "J. "))
    with pytest.raises(UserError, match="needs the role"):
        list(finding.find(home, Actor("a", "analyst", "ltht"), NAME))


def test_the_command_asks_for_them_on_its_input_and_takes_none_as_an_argument(home, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    done = CliRunner().invoke(main, ["find"], input=f"{NAME}\n")
    assert done.exit_code == 0 and SLIPPED in done.stdout and NAME not in done.output
    assert CliRunner().invoke(main, ["find", NAME]).exit_code == 2
    with_name = [path for path in home.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]
    assert list(finding.find(home, STEWARD, NAME)) and with_name == [
        path for path in home.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()
    ]


def workbook(*cells: object) -> bytes:
    book = openpyxl.Workbook()
    for number, value in enumerate(cells, 1):
        book.active.cell(number, number, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


RICH = openpyxl.cell.rich_text.CellRichText(
    "Zeb", openpyxl.cell.rich_text.TextBlock(openpyxl.cell.text.InlineFont(b=True), "ulon Quill"), "feather"
)


@pytest.mark.parametrize(
    "content",
    [
        workbook("Rang Zebulon\u00a0Quillfeather’s aunt"), workbook(RICH, "beside"), b"a,Zebulon,Quillfeather\n",
        "Z\u00e9bulon QUILLFEATHER".encode("utf-16"), "Z\u00e9bulon Quillfeather".encode("cp1252"),
        b"\xd0\xcf\x11\xe0" + "Zebulon Quillfeather".encode("utf-16-le"),
    ],
    ids=["a workbook", "in pieces", "in two cells", "UTF-16", "an old code page", "an old workbook"],
)  # fmt: skip
def test_a_file_is_looked_through_in_every_spelling(content):
    assert LookedFor("zebulon quillfeather").stands_in_file(content)
    assert not LookedFor("Zeb").stands_in_file(b"Zebulon")
    assert "zebulon" not in repr(LookedFor("zebulon quillfeather"))


def test_a_file_that_cannot_be_unpacked_is_said_and_not_passed_over():
    with pytest.raises(UserError, match="cannot be unpacked"):
        LookedFor(NAME).stands_in_file(b"PK\x03\x04 and no more")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("zebulon quill", "zebulonquill"), ("Zebulon Quill", "Quill, Zebulon"), ("Quill", "Qu\u00adi\u200bll"),
        ("Michal", "Micha\u0142 came"), ("Soren", "S\u00f8ren"), ("O\u2019Neil", "ONeil"), ("Zoe", "Zo\u00eb2"), ("Yildiz", "Y\u0131ld\u0131z"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_people_write_it(words, text):
    assert LookedFor(words).stands_in(text)
