"""Reviews as a page shows them: decisions with their reasons, the way to learning and action, child deaths by the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.amounts import MARKERS, count, days_words
from app.widgets.clocks_shown import when
from app.widgets.counts import Fact, facts
from app.widgets.html import Child, Html, join, tag
from app.widgets.icons import mark
from app.widgets.lengths import HIDDEN
from app.widgets.page import more, section
from app.widgets.tables import Column, Row, stacked, table, two_lines
from pipelines.queries.reviews import DEATH_REVIEWS, DEATHS

if TYPE_CHECKING:
    from pipelines.queries.review_facts import Figure, Review, Reviews

# As many reviews as are read at a sitting; the others open in place.
AT_FIRST = 6


def to_action(found: Reviews) -> Html | None:
    """How long it took from the incident to the first learning, and to the last action."""
    if not found.measures:
        return None
    made = [
        Fact(m.title, days_words(m.median_days) if m.median_days is not None else "Too few to say", m.words)
        for m in found.measures
    ]
    note = (
        "From the day of the incident to the day learning from it was first shared, and to the day the last of its actions "
        "was done. Each is the middle of the reviews it is known of, by the learning log’s own references."
    )
    learning = tag("p", tag("a", "What became of the learning", href=links.to("learning")), cls="second on")
    return section("From incident to learning to action", facts(made), learning, note=note, anchor="to-action")


def reviews_shown(found: Reviews) -> Html | None:
    """Each review with its decision where the release shows them, else how many began."""
    if found.reviews:
        first, rest = found.reviews[:AT_FIRST], found.reviews[AT_FIRST:]
        under = more(f"Earlier reviews ({len(rest)})", _reviews(rest)) if rest else None
        note = "The latest begun stands first. No name, no story: dates, decisions and their reasons."
        return section("Reviews and what was decided", _reviews(first), under, note=note, anchor="reviews")
    return _counts(found)


def deaths_shown(figures: tuple[Figure, ...]) -> Html | None:
    """Child deaths and their reviews, a whole year at a time."""
    if not figures:
        return None
    by_key = {(f.indicator_id, f.year): f for f in figures}
    years = list(dict.fromkeys(f.year for f in figures))
    columns = [
        Column("Year", width="24%"),
        Column("Child deaths notified", "Deaths", width="38%"),
        Column("Reviews that found something that could be different", "Reviews"),
    ]
    rows = [
        Row(year, (_deaths(by_key.get((DEATHS, year))), _modifiable(by_key.get((DEATH_REVIEWS, year)))))
        for year in years
    ]
    note = "Whole years only, from the child death review panel’s figures. No death is shown by itself, to anybody."
    shown = table("Child deaths by financial year", columns, rows, cls="pairs", hide_caption=True)
    return section("Child deaths", shown, note=note, anchor="deaths")


def _reviews(reviews: tuple[Review, ...]) -> Html:
    columns = [
        Column("Review", width="25%"),
        Column("Decision", width="36%"),
        Column("Legal adviser", width="15%"),
        Column("Learning and action"),
    ]
    return table(
        "Reviews with their decisions",
        columns,
        [_review(each) for each in reviews],
        cls="pairs fixed reviewed",
        hide_caption=True,
    )


def _review(review: Review) -> Row:
    follows = f", follows {review.incident_ref}" if review.incident_ref else ""
    began = f"Begun {when(review.started_on)}" if review.started_on else "Day it began not given"
    heading = two_lines(review.type_words, join(f"{review.review_ref}{follows}. ", began))
    return Row(heading, (_decision(review), _legal(review), _line(review)))


def _decision(review: Review) -> Html:
    on = f", {when(review.decided_on)}" if review.decided_on else ""
    published = f"Published {when(review.published_on)}." if review.published_on else ""
    said = (
        review.decision_reason,
        review.panel_words,
        published,
        f"Late: {review.late_reason}" if review.late_reason else "",
    )
    return two_lines(
        tag("b", f"{review.decision_words}{on}"), join(*(tag("span", each) for each in said if each), between=" ")
    )


def _legal(review: Review) -> Html:
    return mark("note", "Has raised a point") if review.has_legal_point else tag("span", "No point raised")


def _line(review: Review) -> Html:
    if not review.recommendations:
        return two_lines("No recommendation names it yet")
    many = f"{review.recommendations} recommendation{'' if review.recommendations == 1 else 's'}"
    shared = "Not yet shared" if review.shared_days is None else f"Shared after {review.shared_days:,} days"
    done = "actions not all done" if review.closed_days is None else f"actions done after {review.closed_days:,} days"
    return two_lines(many, f"{shared}; {done}.")


def _counts(found: Reviews) -> Html | None:
    if not found.types:
        return None
    years = list(dict.fromkeys(each.year for each in found.types))
    by_key = {(each.type_words, each.year): each.count for each in found.types}
    columns = [Column("Type of review", width="40%"), *(Column(year) for year in years)]
    types = list(dict.fromkeys(each.type_words for each in found.types))
    rows = [Row(name, tuple(_many(by_key.get((name, year))) for year in years)) for name in types]
    note = (
        "Reviews that began in each year that is over; rapid reviews are counted by their clock above. Single reviews, "
        "decisions and reasons are in the Executive’s release only."
    )
    shown = table("Reviews by type and year", columns, rows, cls="pairs", hide_caption=True)
    return section("How many reviews began", shown, note=note, anchor="reviews")


def _many(number: int | None) -> str:
    return HIDDEN if number is None else f"{number:,}"


def _deaths(figure: Figure | None) -> Child:
    if figure is None or figure.numerator is None or figure.value is None:
        return MARKERS.get(figure.marker if figure else "", MARKERS[""])
    return stacked(count(figure.numerator), f"{figure.value:.1f} per 100,000 children")


def _modifiable(figure: Figure | None) -> Child:
    if figure is None or figure.value is None:
        return MARKERS.get(figure.marker if figure else "", MARKERS[""])
    return stacked(f"{figure.value:.1f}%", f"{count(figure.numerator)} of {count(figure.denominator)} reviews")
