from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from urllib.parse import unquote

import pytest

from app.widgets import linked, verdict_parts
from app.widgets.html import plain
from app.widgets.verdict_chart import Mark, Verdict, verdict_chart
from pipelines.queries.learning_impacts import Impact, ImpactPoint
from pipelines.queries.linked import Linked
from tests.pages import learning_tables

_ROLLING = "First entrants cannot be judged: each figure covers a year that overlaps the one before."
SHOWN = Verdict(
    marks=(
        Mark(50.0, 50.0, 40.0, 60.0, is_before=True),
        Mark(None, 50.0, 40.0, 60.0, is_before=True),
        Mark(52.0, 50.0, 40.0, 60.0),
        Mark(70.0, 50.0, 40.0, 60.0, "improvement"),
    ),
    first="2025-26 Q3", last="2026-27 Q2", latest_words="70.0%", usual_words="Usual: 40–60%",
    changed_words="Changed April 2026", changed_at=1.5, review_words="Review date: 31 March 2027", review_at=5.5,
    alt="Line chart of a <measure>", note="1 of 4 points have no figure: hidden to protect.",
)  # fmt: skip


def picture(made: str) -> str:
    return unquote(re.search(r'src="data:image/svg\+xml,([^"]*)"', made)[1]).replace("&#x27;", "'")


def at(made: str, cls: str) -> float:
    return float(re.search(rf'class="{cls}" style="left:([\d.]+)%', made)[1])


def test_the_band_ends_where_practice_changed_and_its_limits_run_on_dashed():
    drawn = picture(verdict_chart(SHOWN))
    (band,) = re.findall(r"f-band' d='M([^']*)Z'", drawn)
    right = max(float(pair.split()[0]) for pair in band.split("L"))
    (change,) = re.findall(r"s-ink' stroke-width='1.3'[^>]*d='M([\d.]+) ", drawn)
    assert right == pytest.approx(float(change), abs=0.1)
    after = [each for each in re.findall(r"<path class='s-limit'[^>]*>", drawn) if f"M{change} " in each]
    assert len(after) == 3
    assert all("stroke-dasharray" in each for each in after)


def test_only_a_signal_is_coloured():
    made = verdict_chart(SHOWN)
    assert made.count("pt pt-improvement") == 1
    assert "pt-concern" not in made
    quiet = replace(SHOWN, marks=tuple(replace(mark, kind="usual") for mark in SHOWN.marks))
    assert "pt-improvement" not in verdict_chart(quiet)


def test_a_hidden_point_is_a_gap_with_a_square_and_a_reason():
    made = verdict_chart(SHOWN)
    (line,) = re.findall(r"s-line'[^>]*d='([^']*)'", picture(made))
    assert line.count("M") == 2
    assert made.count('class="pt pt-none" style') == 1
    assert "hidden to protect" in made


def test_a_review_date_ahead_lengthens_the_chart_and_one_far_ahead_is_only_named():
    near, far = verdict_chart(SHOWN), verdict_chart(replace(SHOWN, review_at=None))
    assert at(near, "pt pt-review") > at(near, "value")
    assert 'class="pt pt-review" style' not in far
    assert "Review date: 31 March 2027" in plain(far)
    assert at(far, "value") > at(near, "value")


def test_the_words_of_a_chart_are_text_and_its_labels_are_not_read_twice():
    made = verdict_chart(replace(SHOWN, changed_words="<b>x</b>", usual_words="<i>y</i>", latest_words="<u>z</u>"))
    assert not re.search('<b>x|<i>y|<u>z|alt="[^"]*<measure>', made)
    for cls in ("change after", "range", "value", "ends"):
        assert re.search(rf'class="{cls}(?: long)?"[^>]*aria-hidden="true"', made)


def test_a_value_too_long_for_the_room_beside_its_point_ends_where_that_room_ends():
    short, long = verdict_chart(SHOWN), verdict_chart(replace(SHOWN, latest_words="96.5 per 10,000"))
    assert re.search(r'class="value" style="left:', short)
    assert re.search(r'class="value long" style="right:calc\([\d.]+% - 54px\)', long)


def test_a_chart_without_limits_has_no_band_and_says_no_range():
    bare = replace(SHOWN, marks=tuple(Mark(mark.value, is_before=mark.is_before) for mark in SHOWN.marks))
    made = verdict_chart(bare)
    assert "f-band' d" not in picture(made)
    assert "Usual: 40–60%" not in made


def impact_of(recommendation_id: str, **own) -> Impact:
    linked_rows, points = learning_tables.impacts()
    row = next(each for each in linked_rows if each["recommendation_id"] == recommendation_id)
    unit = {"unit": "percent", "decimals": 1, "denominator": "of those asked"}
    mine = tuple(
        ImpactPoint(**{each.name: point[each.name] for each in fields(ImpactPoint)})
        for point in points
        if point["recommendation_id"] == recommendation_id
    )
    facts = row | unit | {"points": mine} | own
    return Impact(**{each.name: facts[each.name] for each in fields(Impact)})


def test_the_words_for_those_who_do_not_see_it_say_the_finding():
    said = verdict_parts.alt_of(impact_of("R-07"))
    for part in (
        "2022-23 Q3 to 2026-27 Q2", "Got worse: School told before next school day fell", "Changed October 2025.",
        "Usual: 84–93%, fixed before the change.", "Expected: higher by September 2026.",
        "1 of 16 points have no figure: hidden to protect.",
    ):  # fmt: skip
        assert part in said


def test_every_point_is_in_the_table_behind_the_chart_and_a_hidden_one_has_no_number():
    made = verdict_parts.behind(impact_of("R-07"))
    assert made.count('role="row"') == 17
    assert made.count("Hidden to protect") == 1
    hidden = next(row for row in made.split("<tr") if "Hidden to protect" in row)
    assert not re.search(r">\d+(\.\d)?%?<", hidden)
    assert "81.2%" in made


def test_a_change_still_to_come_is_not_told_as_past():
    ahead = impact_of("R-07", changed_on=date(2027, 4, 1))
    assert verdict_parts.verdict_of(ahead).changed_words == "Changes April 2027"
    assert verdict_parts.verdict_of(ahead).changed_at is None
    assert verdict_parts.changed_words(impact_of("R-07")) == "Changed October 2025"


def test_a_verdict_by_year_says_why():
    assert "By year, as too many quarters are hidden." in verdict_parts.caption_of(impact_of("R-07", basis="years"))


def test_before_the_change_nothing_is_coloured_whatever_its_point_says():
    odd = impact_of("R-07")
    loud = replace(odd, points=tuple(replace(p, point_type="special_cause_concern") for p in odd.points))
    kinds = [mark.kind for mark in verdict_parts.verdict_of(loud).marks]
    parts = [point.part for point in loud.points]
    assert {kind for kind, part in zip(kinds, parts, strict=True) if part != "after"} == {"usual"}
    assert "concern" in kinds


def test_a_linked_indicator_of_which_nothing_is_shown_has_words_and_no_picture():
    none = impact_of("R-07", points=(), reason="rolling", verdict="not_measurable", sentence=_ROLLING)
    made = verdict_parts.figure(none)
    assert "<img" not in made
    assert "No line is drawn: each figure covers a year that overlaps the one before." in plain(made)
    assert "rolling" not in made
    assert "there is no line to draw" in plain(verdict_parts.figure(replace(none, verdict="worse")))


def test_what_is_needed_since_the_change_is_told_in_the_unit_it_is_judged_in():
    assert verdict_parts.since_the_change(impact_of("R-14", after_points=1)) == "1 of 4 quarters needed"
    years = impact_of("R-14", basis="years", after_points=0, needed=1)
    assert verdict_parts.since_the_change(years) == "0 of 1 whole year needed"


def change(recommendation_id: str, on: date) -> Linked:
    return Linked(recommendation_id, "Title", on, date(2027, 3, 31), "Expected: lower", "too_early", "Too early", "–")


def test_changes_in_one_quarter_share_a_vertical_so_that_no_label_lies_on_another():
    found = [change("R-14", date(2026, 7, 1)), change("R-02", date(2026, 7, 20)), change("R-09", date(2026, 1, 5))]
    made = linked.events(found, ["2025-26-Q4", "2026-27-Q1", "2026-27-Q2"])
    assert [(event.label, event.is_recommendation) for event in made] == [("R-09", True), ("R-02, R-14", True)]


def test_a_change_outside_the_chart_is_listed_and_not_drawn():
    found = [change("R-14", date(2030, 1, 1))]
    assert linked.events(found, ["2026-27-Q2"]) == ()
    assert "R-14 Title" in plain(linked.listed(found))
    assert linked.listed([]) is None
