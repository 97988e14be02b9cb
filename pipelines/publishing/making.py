"""How each whole-area figure was made, in words and shown numbers: formula, parts, population, interval, limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.breaks import is_mixed
from pipelines.publishing.making_parts import Parts, parts_inside, parts_words, whole_parts
from pipelines.publishing.making_words import (
    Official,
    between_words,
    formula_words,
    interval_words,
    official_words,
    population_words,
)
from pipelines.publishing.rows import rows, rows_by, tuples
from pipelines.publishing.whole_area import HIDDEN, KEY, all_agencies, whole_area
from pipelines.publishing.words import MARKER_WORDS
from schemas.periods import parse
from schemas.published.methods import methods
from schemas.published.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.series import Lines
    from schemas.catalogue import Audience, Indicator

Key = tuple[str, str]
_SENT = ["indicator_id", "period_id", "submission_id", "agency_id"]
_NOTHING = dict.fromkeys(("parts", "population", "interval", "limits"), "")


@dataclass(frozen=True)
class _Shown:
    """What the release holds, looked up by indicator and period."""

    inputs: Inputs
    audience: Audience
    charts: dict[str, str]
    points: dict[Key, dict[str, Any]]
    parts: dict[str, Parts]
    official: Official
    sent: frozenset[Key]


def makings(inputs: Inputs, audience_id: str, figures: pd.DataFrame, lines: Lines) -> pd.DataFrame:
    """The publication table `made`: one row for each whole-area figure.

    Of a hidden figure it says only that it is hidden and by which rule; no number, and not what it was worked out from.
    """
    series, points = lines.series, lines.points
    shown = _Shown(
        inputs=inputs,
        audience=inputs.catalogue.audiences[audience_id],
        charts={r["indicator_id"]: r["chart"] for r in rows(series) if r["agency_id"] == "all"},
        points={(r["indicator_id"], r["period_id"]): r for r in rows(points) if r["agency_id"] == "all"},
        parts=whole_parts(inputs.catalogue, figures),
        official=official_words(inputs),
        sent=frozenset(tuples(whole_area(inputs.catalogue, inputs.observations)[KEY])),
    )
    told = [_told(shown, row) for row in rows(all_agencies(inputs.catalogue, figures))]
    return pd.DataFrame(told, columns=[c.name for c in TABLES["made"].columns])


def made_from(inputs: Inputs, figures: pd.DataFrame) -> pd.DataFrame:
    """The publication table `made_from`: the submissions each shown whole-area figure rests on, and what they gave."""
    found = pd.DataFrame(
        list(_inputs_of(inputs, figures)), columns=[c.name for c in TABLES["made_from"].columns], dtype="str"
    )
    return found.drop_duplicates(ignore_index=True)


def _told(shown: _Shown, row: dict[str, Any]) -> dict[str, Any]:
    indicator = shown.inputs.catalogue.indicators[row["indicator_id"]]
    key = {"indicator_id": row["indicator_id"], "period_id": row["period_id"]}
    definition = _definition(indicator, row)
    if row["marker"] == HIDDEN:
        return key | _NOTHING | {"formula": _hidden(shown.audience), "definition": definition}
    if pd.isna(row["value"]):
        said = row["note"] or f"No figure: {MARKER_WORDS[str(row['marker'])].lower()}."
        return key | _NOTHING | {"formula": said, "definition": definition}
    return key | {
        "formula": formula_words(indicator, row, is_sent=_is_sent(shown.inputs, indicator)),
        "parts": _parts(shown, indicator, row),
        "population": population_words(shown.official, indicator, row),
        "interval": interval_words(indicator, row),
        "limits": _limits(shown, indicator, row),
        "definition": definition,
    }


def _is_sent(inputs: Inputs, indicator: Indicator) -> bool:
    return inputs.catalogue.agencies[indicator.agency_id].sends or indicator.computed_from is not None


def _hidden(audience: Audience) -> str:
    also = " and every count that would give them away" if audience.secondary else ""
    return (
        f"Hidden to protect, by the policy for this audience: counts of {audience.hide_from} to {audience.hide_to} "
        f"are hidden{also}."
    )


def _parts(shown: _Shown, indicator: Indicator, row: dict[str, Any]) -> str:
    key = (row["indicator_id"], row["period_id"])
    is_sent = len(indicator.sent_by) == 1 and key in shown.sent
    said = [row["note"] or ("" if is_sent else parts_words(indicator, row, shown.parts[indicator.id]))]
    if shown.audience.round_to:
        said.append(f"Counts are rounded to the nearest {shown.audience.round_to} first.")
    return " ".join(each for each in said if each)


def _limits(shown: _Shown, indicator: Indicator, row: dict[str, Any]) -> str:
    point = shown.points.get((row["indicator_id"], row["period_id"]))
    if point is None or pd.isna(point["lower"]):
        return ""
    method = methods().of_chart(shown.charts[row["indicator_id"]])
    return f"{between_words(indicator, max(point['lower'], 0), point['upper'])}. Method: {method.title}."


def _definition(indicator: Indicator, row: dict[str, Any]) -> str:
    period = parse(row["period_id"])
    if is_mixed(indicator, period):
        return "Mixed: the definition changed within the period."
    version = next((d for d in reversed(indicator.definitions) if parse(d.from_period).start <= period.end), None)
    if version is None:
        return f"Version {row['definition_version']}."
    return f"Version {version.version}, in force from {parse(version.from_period).short}."


def _inputs_of(inputs: Inputs, figures: pd.DataFrame) -> Iterator[tuple[str, str, str, str, str]]:
    """For each shown figure the standing rows of its own period or, of one nobody sent, of the quarters or terms inside it."""
    agencies = dict(zip(inputs.submissions["submission_id"], inputs.submissions["agency_id"], strict=True))
    sent = rows_by(whole_area(inputs.catalogue, inputs.observations)[_SENT], "indicator_id")
    periods = {each: frozenset(row["period_id"] for row in mine) for each, mine in sent.items()}
    for figure in rows(all_agencies(inputs.catalogue, figures)):
        if figure["marker"] == HIDDEN:
            continue
        indicator = inputs.catalogue.indicators[figure["indicator_id"]]
        if figure["note"] and not pd.isna(figure["value"]):
            # Made of the area's parts, which came with the period itself.
            cited = [each for each in figure["submission_ids"].split() if each in agencies]
            yield from ((*_key(figure), each, agencies[each], figure["period_id"]) for each in cited)
            continue
        used = _rests_on(indicator, periods.get(indicator.id, frozenset()), figure)
        for row in (row for row in sent.get(indicator.id, []) if row["period_id"] in used):
            for each, agency_id in _cited(row, agencies):
                yield (*_key(figure), each, agency_id, row["period_id"])


def _cited(row: dict[str, Any], agencies: dict[str, str]) -> list[tuple[str, str]]:
    """The submissions a standing row names; one computed from a log may rest on several of its returns."""
    named = row["submission_id"].split()
    if all(each in agencies for each in named):
        return [(each, agencies[each]) for each in named]
    return [(row["submission_id"], row["agency_id"])]


def _rests_on(indicator: Indicator, sent: frozenset[str], figure: dict[str, Any]) -> list[str]:
    """Of the periods sent, its own; of a figure nobody sent, those inside it."""
    period = parse(figure["period_id"])
    if period.id in sent or pd.isna(figure["value"]):
        return [period.id]
    inside = [part.id for part in parts_inside(period, sent)]
    return inside[-1:] if indicator.year_value == "last" else inside


def _key(figure: dict[str, Any]) -> Key:
    return str(figure["indicator_id"]), str(figure["period_id"])
