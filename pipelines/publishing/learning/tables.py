"""The publication tables of learning for one audience, from the logs and the figures that audience sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.learning import sentences
from pipelines.publishing.learning.audience import for_readers
from pipelines.publishing.learning.counts import counts, year_of
from pipelines.publishing.learning.lines import Line, day, lines_of
from pipelines.publishing.learning.progress import Progress, progress
from pipelines.publishing.learning.reach import reach
from pipelines.publishing.learning.repeats import Repeat, repeats
from pipelines.publishing.learning.rungs import Standing, counted_words, standing
from pipelines.publishing.learning.ten_measures import Told, ten_measures
from pipelines.publishing.learning.verdicts import Figures, Judged, judged
from pipelines.publishing.rows import number
from schemas.published.learning_tables import LEARNING_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pipelines.publishing.assembling import Inputs

EXECUTIVE = "executive"
_SHAPES = {table.name: [column.name for column in table.columns] for table in LEARNING_TABLES}


def learning_tables(inputs: Inputs, figures: pd.DataFrame, audience_id: str) -> dict[str, pd.DataFrame]:
    """Every table of learning; empty ones where no learning log stands. `figures` are those of the release."""
    catalogue, today = inputs.catalogue, inputs.today
    lines = lines_of(inputs)
    looked_up = Figures(catalogue, figures)
    every = [standing(catalogue, line, judged(looked_up, line, inputs.through), today) for line in lines]
    found = repeats(lines)
    survey = inputs.records.get("survey", {}).get("Answers")
    told = Told(catalogue, every, found, survey, today, is_executive=audience_id == EXECUTIVE)
    stuck = progress(catalogue, every, today)
    tables = {
        "recommendation": [_recommendation(inputs, n, one, stuck[one.line.id], found) for n, one in enumerate(every)],
        "action": [row for one in every for row in _actions(inputs, one.line)],
        "evidence": [row for one in every for row in _evidence(inputs, one)],
        "dissemination": [row for line in lines for row in _shares(inputs, line)],
        "impact": [row for one in every for row in _impacts(inputs, one, every)],
        "impact_point": [row for one in every for judgement in one.judged for row in _points(judgement)],
        "claim_view": [row for line in lines for row in _views(inputs, line)],
        "learning_count": list(counts(catalogue, every, all_splits=audience_id == EXECUTIVE)),
        "learning_measure": list(ten_measures(told)),
        "learning_reach": list(reach(catalogue, lines)),
    }
    public = {line.id: str(line.recommendation["public_wording"]) for line in lines}
    made = {name: _frame(name, rows) for name, rows in tables.items()}
    return for_readers(made, audience_id, public, _origins(inputs, lines))


def _origins(inputs: Inputs, lines: Sequence[Line]) -> frozenset[str]:
    """The references by which reviews and incidents are known."""
    log = inputs.records.get("reviews", {})
    named = {str(line.recommendation["source_ref"]) for line in lines}
    for sheet, column in (("Reviews", "review_ref"), ("Incidents", "incident_ref")):
        named |= set(log[sheet][column]) if sheet in log else set()
    return frozenset(named - {""})


def _frame(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=_SHAPES[name])


def _recommendation(
    inputs: Inputs, position: int, one: Standing, stuck: Progress, found: Mapping[str, Repeat]
) -> dict[str, Any]:
    catalogue, line, row = inputs.catalogue, one.line, one.line.recommendation
    repeat = found.get(line.id)
    done = line.carried and len(line.done) == len(line.carried)
    return {
        "recommendation_id": line.id,
        "position": position,
        **{name: row[name] for name in ("title", "text", "source", "source_ref", "theme", "accountable", "agency_id")},
        **{name: row[name] for name in ("owner_role", "due_reason", "not_measurable")},
        "source_words": catalogue.label("source", row["source"]),
        "theme_words": catalogue.label("theme", row["theme"]),
        "context_words": catalogue.label("context_of_harm", row["context"]) if row["context"] else "",
        "accountable_words": catalogue.label("partner", row["accountable"]),
        "owner_partner": row["owner_partner"],
        "owner_partner_words": catalogue.label("partner", row["owner_partner"]) if row["owner_partner"] else "",
        "reviewed_on": line.reviewed_on,
        "owner_words": _agency(inputs, row["agency_id"]),
        "agreed_on": line.agreed_on,
        "agreed_year": year_of(one),
        "due_on": day(row["due_on"]),
        "state": "done" if done else "open",
        "state_words": _state_words(line, inputs.today),
        "level": one.rung.level,
        "level_words": sentences.LEVEL_WORDS[one.rung.level],
        "level_why": " ".join(one.rung.why[-1:]) + (_HELD_BACK if one.rung.is_held_back else ""),
        **_verdict(one),
        "changed_on": line.changed_on,
        "review_on": line.review_on,
        "actions": len(line.carried),
        "actions_done": len(line.done),
        "overdue_actions": len(line.overdue(inputs.today)),
        "evidence_count": len(line.evidence),
        "progress": stuck.reason,
        "progress_words": stuck.words,
        "progress_rank": stuck.rank,
        "incident_on": line.incident_on,
        "first_shared_on": line.first_shared_on,
        "closed_on": line.closed_on,
        "repeats_id": repeat.earlier_id if repeat else None,
        "repeats_words": repeat.words if repeat else "",
    }


_HELD_BACK = " A linked indicator got worse, so nothing above “learned” is shown."


def _state_words(line: Line, today: date) -> str:
    """How far its actions are, in words."""
    if not line.carried:
        return "No action yet"
    late = len(line.overdue(today))
    said = f"{len(line.done)} of {len(line.carried)} actions done"
    return f"{said}, {late} overdue" if late else said


def _verdict(one: Standing) -> dict[str, Any]:
    """The verdict of the whole with the sentence of the indicator it comes from."""
    decisive = one.decisive
    reason = str(one.line.recommendation["not_measurable"])
    if decisive is None:
        finding = (
            f"Not measurable: {reason}"
            if reason
            else "No measure was registered, so nothing can show whether it worked."
        )
        settles = "An audit, or what families say" if reason else "Register an indicator, or say why none could show it"
    else:
        finding = f"{decisive.indicator.title} {sentences.sentence(decisive)}"
        settles = sentences.settles(decisive)
    return {
        "verdict": one.verdict,
        "verdict_words": sentences.VERDICT_WORDS[one.verdict],
        "finding": finding,
        "settles_words": settles,
    }


def _agency(inputs: Inputs, agency_id: str) -> str:
    agency = inputs.catalogue.agencies.get(agency_id)
    return agency.title if agency else agency_id


def _actions(inputs: Inputs, line: Line) -> Iterator[dict[str, Any]]:
    for position, row in enumerate(line.actions):
        due = day(row["due_on"])
        late = row["status"] not in ("done", "stopped") and due is not None and due < inputs.today
        yield {
            **{name: row[name] for name in ("action_id", "recommendation_id", "action", "agency_id", "owner_role")},
            **{name: row[name] for name in ("due_reason", "status", "note")},
            "position": position,
            "owner_words": _agency(inputs, row["agency_id"]),
            "due_on": due,
            "status_words": inputs.catalogue.label("action_status", row["status"]),
            "done_on": day(row["done_on"]),
            "overdue_days": (inputs.today - due).days if late and due else 0,
            "has_evidence": bool(line.proofs_of(row)),
        }


def _evidence(inputs: Inputs, one: Standing) -> Iterator[dict[str, Any]]:
    """Every piece, with what it counts for; what is true of a day to come counts for nothing yet."""
    known = [row for row in one.line.evidence if row["true_of"].date() <= inputs.today]
    judged_ = dict(
        zip((row["evidence_id"] for row in known), zip(one.rung.counted, one.rung.why_not, strict=True), strict=True)
    )
    for row in one.line.evidence:
        level, why_not = judged_.get(row["evidence_id"], (0, "in_the_future"))
        claimed = number(row["level_claimed"])
        yield {
            **{
                name: row[name]
                for name in ("evidence_id", "recommendation_id", "action_id", "kind", "reference", "finding")
            },
            "kind_words": inputs.catalogue.label("evidence_kind", row["kind"]),
            "true_of": day(row["true_of"]),
            "received_on": day(row["received_on"]) or row["first_received_at"].date(),
            "level_claimed": None if claimed is None else int(claimed),
            "level_counted": level,
            "counted_words": counted_words(inputs.catalogue, row, level, why_not),
        }


def _shares(inputs: Inputs, line: Line) -> Iterator[dict[str, Any]]:
    for row in line.shares:
        people = number(row["people"])
        yield {
            **{name: row[name] for name in ("share_id", "recommendation_id", "sector")},
            "shared_on": day(row["shared_on"]),
            "how_words": inputs.catalogue.label("dissemination", row["how"]),
            "sector_words": inputs.catalogue.label("agency_about", row["sector"]),
            "people": None if people is None else int(people),
        }


def _views(inputs: Inputs, line: Line) -> Iterator[dict[str, Any]]:
    for row in line.views:
        level = number(row["of_level"])
        yield {
            **{name: row[name] for name in ("recommendation_id", "view", "reason", "of_publication")},
            "viewed_on": day(row["viewed_on"]),
            "view_words": inputs.catalogue.label("view", row["view"]),
            "of_level": None if level is None else int(level),
            "by_words": _agency(inputs, row["sent_by"]),
        }


def _impacts(inputs: Inputs, one: Standing, every: Sequence[Standing]) -> Iterator[dict[str, Any]]:
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
        "registered_on": day(one.measure["registered_on"]) or one.measure["first_received_at"].date(),
        "after_the_fact": one.is_after_the_fact,
        **{name: getattr(impact, name) for name in ("verdict", "basis", "reason", "chart", "baseline_points")},
        **{name: getattr(impact, name) for name in ("after_points", "needed")},
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


def _points(one: Judged) -> Iterator[dict[str, Any]]:
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
