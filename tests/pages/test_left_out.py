"""Where an agreement keeps a log from its readers the page says so and whose, and never that nothing came in."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipelines.publishing.withholding import under_logs
from schemas.catalogue import catalogue
from tests.attack.test_withheld import agreeing
from tests.pages import logs_home
from tests.pages.opening import opened, words
from tests.pipelines.agreed import SAMPLE
from tests.pipelines.assessed import Given, assessed, registered

pytestmark = pytest.mark.slow
WHOSE = catalogue().agencies["ltht"].title
NOTHING = ("has come in", "has been published yet", "Nothing has come in", "There is nothing to compare")


def built(home):
    """A trust, whose agreement covers the Executive alone, has sent one row of every log and its self-assessment."""
    logs = logs_home.everything()
    sheets = {kind: dict(found) for kind, found in logs.records.items()}
    for kind, sheet in (
        ("reviews", "Incidents"),
        ("concerns", "Concerns"),
        ("training", "Courses"),
        ("voice", "Heard"),
    ):
        frame = sheets[kind][sheet].copy()
        frame.loc[frame.index[0], "sent_by"] = "ltht"
        sheets[kind][sheet] = frame
    charities = [f"TS-{n:04}" for n in range(1, 8)]
    own = assessed(
        *(Given(each) for each in ("ltht", "lch", "lcc_cf", *charities)),
        register=tuple(registered(each) for each in charities),
    )
    every = sheets | dict(own.records)
    made = replace(
        logs,
        records=every,
        submissions=pd.concat([logs.submissions, own.submissions], ignore_index=True).drop_duplicates("submission_id"),
        catalogue=under_logs(agreeing(ltht=("executive",)), every),
        agreements=SAMPLE,
    )
    return logs_home.released(home, made, ("executive", "partnership"))


@pytest.fixture(scope="module")
def home(copied_home):
    return copied_home("left-out", built)


@pytest.fixture
def said(demonstration, home, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    return lambda url, role="analyst", **asked: words(opened(url, role, **asked))


def test_each_log_of_a_page_that_is_left_out_says_whose_agreement_it_is(said):
    told = said("reviews")
    for log in (
        "The log of serious incidents and reviews",
        "The concerns resolution log",
        "The training return",
        "The voice return",
    ):
        assert (
            f"{log} holds records of {WHOSE}, and no agreement lets the readers of this publication see them." in told
        )
    assert "Logs are left out of this publication" in told
    # A log nobody's agreement keeps back is shown, and the Executive, whom the agreement covers, reads all of it.
    assert "The survey return holds" not in told and not [each for each in NOTHING if each in told]
    assert "holds records of" not in said("reviews", "executive")


def test_self_assessments_are_shown_but_for_the_one(said):
    told = said("self-assessment")
    assert "Self-assessments are shown in part only" in told
    assert f"Left out are the self-assessment of {WHOSE}, which no agreement lets the readers" in told
    assert "7 of 7" in told and not [each for each in NOTHING if each in told]
    assert f"{WHOSE} Replied" not in told and "Leeds Community Healthcare" in told
    assert "10 of" in said("self-assessment", "executive")


def test_pages_made_of_several_logs_and_the_one_on_the_data_say_it_too(said):
    assert f"Left out are the self-assessment of {WHOSE}" in said("assurance")
    assert f"of {WHOSE}" in said("about") or WHOSE in said("about")
