"""What learning comes to as a whole: how long it takes, who has been reached, the ten measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.amounts import days_words
from app.widgets.counts import Fact, facts
from app.widgets.html import Html, join, tag
from app.widgets.learning_steps import HIDDEN
from app.widgets.page import more, section
from app.widgets.tables import Column, Row, table, two_lines
from app.widgets.verdict_cards import to_recommendation
from pipelines.queries import learning_lists as lists
from schemas.catalogue import catalogue
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_counts import Measure, Reach

# The sectors that learning most often fails to reach, named whatever the numbers say.
NAMED = ("third_sector", "education")
DAYS = "days"


def how_long(found: Learning) -> Html | None:
    """Median days from incident to first learning to action, and each recommendation's own days where they are shown."""
    medians = [each for each in found.measures if each.unit == DAYS]
    if not medians:
        return None
    made = facts([Fact(each.title, _value(each), each.detail) for each in medians])
    each = lists.taken(found)
    rest = more(f"Each recommendation’s days ({len(each)})", _taken(each)) if each else None
    note = "From the incident to the day its learning was first shared, and to the day the action was done. Medians."
    return section("How long it takes", made, rest, note=note, anchor="how-long")


def reached(found: Learning) -> Html | None:
    """Each sector with how often and how many; a sector never reached is said plainly."""
    if not found.reach:
        return None
    columns = [
        Column("Sector", width="30%"),
        Column("Recommendations shared", "Recommendations", right=True),
        Column("Times shared", "Times", right=True),
        Column("People reached", "People", right=True),
        Column("In words", width="34%", across=True),
    ]
    made = table("Who has been reached, by sector", columns, [_sector(each) for each in found.reach], hide_caption=True)
    return section("Who has been reached", made, note=reach_words(found.reach), anchor="reach")


def reach_words(reach: tuple[Reach, ...]) -> str:
    """The third sector and schools by name, and every sector nobody reached."""
    named = [
        f"{each.label}: {'never reached' if not each.shares else f'reached {_times(each.shares)}'}"
        for sector in NAMED
        for each in reach
        if each.sector == sector
    ]
    never = [each.label for each in reach if not each.shares and each.sector not in NAMED]
    said = f"{'. '.join(named)}." if named else ""
    return f"{said} Never reached: {', '.join(never)}.".strip() if never else said


def ten(found: Learning) -> Html | None:
    """The measures of demonstrable impact: what each is, what it is now, out of how many."""
    if not found.measures:
        return None
    columns = [
        Column("Measure", width="36%"),
        Column("Now", right=True, width="18%"),
        Column("Out of", right=True, width="14%"),
        Column("How it is counted", across=True),
    ]
    made = table(
        "Measures of demonstrable impact", columns, [_measure(each) for each in found.measures], hide_caption=True
    )
    words = "Ten measures" if len(found.measures) == 10 else "Measures of impact"
    note = "Whether learning has an impact that can be shown, in figures."
    return section(words, made, _beside_the_data_set(found), note=note, anchor="measures")


def _beside_the_data_set(found: Learning) -> Html:
    """Why two indicators of the data set give other numbers than this page, with the way to them."""
    stand = "all recommendations that stand" if found.whole is None else f"all {found.whole.agreed} recommendations"
    said = join(
        f"This page counts {stand}, on the day of the publication. ",
        _to_indicator("PA04"),
        " counts only those agreed at least 12 months before, as they stood at the end of each quarter. “Actions done on "
        "time” asks whether an action was done by its own day; ",
        _to_indicator("PA03"),
        " asks, quarter by quarter, whether it was done with evidence by the end of the quarter. So the numbers differ.",
    )
    return tag("p", said, cls="second text on")


def _to_indicator(indicator_id: str) -> Html:
    """The indicator's own title as a link; its id where the catalogue no longer has it."""
    indicator = catalogue().indicators.get(indicator_id)
    return tag("a", indicator.title if indicator else indicator_id, href=links.to("indicator", indicator=indicator_id))


def _measure(each: Measure) -> Row:
    out_of = "–" if each.denominator is None else f"n = {each.denominator:,.0f}"
    return Row(each.title, (tag("b", _value(each)), out_of, each.detail))


def _value(each: Measure) -> str:
    if each.unit == DAYS and each.value is not None and each.denominator and not each.marker:
        return f"{days_words(each.value)} (median of {each.denominator:,.0f})"
    return HIDDEN if each.marker == "c" else each.words or "Not known yet"


def _sector(each: Reach) -> Row:
    never = not each.shares
    people = "–" if never or each.people is None else f"{each.people:,}"
    name = two_lines(each.label, "Never reached") if never else each.label
    return Row(name, (f"{each.recommendations:,}", f"{each.shares:,}", people, each.words))


def _taken(each: tuple[lists.Taken, ...]) -> Html:
    columns = [
        Column("Recommendation", width="40%"),
        Column("Incident"),
        Column("Days to first learning", "To learning", right=True),
        Column("Days to action", "To action", right=True),
    ]
    rows = [
        Row(
            to_recommendation(took.one),
            (
                day_words(took.one.incident_on) if took.one.incident_on else "–",
                "Not shared yet" if took.to_learning is None else f"{took.to_learning:,}",
                "Not done yet" if took.to_action is None else f"{took.to_action:,}",
            ),
        )
        for took in each
    ]
    return table("Days from incident to learning to action", columns, rows, cls="pairs", hide_caption=True)


def _times(shares: int) -> str:
    return "once" if shares == 1 else f"{shares} times"
