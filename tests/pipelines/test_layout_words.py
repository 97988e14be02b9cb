"""Nothing that is somebody's comes in by a layout, whichever of its fields it stands in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.flows import layouts
from pipelines.flows.layout_files import layout_in
from pipelines.flows.layout_words import hold, may_be_kept
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.layouts import LeftOut, loaded, parsed
from schemas.problems import UserError
from tests.unit.test_layouts import GOOD

AT = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
STEWARD = Actor("Steward", "business_unit")
SOMEBODY = "Kayden Example 943 476 5919"
STORY = "the boy who died at the station in May"
LINE = 'title = "Scorecard of the district"'


@pytest.mark.parametrize("what", [SOMEBODY, STORY, "943 476 5919", "9434765919", "kayden-example-9434765919"])
@pytest.mark.parametrize(
    ("was", "becomes", "where"),
    [
        ('"police-scorecard"', '"{}"', "id"),
        ('"Scorecard of the district"', '"{}"', "title"),
        ('"wyp_leeds"', '"{}"', "agency_id"),
        ('"DV notifications with a child"', '"{}"', "labels 1, words"),
        ('"DA01" }', '"{}" }', "labels 1, indicator_id"),
        ('breakdown = "repeat"', 'breakdown = "{}"', "labels 2, breakdown"),
        ('category = "repeat"', 'category = "{}"', "labels 2, category"),
        ('"Target"', '"{}"', "left_out 1, words"),
        ('"Not a figure"', '"{}"', "left_out 1, reason"),
        ('"Measure"', '"{}"', "sheets 1, names, indicator"),
        ('heading = "Q2"', 'heading = "{}"', "sheets 1, places 2, heading"),
        ('period = "Q2"', 'period = "{}"', "sheets 1, places 2, period"),
        ('"Year"', '"{}"', "sheets 1, year_total"),
        (LINE, LINE + '\nnot_supplied = ["-", "{}"]', "not_supplied 2"),
        (LINE, LINE + '\nconfirmed_on = "{}"', "confirmed_on"),
        (LINE, LINE + '\n"{}" = 1', "the name of field 3"),
        ("indicator = ", '"{}" = ', "sheets 1, names, the name of field 1"),
    ],
)
def test_a_file_is_refused_by_the_place_and_without_what_it_says(tmp_path, was, becomes, where, what):
    assert was in GOOD
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace(was, becomes.replace("{}", what), 1))
    with pytest.raises(UserError) as why:
        layout_in(path)
    said = str(why.value)
    assert said.startswith(f"own.toml: {where} may name a person") and "\n" not in said
    assert not any(part in said for part in ("ayden", "943", "boy"))


def test_a_number_without_quotation_marks_is_held_too():
    with pytest.raises(UserError, match=r"^title may name") as why:
        hold(parsed("title = 9434765919"))
    assert "943" not in str(why.value)


def test_who_confirmed_it_may_be_a_name_but_no_number():
    hold(parsed('confirmed_by = "Jane Example"\nconfirmed_on = 2026-11-10'))
    with pytest.raises(UserError, match=r"^confirmed_by may name"):
        hold(parsed('confirmed_by = "NHS 943 476 5919"'))


def test_a_layout_that_says_more_than_any_does_is_refused():
    with pytest.raises(UserError, match="says more than any layout does"):
        hold({"not_supplied": [f"sign {number}" for number in range(5_001)]})


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"id": "kayden-example-9434765919"}, "The short name"),
        ({"not_supplied": ("-", SOMEBODY)}, "A sign for what is not supplied"),
        ({"left_out": (LeftOut(words="Target", reason=STORY),)}, "The reason to leave a row out"),
    ],
)
def test_none_is_kept_whichever_field_it_stands_in(tmp_path, changed, where):
    with pytest.raises(UserError, match=f"^{where} may name a person") as why:
        layouts.save(tmp_path, STEWARD, loaded(GOOD).model_copy(update=changed), AT)
    assert not any(part in str(why.value) for part in ("ayden", "943", "boy"))
    assert layouts.standing(tmp_path, STEWARD) == ()


def test_the_words_are_held_before_the_faults_which_quote_them(tmp_path):
    good = loaded(GOOD)
    spoilt = good.model_copy(update={"labels": (good.labels[0].model_copy(update={"indicator_id": SOMEBODY}),)})
    with pytest.raises(UserError, match=r"^labels 1, indicator_id may name") as why:
        layouts.save(tmp_path, STEWARD, spoilt, AT)
    assert "ayden" not in str(why.value)


@pytest.mark.parametrize(
    "words",
    [
        "Child protection plans",
        "Family support",
        "Visits where the child was seen alone",
        "Number of boys",
        "Deaths of children",
        "Babies under 1",
        "Young people in custody",
        "Target 2026/27",
        "Mother smoking at delivery",
    ],
)
def test_the_words_of_a_spreadsheet_of_figures_may_stand(words):
    assert may_be_kept(words)


def test_what_the_catalogue_says_may_stand_in_a_layout():
    known = catalogue()
    parts = [part for each in known.breakdowns.values() for part in each.categories]
    ids = [*known.agencies, *known.indicators, *known.breakdowns, *known.areas, *(part.id for part in parts)]
    titles = [each.title for each in known.indicators.values()] + [area.name for area in known.areas.values()]
    assert [words for words in (*ids, *titles) if not may_be_kept(words)] == []
