"""Pictures and tables of places and groups: words beside every mark, nothing ranked, everything escaped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.widgets import disparities, indicator_places, place_funnel, standards
from app.widgets.html import plain
from app.widgets.ratios import LogScale, dotted, ruler, scale_over
from pipelines.queries.beside import Compared, Group, Limits, Place, Plot, Split, Standard
from pipelines.queries.indicator import IndicatorView, Part
from pipelines.queries.rounded import rounded_to

FACTS = {
    "indicator_id": "FD03", "title": "Referral rate", "unit": "per 10,000", "decimals": 1, "polarity": "neutral",
    "denominator": "Children aged 0 to 17 living in the area (ONS mid-year estimate)", "like_services": False,
}  # fmt: skip
HIGHER = Group(
    "Black & Black British", "Black children", 60.0, 10_000.0, 60.0, 1.8, 1.5, 2.1, "higher",
    "1.8 times the rate of White children; between 1.5 and 2.1.",
)  # fmt: skip
SIMILAR = replace(
    HIGHER, label="Asian", group_words="Asian children", ratio=1.0, lower=0.9, upper=1.2, word="similar",
    words="1.0 times the rate of White children; between 0.9 and 1.2: consistent with no difference.",
)  # fmt: skip
HIDDEN = replace(
    HIGHER, label="Other", numerator=None, denominator=900.0, value=None, ratio=None, lower=None, upper=None, word="none",
    words="Not compared: hidden to protect.",
)  # fmt: skip
SPLIT = Split("Ethnic group", "2025-26", "White", "White children", 200.0, 60_000.0, 33.3, (HIGHER, SIMILAR, HIDDEN))
LIMITS = tuple(Limits(float(size), 10.0, 30.0, 5.0, 35.0) for size in range(100, 4_100, 100))


def place(label: str, position: str = "within") -> Place:
    words = {"within": "Consistent with Leeds"}.get(position, f"{position.capitalize()} the 99.8% limit")
    mark = "usual" if position == "within" else "unusual"
    return Place(f"ward_{label.lower()}", label, 3_000.0, 60.0, 20.0, 5.0, 35.0, position, mark, words)


def plot(*places: Place, note: str = "") -> Plot:
    outside = sum(each.is_outside for each in places)
    return Plot("2025-26", len(places), outside, 20.0 if places else None, note, places, LIMITS if places else ())


def found(*splits: Split, standard: tuple[Standard, ...] = ()) -> Compared:
    different = [(split, g) for split in splits for g in split.groups if g.is_different]
    return Compared("Leeds", None, None, splits, standard, 0.1, different[0] if different else None)


def part(label: str, **more: object) -> Part:
    whole = {
        "group": "ward", "group_title": "", "key": f"ward_{label.lower()}", "label": label, "period": "2025-26",
        "value": 20.0, "numerator": 60.0, "denominator": 3_000.0, "lower": 15.0, "upper": 25.0, "marker": "",
        "deprivation_fifth": None, "values": (20.0,),
    }  # fmt: skip
    return Part(**(whole | more))


def view(wards: tuple[Part, ...] = (), senders: tuple[Part, ...] = ()) -> IndicatorView:
    return IndicatorView(FACTS, {}, {}, (), (), wards, senders, (), (), (), (), (), (), has_accounts=True)


def test_the_scale_is_in_doublings_and_always_holds_one():
    assert scale_over([1.2, 5.0]) == LogScale(-1, 3)
    assert scale_over([0.1]) == LogScale(-4, 1)
    even = LogScale(-2, 2)
    assert even.x(2) - even.x(1) == pytest.approx(even.x(1) - even.x(0.5))
    assert plain(ruler(LogScale(-1, 2))) == "1/2124"


def test_a_picture_of_a_ratio_has_its_words_and_shows_a_difference_by_its_shape():
    made = dotted(1.8, (1.5, 2.1), LogScale(-1, 2), "1.8 times", stands_out=True)
    assert 'alt="1.8 times"' in made
    assert "pt-unusual" in made
    assert "pt-unusual" not in dotted(1.0, (0.9, 1.2), LogScale(-1, 2), "alike", stands_out=False)


def test_the_heading_says_the_largest_difference_in_plain_words():
    said = plain(disparities.disparities(view(), found(SPLIT)))
    assert said.startswith("Black children: 1.8 times the rate of White children")
    assert "chance alone would still mark about 0.1 of these 2" in said
    assert "It shows how often, not why." in said
    assert "1 of 2 differs" in said


def test_each_group_has_its_n_its_interval_and_its_word():
    made = disparities.disparities(view(), found(SPLIT))
    said = plain(made)
    assert "60 of 10,000" in said
    assert "Higher1.8 times the rate of White children; between 1.5 and 2.1." in said
    assert "Similar1.0 times the rate of White children" in said
    assert "Not shown" in said
    assert "Not compared: hidden to protect." in said
    assert "Black &amp; Black British" in made


def test_where_no_group_differs_the_heading_says_so():
    said = plain(disparities.disparities(view(), found(replace(SPLIT, groups=(SIMILAR,)))))
    assert said.startswith("No group differs from the one it is compared with")
    assert disparities.disparities(view(), found()) is None
    assert disparities.disparities(view(), None) is None


def test_a_rate_that_allows_for_age_stands_beside_the_one_counted():
    year = Standard("2025-26", 61.2, 58.0, 64.5, 63.0, 60.0, 66.0, "Leaves out 12 whose age is not known.", "Eurostat")
    none = replace(year, period="2024-25", value=None, lower=None, upper=None, words="Not standardised: why.")
    said = plain(standards.standards(view(), found(standard=(none, year))))
    assert said.startswith("Allowing for age: 61.2 per 10,000 in 2025-26, against 63.0 per 10,000 as counted")
    assert said.index("2025-26") < said.index("2024-25")
    assert "Not standardised: why." in said


def test_a_funnel_names_its_strays_unless_their_names_would_cover_one_another():
    few = place_funnel.funnel_of(FACTS, plot(place("A"), place("B", "above")), "Leeds")
    assert [each.label for each in few.places] == ["", "B\n20.0"]
    assert few.whole_words == "Leeds 20.0"
    assert few.size_words == "Children aged 0 to 17 living in the area"
    crowd = plot(place("A", "above"), replace(place("B", "above"), size=3_100.0))
    assert {each.label for each in place_funnel.funnel_of(FACTS, crowd, "Leeds").places} == {""}
    apart = plot(place("A", "above"), replace(place("B", "above"), size=500.0))
    assert all(each.label for each in place_funnel.funnel_of(FACTS, apart, "Leeds").places)
    assert place_funnel.funnel_of(FACTS, plot(note="No limits."), "Leeds") is None


def test_a_funnels_heading_and_alternative_text_say_how_many_stray():
    stray = plot(place("A"), place("B", "above"))
    assert place_funnel.title_of(stray, "ward") == "One of 2 wards is unusual for its size"
    assert place_funnel.title_of(plot(place("A")), "agency") == "No agency of 1 is unusual for its size"
    hidden = replace(stray, total=33)
    assert place_funnel.title_of(hidden, "ward") == "One of 2 wards shown is unusual for its size"
    assert place_funnel.title_of(None, "ward") == "By ward"
    assert "Outside the 99.8% limits: B." in place_funnel.alt_of(FACTS, stray, "ward")


def test_wards_stand_in_alphabetical_order_whatever_their_figures():
    wards = (part("Zeal", value=90.0), part("Alder", value=10.0), part("Moor", value=50.0))
    drawn = plot(place("Zeal", "above"), place("Moor"), place("Alder"))
    said = plain(indicator_places.wards(view(wards), drawn))
    every = said[said.index("All wards") :]
    assert every.index("Alder") < every.index("Moor") < every.index("Zeal")
    assert "rank" not in said.lower()


def test_deprivation_stands_beside_each_ward_where_it_is_known():
    known = (part("Alder", deprivation_fifth=5), part("Moor"))
    assert "5 (most)" in plain(indicator_places.wards(view(known), None))
    assert "not in the catalogue yet" in plain(indicator_places.wards_head(view((part("Moor"),)), None))
    assert "not in the catalogue yet" not in plain(indicator_places.wards_head(view(known), None))


def test_agencies_of_unlike_services_are_shown_and_not_compared():
    senders = (part("Trust B"), part("Trust A"))
    head = plain(indicator_places.senders_head(view(senders=senders), None))
    assert "Their services differ, so they are shown and not compared." in head
    said = plain(indicator_places.senders(view(senders=senders), None))
    assert said.index("Trust A") < said.index("Trust B")
    assert "Position" not in said
    assert indicator_places.senders_head(view(senders=senders[:1]), None) is None


def test_like_agencies_have_their_position_and_a_plot_without_limits_its_reason():
    senders = (part("A", key="ltht"), part("B", key="lch"))
    placed = plot(replace(place("A", "below"), key="ltht"), replace(place("B"), key="lch"))
    assert "Below the 99.8% limit" in plain(indicator_places.senders(view(senders=senders), placed))
    bare = plot(note="No limits: 2 of 3 agencies have a figure.")
    assert "No limits: 2 of 3 agencies have a figure." in plain(indicator_places.senders(view(senders=senders), bare))


def test_a_rounded_publication_says_so_beside_its_chart():
    from dataclasses import replace

    from app.widgets import indicator_words

    card = {"england": None, "comparison_period": None}
    facts = FACTS | {"target": None, "note": ""}
    plain = replace(view(), card=card, facts=facts, chart={"note": ""})
    assert "rounded to the nearest 5" in indicator_words.notes(replace(plain, rounded_to=5))
    assert "rounded" not in indicator_words.notes(plain)


@pytest.mark.parametrize(("indicator_id", "step"), [("CP07", 5), ("TR03", None), ("PA03", None), ("XX99", 5)])
def test_only_counts_of_protected_people_are_said_to_be_rounded(indicator_id, step):
    assert rounded_to(indicator_id, 5) == step
    assert rounded_to(indicator_id, None) is None
