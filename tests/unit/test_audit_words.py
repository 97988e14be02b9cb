"""One domain is said as one, and a category keeps the letters of its name."""

from __future__ import annotations

from types import SimpleNamespace

from app.widgets.audit_cases_shown import whose_cases
from pipelines.queries.audit_words import by_chance, moved_words


def moved(*directions):
    return SimpleNamespace(shifts=tuple(SimpleNamespace(direction=each) for each in directions))


def test_one_domain_is_said_as_one_and_several_as_several():
    assert moved_words(moved("better")) == "better in 1 of 1 domain audited again"
    assert moved_words(moved("better", "worse")) == "better in 1 of 2 domains audited again, worse in 1"
    assert by_chance(moved("unclear")).endswith("about 0.1 of this one domain.")
    assert by_chance(moved("unclear", "worse")).endswith("about 0.1 of these 2 domains.")


def test_where_nothing_could_be_compared_nothing_is_said():
    assert moved_words(moved()) == by_chance(moved()) == ""


def test_a_category_of_which_there_is_no_case_keeps_its_capitals():
    def case(category, label, count):
        return SimpleNamespace(
            dimension="ethnicity",
            dimension_words="Ethnicity",
            category=category,
            label=label,
            count=count,
            note="",
        )

    counted = (case("white", "White", 12), case("asian", "Asian or Asian British", 0))
    assert "None: Asian or Asian British." in whose_cases(SimpleNamespace(cases=counted))
