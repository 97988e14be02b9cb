from __future__ import annotations

import shutil
import tomllib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from sample_data.files import write_workbook
from sample_data.own_sheets import layout, police
from sample_data.returns import World
from schemas.catalogue import catalogue
from schemas.catalogue.mappings import FileMapping
from schemas.layouts import loaded, written
from schemas.periods import parse
from tests.docs.blocks import HOW_TO, ROOT, blocks, commands, pages
from tests.pipelines.agreed import invented
from tests.pipelines.assessment_book import answered, registered, school

if TYPE_CHECKING:
    from pathlib import Path

OPENS_A_SERVER = {"serve", "demo"}
BY_HAND = {"--moderated"}  # loads a workbook that somebody has filled in between
REFERRALS = """\
time_period,geographic_level,country_code,region_code,old_la_code,new_la_code,referral_count,rereferral_count,not_in_need_count
2026,National,E92000001,,,,650000,145000,200000
2026,Local authority,E92000001,E12000003,383,E08000035,10400,2500,4300
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    sent = next(World(catalogue()).returns("lch", parse("2026-27-Q2")))
    return write_workbook(sent, catalogue(), folder)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Path:
    from pipelines.flows import returns
    from schemas.actors import Actor

    place = invented(tmp_path_factory.mktemp("home"))
    at = datetime(2026, 10, 26, 16, 5, tzinfo=UTC)
    returns.submit(place, Actor("Business unit", "business_unit"), filled, at)
    nursery = school(respondent_id="EY-0031", instrument="Early years", name="Acorns Nursery", sector="Early years")
    registered(place, school(), nursery)
    (place / "register-0.xlsx").unlink()
    (place.parent / "replies").mkdir(exist_ok=True)
    answered(place, place.parent / "replies" / "SCH-0142.xlsx")
    return place


def example_of_access() -> str:
    """The list as the page that says how to write it shows it."""
    blocks = (HOW_TO / "sign-in.md").read_text("utf-8").split("```toml\n")[1:]
    return next(block.partition("```")[0] for block in blocks if "[[person]]" in block)


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted(HOW_TO.glob("*.md")), ids=lambda page: page.name)
def test_every_command_of_a_how_to_page_runs(page, home, filled, tmp_path, monkeypatch):
    shutil.copytree(home, tmp_path / "home")
    shutil.copytree(home.parent / "replies", tmp_path / "replies")
    (tmp_path / "referrals_2026.csv").write_text(REFERRALS, encoding="utf-8")
    shutil.copy(police().write(tmp_path), tmp_path / "scorecard.xlsx")
    (tmp_path / "home" / "access.toml").write_text(example_of_access(), encoding="utf-8")
    (tmp_path / "police.toml").write_text(written(layout("police")), encoding="utf-8")
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    for words in commands(page):
        if words[0] in OPENS_A_SERVER or words[-1] in BY_HAND:
            continue
        if words[0] == "withdraw-publication":  # its id is another in every home
            words[1] = max(path.stem for path in tmp_path.glob("home/publications/*/*.duckdb"))
        ran = CliRunner().invoke(main, words)
        assert ran.exit_code == 0, f"throughline {' '.join(words)}: {ran.output}{ran.exception or ''}"
        if words[0] == "template" and words[1] != "self_assessment":
            shutil.copy(filled, words[words.index("-o") + 1])


def test_every_command_of_every_page_has_the_options_it_is_shown_with():
    for page in pages():
        for words in commands(page):
            name, command, rest = _found(words)
            command.make_context(name, rest, **main.context_settings)


def _found(words: list[str]) -> tuple[str, click.Command, list[str]]:
    command: click.Command = main
    name, rest = "throughline", words
    while isinstance(command, click.Group):
        name, below, rest = command.resolve_command(click.Context(command, **main.context_settings), rest)
        assert below is not None, f"there is no command {' '.join(words)}"
        command = below
    return str(name), command, rest


def test_the_mapping_shown_as_a_pattern_is_a_mapping():
    shown = [tomllib.loads(block) for block in blocks(HOW_TO / "official-statistics.md", "toml")]
    pattern = next(block for block in shown if "figures" in block)
    assert FileMapping.model_validate({"id": "pattern", **pattern}).needs == ("enquiries",)


def test_the_layout_shown_is_a_layout_and_reads_rows_of_the_sample():
    (shown,) = blocks(HOW_TO / "bring-your-own-spreadsheet.md", "toml")
    assert set(loaded(shown).labels) < set(layout("police").labels)


def test_the_message_for_a_renamed_column_is_the_one_shown(tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path / "home"))
    path = tmp_path / "referrals_2027.csv"
    path.write_text(REFERRALS.replace("rereferral_count", "repeat_referrals"), encoding="utf-8")
    said = CliRunner().invoke(main, ["benchmarks", str(path)]).output
    shown = " ".join(blocks(HOW_TO / "official-statistics.md", "text")[0].split())
    before, after = shown.split("…")
    assert before in said
    assert after.lstrip(").") in said


def test_the_home_folder_holds_what_the_page_says(home):
    shown = (HOW_TO / "install.md").read_text(encoding="utf-8")
    assert [path.name for path in home.iterdir() if f"`{path.name}" not in shown] == []


def test_the_days_of_a_quarter_are_those_that_are_set():
    said = " ".join((HOW_TO / "run-the-quarter.md").read_text(encoding="utf-8").split())
    set_to, due = catalogue().cycle, catalogue().calendar["figures"].due_days
    for words in (
        f"| {due} days later",
        f"| {set_to.queries_close_after} working days after returns are due |",
        f"| {set_to.preview_before} working days before the release |",
        f"| {set_to.release_before} working day before the papers go out |",
        f"| {set_to.papers_before} working days before the meeting |",
        f"| {set_to.meeting_after} working days after the quarter,",
    ):
        assert words in said


def test_the_install_lines_name_files_that_are_there():
    assert (ROOT / "requirements.lock").exists()
    assert "-r requirements.lock" in (HOW_TO / "install.md").read_text(encoding="utf-8")
