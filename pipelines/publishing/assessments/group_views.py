"""What each group said of each theme of the partnership at its event, in words an audience may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.bodies import KIND, sectors_of
from pipelines.publishing.logs.log import records_of
from pipelines.publishing.rows import Row, rows
from schemas.returns.small_words import LEFT_OUT_OF_VIEWS
from schemas.returns.telling import tells_too_much

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Audience

_EXECUTIVE = "executive"
# The record's column, and the table's: `position` is where a row stands.
_SAID = {"position": "where_we_are", "impact": "impact", "gap": "gap", "opportunity": "opportunity"}


def group_view_rows(inputs: Inputs, audience: Audience) -> list[dict[str, Any]]:
    """One row a year, group and theme; what several tables of one group said stands one after another."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows(records_of(inputs, KIND, "Event")):
        found.setdefault((row["year_id"], row["respondent_group"], row["theme"]), []).append(row)
    origins = frozenset() if audience.id == _EXECUTIVE else _origins(inputs)
    groups, themes = sectors_of(inputs.catalogue), list(inputs.catalogue.choices["partnership_theme"].values())
    places = {theme.id: (place, theme.label) for place, theme in enumerate(themes)}
    return [
        {
            "year_id": year_id,
            "respondent_group": group,
            "theme": theme,
            "position": 100 * places[theme][0] + groups[group][0],
            "group_words": groups[group][1],
            "standard_id": theme.upper(),
            "theme_words": places[theme][1],
        }
        | {name: _said(audience, [row[column] for row in mine], origins) for column, name in _SAID.items()}
        for (year_id, group, theme), mine in found.items()
    ]


def _said(audience: Audience, texts: list[str], origins: frozenset[str]) -> str:
    whole = " ".join(dict.fromkeys(text.strip() for text in texts if text.strip()))
    return LEFT_OUT_OF_VIEWS if audience.id != _EXECUTIVE and tells_too_much(whole, origins) else whole


def _origins(inputs: Inputs) -> frozenset[str]:
    """The references of incidents and reviews, to which no other words may lead."""
    named = (("Reviews", "review_ref"), ("Incidents", "incident_ref"))
    return frozenset(each for sheet, column in named for each in records_of(inputs, "reviews", sheet)[column])
