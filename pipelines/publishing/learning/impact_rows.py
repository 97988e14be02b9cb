"""The rows of each verdict: in words, in numbers, and point by point as its chart draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.learning import sentences
from pipelines.publishing.learning.lines import day
from pipelines.publishing.rows import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.learning.rungs import Standing
    from pipelines.publishing.learning.verdicts import Judged


def impacts(inputs: Inputs, one: Standing, every: Sequence[Standing]) -> Iterator[dict[str, Any]]:
    """The rows of `impact`: each linked indicator of a recommendation with its verdict in words and numbers."""
    for position, judgement in enumerate(one.judged):
        yield _impact(inputs, position, judgement, every)


def _impact(inputs: Inputs, position: int, one: Judged, every: Sequence[Standing]) -> dict[str, Any]:
    impact, effect = one.impact, one.impact.effect
    usual = impact.points[impact.points["part"].eq("before")]
    mean, lower, upper = (_last(usual[name]) for name in ("mean", "lower", "upper"))
    latest = one.rows[one.latest] if one.latest is not None else None
    return {
        "recommendation_id": one.line.id,
        "indicator_id": one.indicator.id,
        "position": position,
        "title": one.indicator.title,
        "unit_words": one.indicator.unit,
        "expected": one.measure["expected"],
        "expected_words": sentences.expected_words(one),
        "changed_on": one.changed_on,
        "review_on": day(one.measure["review_on"]),
        "registered_on": one.registered_on,
        "after_the_fact": one.is_after_the_fact,
        **{name: getattr(impact, name) for name in ("verdict", "basis", "reason", "chart", "baseline_points")},
        "after_points": impact.after_points,
        "needed": impact.after_points + impact.needed,
        "verdict_words": sentences.VERDICT_WORDS[impact.verdict],
        "sentence": f"{one.indicator.title} {sentences.sentence(one)}",
        "because_words": sentences.because(one),
        "effect_kind": effect.kind,
        "effect": effect.value,
        "effect_lower": effect.lower,
        "effect_upper": effect.upper,
        "effect_words": sentences.effect_words(one),
        "mean": mean,
        "lower": lower,
        "upper": upper,
        "usual_words": sentences.usual_words(one),
        "since_period": one.periods[impact.since].id if impact.since is not None else None,
        "latest_period": one.periods[one.latest].id if one.latest is not None else None,
        "latest_value": number(latest["value"]) if latest else None,
        "latest_words": sentences.latest_words(one),
        "n_words": sentences.n_words_of(one),
        "beside_words": sentences.beside_words(_others(one, every), _events(inputs, one)),
        "settles_words": sentences.settles(one),
        "segmented_words": sentences.segmented_words(one),
    }


def _last(values: pd.Series) -> float | None:
    kept = values.dropna()
    return float(kept.iloc[-1]) if len(kept) else None


def _others(one: Judged, every: Sequence[Standing]) -> list[str]:
    """Other recommendations linked to the same indicator."""
    return [
        other.line.id
        for other in every
        if other.line.id != one.line.id and any(each.indicator.id == one.indicator.id for each in other.judged)
    ]


def _events(inputs: Inputs, one: Judged) -> list[tuple[date, str]]:
    """What is noted on the indicator's chart within the time that was judged."""
    first = one.periods[0].start if one.periods else one.changed_on
    return [
        (event.from_day, event.text)
        for event in inputs.catalogue.annotations.values()
        if (one.indicator.id in event.indicator_ids or one.indicator.domain in event.domains)
        and first <= event.from_day <= inputs.through.end
    ]


def points(one: Judged) -> Iterator[dict[str, Any]]:
    """The points of a verdict's chart; a hidden or missing one is there, without its numbers."""
    for position, (period, row, point) in enumerate(
        zip(one.periods, one.rows, one.impact.points.to_dict("records"), strict=True)
    ):
        numbers = {name: None if row is None else number(row[name]) for name in ("value", "numerator", "denominator")}
        hides = row is None or row["marker"] != ""
        yield {
            "recommendation_id": one.line.id,
            "indicator_id": one.indicator.id,
            "period_id": period.id,
            "position": position,
            **(dict.fromkeys(numbers) if hides else numbers),
            "marker": "" if row is None else row["marker"],
            **{name: point[name] for name in ("part", "special_cause", "point_type")},
            **{name: number(point[name]) for name in ("mean", "lower", "upper")},
        }
