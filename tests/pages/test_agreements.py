from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.flows import preparing
from pipelines.publishing import Order
from pipelines.queries.pointer import current, every
from pipelines.queries.prepared import standing
from pipelines.store import agreements
from schemas.actors import Actor
from tests.pages.opening import markup, opened, words
from tests.pipelines.agreed import SAMPLE

pytestmark = pytest.mark.slow
REASON = "The wrong quarter was shown for one indicator"


@pytest.fixture
def home(demonstration, published, monkeypatch):
    """Two publications; the council's agreement is past its review; a release is prepared by somebody else."""
    place = shutil.copytree(published, demonstration / "home")
    monkeypatch.setenv("THROUGHLINE_HOME", str(place))
    now = datetime.now(UTC)
    due = SAMPLE.agency["lcc_cf"].model_copy(update={"review_on": (now - timedelta(days=3)).date()})
    two = SAMPLE.release.model_copy(update={"two_people": True})
    agency = SAMPLE.agency | {"lcc_cf": due, "ltht": SAMPLE.agency["ltht"].model_copy(update={"audiences": ()})}
    agreements.write(place, SAMPLE.model_copy(update={"release": two, "agency": agency}))
    by = Actor("Somebody Else", "business_unit")
    list(preparing.prepare(place, [Order("partnership", "Prepared", by, now)]))
    return place


def press(app, label: str):
    next(each for each in app.button if each.label == label).click().run()
    assert not app.exception, app.exception


def test_the_business_unit_sees_what_is_agreed_lets_out_what_is_prepared_and_takes_it_back(home):
    app = opened("publish", "business_unit")
    said = words(app)
    assert "1 agreement to see to. Every agreement is in force, 1 of them not for every audience." in said
    assert "Review it: nothing of it is released after" in said
    assert "Prepared by Somebody Else" in said
    assert [each.label for each in app.button if each.label.startswith(("Prepare ", "Publish "))] == [
        "Prepare 2026-27 Q2"
    ]
    before = current(home, "partnership").publication_id
    (waits,) = (one.publication_id for one in standing(home).files)
    seen = opened("", "business_unit", prepared=waits)
    assert "Prepared, not released. Only the business unit sees this" in words(seen) and waits in markup(seen)
    for role in ("executive", "analyst", "public"):
        other = opened("", role, prepared=waits)
        assert waits not in markup(other) and "not released" not in words(other)
    assert (
        "A release prepared by Somebody Else for Partnership on " in said
        and "waits; preparing takes its place." in said
    )
    assert (
        "“throughline" not in said.split("Prepared, and seen by nobody yet", 1)[1].split("Preview for agencies", 1)[0]
    )
    second = opened("publish", "business_unit")
    next(each for each in second.checkbox if each.label.startswith("I have read")).set_value(True).run()
    release = next(each for each in app.button if each.label == "Release it")
    (ticks,) = [each for each in app.checkbox if each.label.startswith("I have read")]
    assert release.disabled and "The label of the release" in words(app)
    ticks.set_value(True).run()
    press(app, "Release it")
    gone = words(opened("", "business_unit", prepared=waits))
    assert "there no longer: it was released, taken away, or prepared again. This is what is read now." in gone
    newest = current(home, "partnership").publication_id
    assert newest > before and "prepared by Somebody Else." in words(app)
    assert "look-here" in markup(app), "the button is gone, so what came of it is brought into sight"
    press(second, "Release it")
    assert re.search(r"It was released at \d\d:\d\d on \d+ \w+ \d{4} by ", words(second))
    assert current(home, "partnership").publication_id == newest

    about = words(opened("about", "analyst"))
    assert "Under which agreements figures are shown" in about
    assert (
        "Left out, as no agreement covers them for the readers of this publication: Leeds Teaching Hospitals" in about
    )

    app = opened("publish", "business_unit")
    app.selectbox(key="withdraw_publication_which").set_value(newest)
    app.text_area(key="withdraw_publication_reason").set_value(REASON)
    press(app, "Withdraw the publication")
    assert "tick that you mean it. Nothing was withdrawn." in words(app)
    app.checkbox(key="withdraw_publication_meant").set_value(True)
    press(app, "Withdraw the publication")
    assert current(home, "partnership").publication_id == before
    assert newest in {each.publication_id for each in every(home, "partnership")}

    reader = opened("", "analyst", publication=newest)
    assert f"The reason: {REASON}." in words(reader)
    assert newest not in markup(reader), markup(reader)[markup(reader).index(newest) - 200 :][:260]
    assert ": withdrawn" in words(reader)
