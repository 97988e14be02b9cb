"""The publication tables of learning for one audience, from the logs and the figures that audience sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.assessments.audit_shifts import shifts
from pipelines.publishing.learning import sentences
from pipelines.publishing.learning.audience import for_readers
from pipelines.publishing.learning.belonging import accounts, actions, agency_words, evidence, shares, views
from pipelines.publishing.learning.counts import counts, year_of
from pipelines.publishing.learning.impact_rows import impacts, points
from pipelines.publishing.learning.lines import Line, day, lines_of
from pipelines.publishing.learning.progress import Progress, progress
from pipelines.publishing.learning.reach import reach
from pipelines.publishing.learning.repeats import Repeat, repeats
from pipelines.publishing.learning.rungs import Standing, standing
from pipelines.publishing.learning.ten_measures import Told, ten_measures
from pipelines.publishing.learning.verdicts import Figures, judged
from pipelines.publishing.logs import reviewing
from schemas.published.learning_tables import LEARNING_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Catalogue

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
    reviews = list(reviewing.lines_of(inputs).values())
    again = list(shifts(inputs))
    told = Told(catalogue, every, found, survey, reviews, today, is_executive=audience_id == EXECUTIVE, shifts=again)
    stuck = progress(catalogue, every, today)
    tables = {
        "recommendation": [_recommendation(inputs, n, one, stuck[one.line.id], found) for n, one in enumerate(every)],
        "action": [row for one in every for row in actions(inputs, one.line)],
        "evidence": [row for one in every for row in evidence(inputs, one)],
        "dissemination": [row for line in lines for row in shares(inputs, line)],
        "impact": [row for one in every for row in impacts(inputs, one, every)],
        "impact_point": [row for one in every for judgement in one.judged for row in points(judgement)],
        "claim_view": [row for line in lines for row in views(inputs, line)],
        "recommendation_account": [row for line in lines for row in accounts(inputs, line)],
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
        "owner_words": agency_words(inputs, row["agency_id"]),
        "agreed_on": line.agreed_on,
        "agreed_year": year_of(one),
        "due_on": day(row["due_on"]),
        "state": "done" if done else "open",
        "state_words": _state_words(line, inputs.today),
        "level": one.rung.level,
        "level_words": sentences.LEVEL_WORDS[one.rung.level],
        "level_why": " ".join(one.rung.why[-1:]) + (_HELD_BACK if one.rung.is_held_back else ""),
        **_verdict(catalogue, one),
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


def _verdict(catalogue: Catalogue, one: Standing) -> dict[str, Any]:
    """The verdict of the whole with the sentence of the indicator it comes from."""
    decisive = one.decisive
    reason = str(one.line.recommendation["not_measurable"])
    said = sentences.taken_back(catalogue, one.line.taken_back)
    if decisive is None:
        nothing = "Nothing else can show whether it worked." if said else sentences.NO_MEASURE
        finding = " ".join(each for each in (f"Not measurable: {reason}" if reason else nothing, said) if each)
        settles = "An audit, or what families say" if reason else "Register an indicator, or say why none could show it"
    else:
        finding = f"{decisive.indicator.title} {sentences.sentence(decisive)} {said}".rstrip()
        settles = sentences.settles(decisive)
    return {
        "verdict": one.verdict,
        "verdict_words": sentences.VERDICT_WORDS[one.verdict],
        "finding": finding,
        "settles_words": settles,
    }
