"""The partnership's own self-assessment: each theme's spread by group, and what each group said is strong and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, join, tag
from app.widgets.page import group, section
from app.widgets.self_spread import HIDDEN, half, of_groups
from app.widgets.tables import Column, Row, stacked, table
from pipelines.queries import self_assessment_words as words

if TYPE_CHECKING:
    from app.widgets.html import Child
    from pipelines.queries.self_assessment_facts import Spread, View
    from pipelines.queries.self_assessment_year import Assessed

_NOTE = (
    "Its themes as those in it see them: the median and middle half of each group that answered, then what each said at the "
    "event. Strengths are where the partnership is and what difference that makes; areas for development are what is missing "
    "and what it could do."
)


def themes_shown(found: Assessed) -> Html | None:
    """Theme by theme; nothing where the partnership has not looked at itself that year."""
    spreads = [each for each in found.spreads if each.instrument_id == words.PARTNERSHIP]
    if not spreads and not found.views:
        return None
    themes = {each.standard_id: each.standard for each in found.asked if each.instrument_id == words.PARTNERSHIP}
    said = words.themes_finding(found)
    made = [_theme(found, spreads, *each, is_open=not place) for place, each in enumerate(themes.items())]
    lede = tag("p", said, cls="plain") if said else None
    note = f"{_NOTE} {words.COARSE_BODIES if found.names_answers else words.COARSE}"
    return section("The partnership itself", lede, _medians(spreads, themes), made, note=note, anchor="partnership")


def _medians(spreads: list[Spread], themes: dict[str, str]) -> Html | None:
    """Every theme by group on one table: the median, and the middle half under it."""
    if not spreads:
        return None
    groups = {each.sector: each.sector_words for each in spreads}
    found = {(each.standard_id, each.sector): each for each in spreads}
    columns = [Column("Theme", width="24%"), *(Column(label) for label in groups.values())]
    rows = [Row(title, tuple(_median(found.get((name, g))) for g in groups)) for name, title in themes.items()]
    return tag(
        "div",
        table("Median and middle half of each theme by group", columns, rows, cls="pairs fixed"),
        cls="before-groups",
    )


def _median(each: Spread | None) -> Child:
    if each is None or each.median is None:
        return tag("span", HIDDEN if each else "No reply", cls="second")
    replies = f"{each.replied} {'reply' if each.replied == 1 else 'replies'}"
    return join(stacked(f"{each.median:.0f}%", half(each)), tag("span", replies, cls="under"))


def _theme(found: Assessed, spreads: list[Spread], standard_id: str, title: str, *, is_open: bool) -> Html:
    mine = [each for each in spreads if each.standard_id == standard_id]
    views = [each for each in found.views if each.standard_id == standard_id]
    aside = f"{len(views)} {'group' if len(views) == 1 else 'groups'} spoke of it" if views else None
    drawn = of_groups(f"{title}: median and middle half by group", mine) if mine else None
    inside = (
        join(drawn, _views(title, views))
        if mine or views
        else tag("p", "Nobody has answered or spoken of this theme yet.", cls="second")
    )
    return group(title, inside, aside=aside, is_open=is_open)


def _views(title: str, views: list[View]) -> Html | None:
    if not views:
        return None
    columns = [
        Column("Group", width="16%"),
        Column("Strength: where we are", "Where we are"),
        Column("Strength: what difference it makes", "Difference"),
        Column("For development: what is missing", "Missing"),
        Column("For development: what we could do", "Could do"),
    ]
    rows = [
        Row(v.group_words, tuple(t or "–" for t in (v.where_we_are, v.impact, v.gap, v.opportunity))) for v in views
    ]
    heading = tag("h4", "Strengths and areas for development", cls="later")
    return join(
        heading, table(f"{title}: what each group said", columns, rows, cls="pairs fixed spoken", hide_caption=True)
    )
