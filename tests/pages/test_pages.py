from __future__ import annotations

import pytest
from streamlit import config

from app import pages
from schemas.published.methods import METHOD_VERSION, methods
from tests.pages.opening import ODD, markup, opened, seen, words

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("served")]
URLS = [view.url for view in pages.found()]
EVERYWHERE = [view.url for view in pages.found() if "executive" in view.roles]


def test_every_view_has_a_title_an_order_an_address_and_roles():
    orders = [view.order for view in pages.found()]
    assert orders == sorted(set(orders))
    assert len(set(URLS)) == len(URLS)
    assert all(view.title and view.roles for view in pages.found())


@pytest.mark.parametrize("url", EVERYWHERE)
def test_every_page_carries_the_frame(url):
    said = words(seen(url))
    # Marked by what it holds: words about figures are for anybody, figures alone are lower than what agencies say of them.
    marking = {"about": "Public", "data-set": "OFFICIAL"}.get(url, "OFFICIAL-SENSITIVE")
    for part in (
        "Quarter to 30 September 2026",
        "Published for the Executive, 17 November 2026",
        f"{marking}SYNTHETIC",
    ):
        assert part in said


def test_without_the_demonstration_nothing_is_shown(monkeypatch):
    monkeypatch.delenv("THROUGHLINE_DEMO")
    said = words(opened("overview"))
    assert "Sign-in is not set up yet" in said
    assert "Second or subsequent" not in said


def test_on_an_open_address_no_persona_may_be_chosen():
    config.set_option("server.address", "192.0.2.1")
    assert "Sign-in is not set up yet" in words(opened("overview"))


def test_a_role_sees_only_its_pages():
    app = seen("publish", "executive")
    assert "What has come in" not in words(app)
    assert "What has come in" in words(seen("publish", "business_unit"))


def test_an_address_with_a_role_nobody_knows_opens_what_the_public_sees():
    box = seen("overview", "nonsense").selectbox(key="persona")
    assert box.value == "Member of the public"


def test_the_overview_leads_with_what_needs_attention():
    said = words(seen("overview"))
    assert "Second or subsequent plans rose to 43.6% (96 of 220), above its usual" in said
    assert said.index("need attention") < said.index("Priorities")


def test_what_an_agency_wrote_is_shown_as_text_and_never_run():
    app = seen("overview")
    assert ODD in words(app)
    assert ODD not in markup(app)


def test_a_deep_link_opens_its_indicator():
    said = words(seen("indicator", indicator="CP07"))
    assert "Are children coming back onto plans?" in said
    assert "43.6% (96 of 220)" in said


def test_an_indicator_nobody_knows_is_named_and_nothing_breaks():
    assert "There is no indicator “ZZ99”" in words(seen("indicator", indicator="ZZ99"))


def test_the_control_chart_has_words_for_those_who_do_not_see_it():
    chart = seen("indicator", indicator="CP07").get("plotly_chart")[0]
    assert "Second or subsequent plans" in chart.proto.alt
    assert "table under Data" in chart.proto.alt


def test_an_earlier_publication_opens_with_its_own_figures_and_says_so(served):
    earliest = min(path.stem for path in (served / "publications" / "partnership").glob("*.duckdb"))
    said = words(seen("overview", publication=earliest))
    assert "You are reading an earlier publication, of 18 August 2026" in said
    assert "43.6%" not in said


def test_the_data_set_keeps_the_lines_that_answer_the_filter():
    app = opened("data-set")
    app.selectbox(key="rating").select("concern").run()
    said = words(app)
    assert "Second or subsequent plans" in said
    assert "Contacts to the Front Door" not in said
    assert "rating: Concern" in said


def test_an_analyst_sees_what_their_agency_owes_and_has_sent():
    app = seen("returns", "analyst")
    said = words(app)
    assert "Leeds City Council, Children and Families owes" in said
    assert "2026-27-Q2.csv" in said


def test_an_executive_member_sees_states_but_no_files():
    said = words(seen("returns", "executive"))
    assert "Who has sent what" in said
    assert "2026-27-Q2.csv" not in said


def test_about_the_data_explains_every_marker_and_the_order_of_sentences():
    said = words(seen("about"))
    for part in ("Hidden to protect", "Not supplied", "Which sentences come first", "Data dictionary"):
        assert part in said


def test_the_indicator_page_says_how_its_figures_were_made():
    said = words(seen("indicator", indicator="CP07"))
    assert "How the latest figure was made, 2026-27 Q2" in said
    assert "96 ÷ 220 × 100 = 43.6%." in said
    assert "approved by: Head of service" in said


def test_what_an_agency_wrote_is_text_on_its_indicator_too():
    app = seen("indicator", indicator="CP07")
    assert ODD in words(app)
    assert ODD not in markup(app)


def test_about_the_data_documents_every_method():
    said = words(seen("about"))
    missing = [each.title for each in methods().method if f"{each.title} What it is for" not in said]
    assert missing == []
    assert f"Versions of the methods, now {METHOD_VERSION}" in said
