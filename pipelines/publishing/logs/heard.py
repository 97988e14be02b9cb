"""What is published of voice: who was heard, directly or not, what became of it, and what they said.

A theme is not a person, so themes are counted; but what a handful of people said could be known for theirs, so it is
told only where enough were heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.logs.indicators import FAMILIES
from pipelines.publishing.logs.log import Log, inside, records_of
from pipelines.publishing.rows import rows
from schemas.periods import quarter_of
from schemas.returns.small_words import LEFT_OUT, names_a_small_number
from schemas.returns.telling import tells_too_much

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Audience

ALL = "all"
_EXECUTIVE = "executive"
_WORDS = ("asked", "said", "changed")
_DIMENSIONS = {"who": "heard", "theme": "theme"}


def voice_tables(inputs: Inputs, audience: Audience) -> dict[str, list[dict[str, Any]]]:
    """The rows of `voice_count` and `voice_theme`: what was heard in the twelve months to the log's last quarter."""
    window = Log(inputs, "voice").latest_twelve_months
    if window is None:
        return {"voice_count": [], "voice_theme": []}
    heard = records_of(inputs, "voice", "Heard")
    heard = heard[inside(heard["heard_on"], window)]
    told = heard[heard["people"].gt(audience.hide_to)]
    counted = [
        row | {"period_id": window.id}
        for dimension in (ALL, "families", *_DIMENSIONS)
        for row in _counts(inputs, dimension, heard, told)
    ]
    return {"voice_count": counted, "voice_theme": [] if audience.drops_accounts else _themes(inputs, audience, told)}


def _counts(inputs: Inputs, dimension: str, heard: pd.DataFrame, told: pd.DataFrame) -> list[dict[str, Any]]:
    if dimension not in _DIMENSIONS:
        words = {ALL: "Everybody heard", "families": "Children, young people, parents and carers"}[dimension]
        mine, tellable = ((f if dimension == ALL else f[f["who"].isin(FAMILIES)]) for f in (heard, told))
        return [{"dimension": dimension, "category": ALL, "position": 0, "label": words} | _count(mine, tellable)]
    listed = inputs.catalogue.choices[_DIMENSIONS[dimension]].values()
    return [
        {"dimension": dimension, "category": each.id, "position": position, "label": each.label}
        | _count(heard[heard[dimension].eq(each.id)], told[told[dimension].eq(each.id)])
        for position, each in enumerate(listed)
    ]


def _count(heard: pd.DataFrame, told: pd.DataFrame) -> dict[str, int]:
    answers = heard["response"]
    return {
        "heard": len(heard),
        "directly": int(heard["directly"].eq("yes").sum()),
        "completed": int(answers.eq("completed").sum()),
        "in_hand": int(answers.eq("in_hand").sum()),
        "decided_against": int(answers.eq("decided_against").sum()),
        "unanswered": int((~answers.isin(["completed", "in_hand", "decided_against"])).sum()),
        "told_back": int(heard["told_on"].notna().sum()),
        "told_here": len(told),
    }


def _themes(inputs: Inputs, audience: Audience, told: pd.DataFrame) -> list[dict[str, Any]]:
    """What was said and what changed, the latest first."""
    origins = frozenset() if audience.id == _EXECUTIVE else _origins(inputs)
    latest_first = told.sort_values(["heard_on", "voice_ref"], ascending=[False, True], kind="stable")
    made = [_theme(inputs, row, position) for position, row in enumerate(rows(latest_first))]
    return [row | {name: _repeatable(row[name], audience, origins) for name in _WORDS} for row in made]


def _origins(inputs: Inputs) -> frozenset[str]:
    """The references of incidents and reviews, to which no other words may lead."""
    named = (("Reviews", "review_ref"), ("Incidents", "incident_ref"))
    return frozenset(each for sheet, column in named for each in records_of(inputs, "reviews", sheet)[column])


def _theme(inputs: Inputs, row: dict[str, Any], position: int) -> dict[str, Any]:
    label, agency = inputs.catalogue.label, inputs.catalogue.agencies.get(row["agency_id"])
    return {
        "voice_ref": row["voice_ref"],
        "period_id": quarter_of(row["heard_on"].date()).id,
        "position": position,
        "who_words": label("heard", row["who"]),
        "directly": row["directly"] == "yes",
        "people": int(row["people"]),
        "agency_words": agency.short if agency else "",
        "theme": row["theme"],
        "theme_words": label("theme", row["theme"]),
        "asked": row["asked"],
        "said": row["said"],
        "response": row["response"],
        "response_words": label("response", row["response"]),
        "changed": row["changed"],
        "told_back": not _is_empty(row["told_on"]),
        "recommendation_id": row["recommendation_id"],
    }


def _repeatable(text: str, audience: Audience, origins: frozenset[str]) -> str:
    """Words as a release may repeat them: for the Executive not where they name a small number, else nothing that tells."""
    tells = names_a_small_number(text) if audience.id == _EXECUTIVE else tells_too_much(text, origins)
    return LEFT_OUT if tells else text


def _is_empty(day: Any) -> bool:  # noqa: ANN401 - a moment or nothing, as pandas has it
    return bool(day != day)  # noqa: PLR0124 - nothing is unlike itself
