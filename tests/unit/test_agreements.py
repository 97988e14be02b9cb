"""The text of `agreements.toml`: one clear sentence for each fault, and how an agreement stands on a day."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.catalogue import catalogue
from schemas.catalogue.agreements import AUDIENCES, Agreements, changed, parsed, written
from schemas.catalogue.under_agreements import bound, under
from schemas.problems import UserError
from tests.pipelines.agreed import SAMPLE

AGENCIES = list(catalogue().agencies)
GOOD = """
[agency.ltht]
purpose = "To see whether children are kept safe"
audiences = ["executive", "partnership"]
onward_use = "None"
basis = "Clause 4"
signed_on = 2026-04-01
review_on = 2027-03-31
"""


def text(**but: str) -> str:
    return "\n".join(
        f"{line.split(' = ')[0]} = {but[line.split(' = ')[0]]}" if line.split(" = ")[0] in but else line
        for line in GOOD.splitlines()
    )


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        ("x =", "it is not TOML"),
        (GOOD.replace("ltht", "lthd"), "[agency.lthd]: there is no agency of that id. Did you mean “ltht”?"),
        (text(review_on="2026-03-31"), "[agency.ltht]: review_on is not after signed_on."),
        (text(audiences='["executive", "public"]'), "“public” needs those before it"),
        (text(audiences='["everybody"]'), "[agency.ltht] audiences is “everybody”; it must be"),
        (text(signed_on='"soon"'), "[agency.ltht] signed_on is “soon”"),
        (text(purpose='""'), "[agency.ltht] purpose is empty. Fill it in."),
        (GOOD.replace("basis", "bases"), "[agency.ltht] bases is not a field here. Take it out or mend the spelling. Did"),
        (GOOD + "ended_on = 2026-03-01", "ended_on is before signed_on"),
        ("[release]\nprepared_stands_days = 0", "[release] prepared_stands_days is “0”"),
        ('[impact_assessment]\nsigned_on = 2026-01-01\nby_role = "DPO"\ncovers = "All"', "[impact_assessment] review_on is missing"),
    ],
)  # fmt: skip
def test_each_fault_is_said_by_table_and_field(faulty, said):
    with pytest.raises(UserError) as told:
        parsed(faulty, AGENCIES)
    assert said in str(told.value)


def test_what_is_written_says_the_same_again():
    odd = changed(
        SAMPLE, "ltht", SAMPLE.agency["ltht"].model_dump() | {"purpose": 'A "quoted" \\ line\nand \x7f'}, AGENCIES
    )
    assert parsed(written(odd), AGENCIES) == odd != SAMPLE


@pytest.mark.parametrize(
    ("day", "state", "holds"),
    [
        (date(2026, 3, 31), "not in force yet", False),
        (date(2026, 4, 1), "in force", True),
        (date(2027, 3, 31), "in force", True),
        (date(2027, 4, 1), "review due", True),
        (date(2027, 6, 29), "review due", True),
        (date(2027, 6, 30), "review overdue", False),
    ],
)
def test_an_agreement_past_its_review_holds_for_ninety_days_more(day, state, holds):
    found = parsed(GOOD, AGENCIES)
    assert (found.state("ltht", day), found.holds("ltht", day)) == (state, holds)
    assert [found.covers("ltht", each, day) for each in AUDIENCES] == [holds, holds, False]
    assert found.state("lch", day) == "none"


def test_an_agreement_holds_no_more_from_the_day_it_ends():
    found = parsed(GOOD + "ended_on = 2026-09-01", AGENCIES)
    assert [found.holds("ltht", date(2026, 8, 31)), found.holds("ltht", date(2026, 9, 1))] == [True, False]


def test_real_data_without_an_agreement_are_withheld_and_invented_data_are_not():
    today, everybody = date(2026, 11, 17), {each.id for each in bound(catalogue())}
    real = under(catalogue(), Agreements(), today, synthetic=False)
    assert all(set(each.withheld_from) == everybody for each in real.audiences.values())
    assert not real.partnership.synthetic
    made_up = under(catalogue(), Agreements(), today, synthetic=True)
    assert not any(each.withheld_from for each in made_up.audiences.values())
    assert {"scrutineer", "official_statistics"}.isdisjoint(everybody)


def test_only_the_executive_sees_exact_totals_and_only_where_an_agreement_says_so():
    whole = under(catalogue(), SAMPLE, date(2026, 11, 17), synthetic=False)
    exact = {each.id: set(each.exact_totals_from) for each in whole.audiences.values()}
    assert exact == {
        "executive": {a for a, terms in SAMPLE.agency.items() if terms.exact_totals},
        "partnership": set(),
        "public": set(),
    }


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"purpose": "p"}, "Nothing was changed: purpose is “p”; it must have at least 3 letters. Mend it."),
        ({"audiences": ("public",)}, "needs those before it"),
        ({"review_on": date(2020, 1, 1)}, "Nothing was changed: review_on is not after signed_on."),
    ],
)
def test_terms_that_do_not_hold_change_nothing_and_say_so(terms, said):
    with pytest.raises(UserError) as told:
        changed(SAMPLE, "ltht", SAMPLE.agency["ltht"].model_dump() | terms, AGENCIES)
    assert said in str(told.value)
    assert str(told.value).startswith("Nothing was changed: ")
    assert "nothing is released" not in str(told.value)
