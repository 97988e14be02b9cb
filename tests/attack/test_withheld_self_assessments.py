"""An agency's self-assessment that its agreement keeps from an audience changes nothing that audience reads; the others' stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.publishing.withholding import WITHHELD, under_logs
from schemas.catalogue import catalogue
from schemas.published.tables import TABLES as SHAPES
from tests.attack.test_withheld import agreeing
from tests.pipelines.agreed import SAMPLE
from tests.pipelines.assessed import LAST, NOW, Given, assessed, published, registered

pytestmark = pytest.mark.slow
OUT = "ltht"
TABLES = ("reply", "sector_score", "agency_reply", "answer", "standard_score", "development_action", "triangulation")
PROMISE = {"OS9.2": {"self_score": "s1", "action": "Ask the board", "owner_role": "Chair", "due_date": "2026-12-01"}}


def everybody(own: tuple[Given, ...], **audiences: tuple[str, ...]):
    """What a release is made from, with these self-assessments of the one whose agreement does not cover the readers."""
    others = [Given(each.id) for each in catalogue().assessing if each.id != OUT]
    others += [Given("wyp_leeds", LAST, but=PROMISE), *(Given(f"TS-{n:04}", score="s3") for n in range(1, 8))]
    register = tuple(registered(f"TS-{n:04}") for n in range(1, 9))
    made = assessed(*others, *own, register=register)
    terms = SAMPLE.model_copy(update={"agency": SAMPLE.agency})
    return replace(made, catalogue=under_logs(agreeing(**audiences), made.records), agreements=terms)


MUCH = (Given(OUT, score="s3"), Given(OUT, LAST, "s0", but=PROMISE))
LITTLE = (Given(OUT, score="s0", but={"OS9.1": None}, signed=False),)


def as_rows(frame):
    kept = frame.drop(columns=[name for name in ("position",) if name in frame])
    return set(map(str, kept.to_dict("records")))


@pytest.fixture(scope="module", params=["executive", "partnership"])
def made(request):
    """For one audience: the release where all agree, and two where one does not, whose own are as different as can be."""
    covered = {"executive": (), "partnership": ("executive",)}[request.param]
    whole = published(everybody(MUCH), request.param)
    return whole, *(published(everybody(own, **{OUT: covered}), request.param) for own in (MUCH, LITTLE))


def test_what_it_sent_changes_nothing_that_is_told_of_self_assessments(made):
    _, much, little = made
    for name in TABLES:
        assert as_rows(much[name]) == as_rows(little[name]), name
    counted, written = "indicator_id in ('PA06', 'ED11')", [column.name for column in SHAPES["figure"].columns]
    assert as_rows(much["figure"].query(counted)[written]) == as_rows(little["figure"].query(counted)[written])


def test_nothing_told_is_another_than_where_all_agree_so_that_no_difference_tells(made):
    whole, much, _ = made
    for name in ("reply", "sector_score", "agency_reply", "answer", "standard_score", "development_action"):
        assert as_rows(much[name]) <= as_rows(whole[name]), name


def test_its_own_and_what_it_is_part_of_are_left_out_and_the_others_stay(made):
    whole, much, _ = made
    sector = catalogue().sector_of(catalogue().agencies[OUT])
    for name in ("agency_reply", "answer", "standard_score"):
        if len(whole[name]):
            named = set(much[name]["agency_id"])
            assert named == set(whole[name]["agency_id"]) - {OUT} and len(named) > 5
    assert not {"all", sector} & set(much["reply"]["sector"])
    assert {"third_sector", catalogue().sector_of(catalogue().agencies["wyp_leeds"])} <= set(much["reply"]["sector"])
    assert "third_sector" in set(much["sector_score"]["sector"])
    told = much["figure"].query("indicator_id == 'PA06'")
    assert len(told) and set(told["marker"]) <= {WITHHELD, "z", "x"} and told["value"].isna().all()
    together = much["triangulation"].query("agency_id == 'all'")
    assert together["self_percent"].isna().all() and together["moderated_percent"].isna().all()
    assert OUT not in set(much["triangulation"]["agency_id"])


def test_the_release_says_for_whose_agreement_and_that_it_is_in_part(made):
    whole, much, _ = made
    out = much["agreement"].set_index("agency_id")
    assert (out.loc[OUT, "kinds"], out.loc[OUT, "kinds_in_part"]) == ("", "self_assessment")
    assert not whole["agreement"]["kinds_in_part"].any()


def test_the_public_reads_no_count_it_is_part_of():
    tables = published(everybody(MUCH, **{OUT: ("executive", "partnership")}), "public")
    assert not {"all", "agencies", "health"} & set(tables["reply"]["sector"])
    assert "third_sector" in set(tables["reply"]["sector"])


def test_where_the_schools_and_clubs_are_withheld_all_of_it_is():
    made = everybody(MUCH, bu=("executive",))
    tables = published(made, "partnership")
    assert all(tables[name].empty for name in ("reply", "sector_score", "agency_reply"))
    assert "self_assessment" in tables["agreement"].set_index("agency_id").loc["bu", "kinds"].split()
    assert NOW not in set(tables["reply"]["year_id"])
