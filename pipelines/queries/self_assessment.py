"""The self-assessments of a publication: one year of them, and one agency's own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pipelines.queries.agreed_terms import left_out
from pipelines.queries.present import present
from pipelines.queries.self_assessment_facts import (
    Action,
    AgencyReply,
    Answer,
    Asked,
    Replies,
    Score,
    Spread,
    View,
)
from pipelines.queries.self_assessment_year import Assessed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.queries.pointer import Pointer


class _OfAYear(Protocol):
    @property
    def year_id(self) -> str: ...


KIND, LOG = "self_assessment", "The round of self-assessments"
_Shape = TypeVar("_Shape", bound=_OfAYear)
# Each shape's table, a column every release that has the table has, and the order of its rows.
_TABLES: dict[type[Any], tuple[str, str, str]] = {
    Asked: ("statement", "statement_id", "position"),
    Replies: ("reply", "sector", "position"),
    AgencyReply: ("agency_reply", "agency_id", "position"),
    Answer: ("answer", "statement_id", "agency_id, statement_id"),
    Score: ("standard_score", "standard_id", "agency_id, position"),
    Spread: ("sector_score", "sector", "position"),
    Action: ("development_action", "statement_id", "position"),
    View: ("group_view", "respondent_group", "position"),
}


@dataclass(frozen=True, slots=True)
class Own:
    """One agency's self-assessment of one year."""

    reply: AgencyReply
    scores: tuple[Score, ...]
    answers: tuple[Answer, ...]
    actions: tuple[Action, ...]


def assessed(pointer: Pointer, year_id: str = "") -> Assessed:
    """What a publication holds of one year; of the latest where none is named, or one it does not hold.

    Of a publication made before these tables, nothing.
    """
    made = present(pointer, "publication", "audience", "select audience from publication", [])[0]
    replies, views, agencies = _of(pointer, Replies), _of(pointer, View), _of(pointer, AgencyReply)
    years = tuple(sorted({each.year_id for each in (*replies, *views, *agencies)}, reverse=True))
    kept_back = left_out(pointer).get(KIND)
    year = year_id if year_id in years else years[0] if years else ""
    return Assessed(
        audience=made["audience"],
        years=years,
        year_id=year,
        asked=_in(year, _of(pointer, Asked)),
        replies=_in(year, replies),
        agencies=_in(year, agencies),
        answers=_in(year, _of(pointer, Answer)),
        scores=_in(year, _of(pointer, Score)),
        spreads=_in(year, _of(pointer, Spread)),
        actions=_of(pointer, Action),
        views=_in(year, views),
        left_out=kept_back.words(LOG) if kept_back else "",
    )


def own(found: Assessed, agency_id: str) -> Own | None:
    """One agency's own of the year; None where the release does not hold it."""
    reply = next((each for each in found.agencies if each.agency_id == agency_id), None)
    if reply is None or not found.names_answers:
        return None
    form = {each.statement_id: place for place, each in enumerate(found.asked)}
    answers = (each for each in found.answers if each.agency_id == agency_id)
    return Own(
        reply,
        tuple(each for each in found.scores if each.agency_id == agency_id),
        tuple(sorted(answers, key=lambda each: form[each.statement_id])),
        tuple(each for each in found.actions if each.agency_id == agency_id),
    )


def _of(pointer: Pointer, shape: type[_Shape]) -> tuple[_Shape, ...]:
    """Every row of a shape's table, as the release orders it; none in a publication made before it."""
    table, column, order = _TABLES[shape]
    names = [field.name for field in fields(shape)]  # pyright: ignore[reportArgumentType] - a dataclass
    query = f"select {', '.join(names)} from {table} order by {order}"  # noqa: S608 - our own names
    return tuple(shape(**row) for row in present(pointer, table, column, query, []))


def _in(year_id: str, every: Iterable[_Shape]) -> tuple[_Shape, ...]:
    return tuple(each for each in every if each.year_id == year_id)
