"""The filters of the Data set: what can be asked for, and which lines answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.delta_generator import DeltaGenerator

    from pipelines.queries.scorecard import Choices, ScorecardLine

RATINGS = {
    "concern": "Concern",
    "improvement": "Improvement",
    "unusual": "Unusual",
    "usual": "Usual range",
    "none": "Not judged or no figure",
}
ALL = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; an empty word asks for everything."""

    text: str = ""
    agency: str = ALL
    priority: str = ALL
    theme: str = ALL
    rating: str = ALL

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != Filter()

    def keeps(self, line: ScorecardLine) -> bool:
        """Whether a line answers everything that is asked."""
        return (
            self.text.lower() in f"{line.title} {line.indicator_id} {line.domain}".lower()
            and self.agency in (ALL, *line.agency_ids)
            and self.priority in (ALL, *line.priority_ids)
            and self.theme in (ALL, *line.theme_ids)
            and self.rating in (ALL, line.variation)
        )


def asked(choices: Choices) -> Filter:
    """The filters in a row, with search first; the address bar keeps them."""
    with st.container(key="filters"):
        columns = st.columns([1.35, 1, 1, 1, 1])
        text = columns[0].text_input("Find an indicator", key="find", bind="query-params", placeholder="Name or id")
        return Filter(
            text.strip(),
            _choice(columns[1], "agency", "agencies", dict(choices.agencies)),
            _choice(columns[2], "priority", "priorities", dict(choices.priorities)),
            _choice(columns[3], "theme", "themes", dict(choices.themes)),
            _choice(columns[4], "rating", "ratings", RATINGS),
        )


def words_of(chosen: Filter, choices: Choices) -> str:
    """What is on, in words."""
    named = {
        "name": (chosen.text, {}),
        "agency": (chosen.agency, dict(choices.agencies)),
        "priority": (chosen.priority, dict(choices.priorities)),
        "theme": (chosen.theme, dict(choices.themes)),
        "rating": (chosen.rating, RATINGS),
    }
    on = [f"{name}: {words.get(value, value)}" for name, (value, words) in named.items() if value]
    return f"Only {'; '.join(on)}." if on else ""


def _choice(column: DeltaGenerator, name: str, plural: str, words: Mapping[str, str]) -> str:
    offered = {ALL: f"All {plural}", **words}
    keys = list(offered)
    return (
        column.selectbox(name.capitalize(), keys, format_func=offered.__getitem__, key=name, bind="query-params") or ALL
    )
