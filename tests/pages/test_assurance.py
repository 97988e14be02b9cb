"""Assurance as a reader finds it: what disagrees first, agency by agency for the Executive, and for nobody else."""

from __future__ import annotations

import re

import pytest

from tests.pages.assurance_tables import of_all, tables
from tests.pages.learning_tables import ODD, hostile, publish
from tests.pages.opening import markup, opened, words

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("assurance")
    publish(place, tables(), audience="executive")
    publish(place, of_all(), audience="partnership")
    publish(place, {}, audience="public")
    return place


@pytest.fixture
def shown(demonstration, home, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    return home


@pytest.fixture
def fresh(demonstration):
    return demonstration


FULL_MARKS = "Adult Social Care scores itself 3 on information sharing; 6 of 9 audited cases were graded below good."


@pytest.mark.usefixtures("shown")
def test_full_marks_that_others_contradict_are_the_title_and_the_first_sentence():
    said = words(opened("assurance"))
    assert "One agency gives full marks that other evidence contradicts" in said
    assert said.count(FULL_MARKS) == 2
    assert "Full marks, which audits contradict · Information sharing · Leeds City Council, Adult Social Care" in said


@pytest.mark.usefixtures("shown")
def test_the_scrutineer_reads_what_the_executive_reads():
    assert FULL_MARKS in words(opened("assurance", "scrutineer"))


@pytest.mark.usefixtures("shown")
def test_the_widest_disagreement_stands_first():
    said = words(opened("assurance"))
    police = (
        "Police scores itself 2.5 of 3 on quality, learning and impact; 6 of 8 audited cases were graded below good."
    )
    apart = said[said.index("Where the evidence disagrees") : said.index("Thread by thread")]
    assert apart.index(FULL_MARKS) < apart.index(police)


@pytest.mark.usefixtures("shown")
def test_the_parts_stand_in_their_order():
    assert re.findall(r"<h2>([^<]+)</h2>", markup(opened("assurance"))) == [
        "Where the evidence disagrees", "Thread by thread", "What is known of each agency", "How the eyes are compared",
        "How an agency’s states are decided",
    ]  # fmt: skip


@pytest.mark.usefixtures("shown")
def test_each_thread_has_every_eye_in_words_and_numbers():
    said = words(opened("assurance"))
    assert (
        "Information sharing 2 of 3, the middle of 6 agencies Not moderated 12 of 20 (60%) graded good or better"
        in said
    )
    assert "80 of 100 practitioners (80%) say yes" in said
    assert "From 0 to 100: own score 67, audited cases good or better 60, those who answer yes 80." in said


@pytest.mark.usefixtures("shown")
def test_a_state_is_a_word_that_leads_to_its_evidence():
    app = opened("assurance")
    assert 'href="self-assessment?agency=lcc_asc">Shown</a>' in markup(app)
    assert 'href="self-assessment?agency=wyp_leeds">Not shown</a>' in markup(app)
    assert "critical and not met: OS1.6" in words(app)


@pytest.mark.usefixtures("shown")
def test_agencies_stand_by_sector_and_the_alphabet_in_the_matrix():
    page = markup(opened("assurance"))
    matrix = page[page.index("assured") :]
    named = re.findall(r'href="#agency-(\w+)"', matrix)
    assert named[:3] == ["lcc_asc", "lcc_cf", "lcc_housing"]
    assert all(f'id="agency-{agency}"' in page for agency in named)


@pytest.mark.usefixtures("shown")
def test_a_partner_sees_their_own_sector_and_all_together():
    app = opened("assurance")
    app.selectbox(key="of_sector").select("police").run()
    said = words(app)
    assert "Police scores itself 2.5 of 3 on quality, learning and impact" in said
    below = said[said.index("Where the evidence disagrees") :]
    assert "Adult Social Care" not in below
    assert "the middle of 6 agencies" in below
    assert re.findall(r'href="#agency-(\w+)"', markup(app)) == ["wyp_leeds"]


@pytest.mark.usefixtures("shown")
def test_the_title_is_of_the_sector_and_the_year_asked_for():
    app = opened("assurance")
    app.selectbox(key="of_sector").select("police").run()
    top = words(app).partition("Where the evidence disagrees")[0]
    assert "Assurance: Police, 2026-27 One self-assessment stands apart from other evidence" in top
    assert "full marks" not in top
    app.selectbox(key="of_year").select("FY2025-26").run()
    top = words(app).partition("Where the evidence disagrees")[0]
    assert "Assurance: Police, 2025-26 There is nothing to compare yet" in top
    assert "Police scores itself" not in top


@pytest.mark.usefixtures("shown")
def test_an_earlier_year_can_be_asked_for():
    app = opened("assurance")
    app.selectbox(key="of_year").select("FY2025-26").run()
    said = words(app)
    below = said[said.index("Where the evidence disagrees") :]
    assert "Nothing stands apart" in below
    assert "1 of 3 on 1 statement" in below


@pytest.mark.usefixtures("shown")
def test_how_each_state_is_decided_is_written_on_the_page():
    said = words(opened("assurance"))
    assert "Shown. At least 75% of its graded judgements are good or better." in said
    assert "The distance puts the list in order and is nobody’s score." in said


@pytest.mark.usefixtures("shown")
def test_the_partnership_reads_of_all_together_and_of_no_agency():
    app = opened("assurance", "analyst")
    said = words(app)
    assert "About 65% of full marks, the middle of 6 agencies" in said
    assert "Shown to the Executive only" in said
    assert "scores itself" not in said
    assert "Your sector" not in said
    assert "agency-" not in markup(app)


@pytest.mark.usefixtures("shown")
def test_the_public_reads_what_the_page_is_and_nothing_else():
    said = words(opened("assurance", "public"))
    assert "Shown to the partnership only" in said
    assert "of 3" not in said and "Adult Social Care" not in said


def test_without_anything_to_compare_the_page_says_what_to_send(fresh):
    publish(fresh, {}, audience="partnership")
    said = words(opened("assurance", "analyst"))
    assert "There is nothing to compare yet" in said
    assert "throughline template audit --agency bu" in said


def test_what_was_written_is_text_and_never_run(fresh):
    rows = hostile(tables())
    for row in rows["assurance"]:
        row["state"] = row["state"].removeprefix(ODD)
    for row in rows["triangulation"]:
        row |= {name: row[name].removeprefix(ODD) for name in ("year_id", "agency_id")}
    publish(fresh, rows, audience="executive")
    app = opened("assurance")
    assert ODD in words(app)
    assert ODD not in markup(app)
