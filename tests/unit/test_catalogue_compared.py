"""Who is compared with whom is data, and what contradicts itself is named."""

from __future__ import annotations

import shutil

import pytest
from pydantic import ValidationError

from schemas.catalogue import catalogue
from schemas.catalogue.breakdown import Breakdown
from schemas.catalogue.loading import FOLDER
from tests.unit.test_catalogue_faults import Broken

TRAINING = "indicators/10_health.toml"
GIRLS = {"id": "girls", "label": "Girls", "words": "girls"}
BOYS = {"id": "boys", "label": "Boys"}
UNKNOWN = {"id": "not_known", "label": "Not known"}


def breakdown(**more: object) -> Breakdown:
    said = {"id": "sex", "title": "Sex", "categories": [GIRLS, BOYS, UNKNOWN]}
    return Breakdown.model_validate(said | {"reference": "boys", "reference_words": "boys"} | more)


@pytest.fixture
def broken(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "catalogue")
    return Broken(tmp_path / "catalogue")


def test_children_nobody_could_place_are_never_compared():
    assert [c.id for c in breakdown().compared] == ["girls"]
    assert all(c.id != "not_known" for b in catalogue().breakdowns.values() for c in b.compared)


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"reference": "not_known"}, "not one of its known categories"),
        ({"reference": "men"}, "not one of its known categories"),
        ({"reference_words": ""}, "needs reference_words"),
        ({"sums_to_total": False}, "groups that overlap cannot be compared"),
        ({"categories": [GIRLS | {"words": ""}, BOYS]}, "needs words"),
        ({"categories": [GIRLS | {"standard": 5}, BOYS], "standard_source": "x"}, "needs every category"),
        ({"categories": [GIRLS | {"standard": 5}, BOYS | {"standard": 5}]}, "needs its standard_source"),
    ],
)
def test_a_breakdown_that_contradicts_itself_is_refused(more, fault):
    with pytest.raises(ValidationError, match=fault):
        breakdown(**more)


def test_the_standard_population_is_the_european_one_of_2013_up_to_17():
    standard = catalogue().breakdowns["age_band"].standard
    assert standard["age_10_to_15"] == 5500 + 5500 / 5
    assert standard["age_16_and_17"] == 5500 * 2 / 5
    assert sum(standard.values()) == 1000 + 4000 + 5500 + 5500 + 5500 * 3 / 5


def test_like_services_are_said_only_of_shares_that_several_send():
    alike = [i for i in catalogue().indicators.values() if i.like_services]
    assert alike
    assert all(len(i.sent_by) > 1 and i.unit == "percent" for i in alike)


def test_like_services_of_one_sender_are_refused(broken):
    broken.edit(TRAINING, "seasonal = true", "seasonal = true\nlike_services = true", after="[HE01]")
    assert any("like_services" in fault and "one agency alone sends it" in fault for fault in broken.faults)


def test_like_services_of_a_count_are_refused(broken):
    broken.edit(TRAINING, 'polarity = "lower"', 'polarity = "lower"\nlike_services = true', after="[HE12]")
    assert "only a percentage can be held against an agency's size" in broken.fault
