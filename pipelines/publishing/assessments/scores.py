"""What named agencies said of themselves, statement by statement and standard by standard: the Executive's alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.measures.self_assessment import shift, standard_percent
from pipelines.publishing.assessments.replies import agencies_of
from pipelines.publishing.assessments.rounds import before
from pipelines.publishing.assessments.score_words import evidence_words, points_words, standard_words
from pipelines.publishing.logs.log import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.answers import Answer
    from pipelines.publishing.assessments.rounds import Reply, Round
    from schemas.catalogue import Catalogue

_COPIED = (
    "self_score", "moderated_score", "na_reason", "evidence_ref", "impact_evidence", "good_practice",
    "area_for_improvement", "moderator_comment",
)  # fmt: skip


def answer_rows(inputs: Inputs, every: Sequence[Round]) -> Iterator[dict[str, Any]]:
    """Every answer of every agency, with what it counts and how it moved since the year before."""
    for one, reply, agency_id in _named(inputs, every):
        earlier = answered_before(every, one, reply)
        for answer in (each for each in reply.answers if each.is_answered or each.is_moderated):
            was = earlier.get(answer.statement.id)
            yield {
                "agency_id": agency_id,
                "year_id": one.year.id,
                "statement_id": answer.statement.id,
                "self_words": _score_words(inputs.catalogue, answer.row["self_score"]),
                "self_points": answer.self_points,
                "moderated_words": _score_words(inputs.catalogue, answer.row["moderated_score"]),
                "moderated_points": answer.moderated_points,
                "points_words": points_words(answer),
                "change": _change(was, answer),
                "is_critical_unmet": answer.is_critical_unmet,
                "evidence_on": day_of(answer.row["evidence_date"]),
                "evidence_words": evidence_words(answer.row, min(inputs.today, one.due_on)),
            } | {name: answer.row[name] for name in _COPIED}


def standard_score_rows(inputs: Inputs, every: Sequence[Round]) -> Iterator[dict[str, Any]]:
    """Every standard of every agency that has answered: self beside moderated, and the year before.

    The gap is over the statements moderated as they now stand, the change over those scored in both years.
    """
    for one, reply, agency_id in _named(inputs, every):
        earlier = answered_before(every, one, reply)
        asked = one.instrument.asked_in(one.year)
        for position, (standard_id, standard) in enumerate(one.instrument.standards.items()):
            mine = answers_in(reply, standard_id)
            if not mine:
                continue
            yield {
                "agency_id": agency_id,
                "instrument_id": one.instrument.id,
                "year_id": one.year.id,
                "standard_id": standard_id,
                "position": position,
                "standard": standard.title,
                "asked": sum(statement.standard == standard_id for statement in asked),
            } | scored(mine, earlier, one.year.previous.short)


def scored(mine: Sequence[Answer], earlier: Mapping[str, Answer], year_before: str) -> dict[str, Any]:
    """What the answers of one standard come to."""
    moderated = shift((a.self_points, a.moderated_points) for a in mine if a.is_moderated and a.is_current)
    moved = shift((was.self_points, a.self_points) for a in mine if (was := earlier.get(a.statement.id)))
    unmet = [a.statement.id for a in mine if a.is_critical_unmet]
    points = [answer.self_points for answer in mine]
    return {
        "answered": sum(answer.is_answered for answer in mine),
        "applicable": sum(each is not None for each in points),
        "self_percent": standard_percent(points),
        "moderated": moderated.n if moderated else 0,
        "moderated_percent": moderated.after if moderated else None,
        "gap": moderated.change if moderated else None,
        "before_percent": moved.before if moved else None,
        "change": moved.change if moved else None,
        "critical_unmet": len(unmet),
        "critical_unmet_ids": " ".join(unmet),
        "words": standard_words(mine, moderated, moved, year_before),
    }


def answers_in(reply: Reply, standard_id: str) -> list[Answer]:
    """The answers of one standard."""
    return [answer for answer in reply.answers if answer.statement.standard == standard_id]


def answered_before(every: Sequence[Round], one: Round, reply: Reply) -> Mapping[str, Answer]:
    """What the same body answered the year before, by statement."""
    earlier = before(every, one)
    was = earlier.by_body.get(reply.body.body_id) if earlier else None
    return {answer.statement.id: answer for answer in was.answers} if was else {}


def _named(inputs: Inputs, every: Sequence[Round]) -> Iterator[tuple[Round, Reply, str]]:
    for one in every:
        for reply in agencies_of(inputs, one):
            yield one, reply, reply.body.body_id


def _change(was: Answer | None, now: Answer) -> float | None:
    if was is None or was.self_points is None or now.self_points is None:
        return None
    return float(now.self_points - was.self_points)


def _score_words(catalogue: Catalogue, score: str) -> str:
    found = catalogue.choices["score"].get(score)
    return "" if found is None else str(getattr(found, "words", found.label))
